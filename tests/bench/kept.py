"""Kept answers and answers made anew, beside others that do less or the same."""

import json
from contextlib import ExitStack
from pathlib import Path

from . import servers
from .addresses import LIST, PAGE, WEB
from .load import Row, alternate
from .report import Figure, Section
from .run import Run
from .servers import Server

# Written by the server itself.
SERVER_HEADERS = ("date", "server", "connection", "transfer-encoding")


def measure(run: Run) -> Section:
    with ExitStack() as stack:
        kept = stack.enter_context(run.site(run.few))
        anew = stack.enter_context(run.site(run.few, keeps=False))
        bodies = run.folder / "bodies"
        _write_bodies(kept, bodies)
        bare = stack.enter_context(servers.bare(bodies, run.folder / "bare.log"))
        constant = stack.enter_context(servers.constant(bodies, run.folder / "constant.log"))
        nginx = stack.enter_context(servers.nginx(bodies, run.folder))
        response, body = kept.get(PAGE)
        key, unchanged = json.loads(body)["id"], {"If-None-Match": response.headers["ETag"]}
        token = run.token(run.few)
        contenders = [
            Row("page, bare WSGI", bare, "/page.json"),
            Row("page, constant view", constant, "/page.json"),
            Row("page, kept", kept, PAGE),
            Row("page, 304", kept, PAGE, unchanged),
            Row("page, made anew", anew, PAGE),
            Row("page, Wagtail v3", anew, f"/api/v3-preview/pages/{key}/", token),
            Row("page, Wagtail v2", anew, f"/api/v2/pages/{key}/"),
            Row("page, nginx", nginx, "/page.json"),
            Row("list, bare WSGI", bare, "/list.json"),
            Row("list, kept", kept, LIST),
            Row("list, made anew", anew, LIST),
            Row("list, Wagtail v3", anew, "/api/v3-preview/pages/?limit=20", token),
            Row("web page, bare WSGI", bare, "/web.html"),
            Row("web page, constant view", constant, "/web.html"),
            Row("web page, kept", kept, WEB),
            Row("web page, made anew", anew, WEB),
            Row("web page, nginx", nginx, "/web.html"),
        ]
        alternate(contenders, rounds=run.rounds, seconds=run.seconds)
    rows = {row.name: row.rate for row in contenders}
    queries = run.django(run.few).do("queries")

    def ratio(one: str, other: str) -> float:
        return rows[one] / rows[other]

    return Section(
        "Kept answers, and answers made anew",
        [
            Figure(
                "kept page, API ÷ bare WSGI application with the same bytes",
                ratio("page, kept", "page, bare WSGI"),
                at_least=0.6,
            ),
            Figure(
                "kept page, HTML ÷ bare WSGI application with the same bytes",
                ratio("web page, kept", "web page, bare WSGI"),
                at_least=0.6,
            ),
            Figure(
                "kept page, API ÷ constant Django view",
                ratio("page, kept", "page, constant view"),
                at_least=0.6,
            ),
            Figure(
                "kept page, HTML ÷ constant Django view",
                ratio("web page, kept", "web page, constant view"),
                at_least=0.6,
            ),
            Figure(
                "304 Not Modified, API ÷ constant Django view",
                ratio("page, 304", "page, constant view"),
                at_least=0.7,
            ),
            Figure(
                "kept page, API ÷ Wagtail v3 detail",
                ratio("page, kept", "page, Wagtail v3"),
                at_least=20,
            ),
            Figure("kept page, API ÷ nginx", ratio("page, kept", "page, nginx")),
            Figure(
                "detail made anew in a warm process ÷ Wagtail v3 detail",
                ratio("page, made anew", "page, Wagtail v3"),
                at_least=4,
            ),
            Figure("queries of a detail made anew", queries["detail"], at_most=6),
            Figure(
                "list of 20 made anew in a warm process ÷ Wagtail v3 list of 20",
                ratio("list, made anew", "list, Wagtail v3"),
                at_least=3,
            ),
            Figure("queries of a list of 20 made anew", queries["list"], at_most=4),
            Figure("queries of a web page made anew", queries["web"]),
        ],
        [f"{name}: {rate:,.0f} requests/s" for name, rate in rows.items()],
    )


def _write_bodies(kept: Server, folder: Path) -> None:
    """The site's own answers, for those that give the same bytes."""
    folder.mkdir()
    for name, path in {"page.json": PAGE, "list.json": LIST, "web.html": WEB}.items():
        response, body = kept.get(path)
        file = folder / name
        file.write_bytes(body)
        headers = [pair for pair in response.getheaders() if pair[0].lower() not in SERVER_HEADERS]
        file.with_suffix(".headers").write_text(json.dumps(headers))
    # Whoever nginx runs as must be able to read them.
    folder.parent.chmod(0o755)
