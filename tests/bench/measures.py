"""Measure the contenders, and figures that a load generator alone cannot give."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from .databases import ROOT, environment, run
from .load import Row, command, percentiles
from .machine import resident_memory
from .servers import HEADERS, Server

API = "/api/delivery/v1/"
PAGE = f"{API}pages/by-path/?path=/en/therapy-methods/ipt/"
LIST = f"{API}pages/?locale=en&limit=20"
WEB = "/en/therapy-methods/ipt/"
# As many pages as both sizes have hold the word.
SEARCH = f"{API}search/?locale=en&q=lighthouse"
NAVIGATION = f"{API}navigation/?locale=en"
# More addresses than a process keeps.
WALK = 1500


@dataclass
class Contenders:
    """The site of the smaller size, with its cache and without, and who it is held against."""

    kept: Server
    anew: Server
    secret: str

    def write_bodies(self, folder: Path) -> None:
        """The site's own answers, for those that give the same bytes."""
        folder.mkdir()
        for name, path in {"page.json": PAGE, "list.json": LIST, "web.html": WEB}.items():
            _response, body = self.kept.get(path)
            (folder / name).write_bytes(body)
        # Whoever nginx runs as must be able to read them.
        folder.parent.chmod(0o755)

    def rows(self, constant: Server, nginx: Server) -> dict[str, Row]:
        response, body = self.kept.get(PAGE)
        key = json.loads(body)["id"]
        unchanged = {"If-None-Match": response.headers["ETag"]}
        token = {"Authorization": f"Bearer {self.secret}"}
        rows = [
            Row("page, constant view", constant, "/page.json"),
            Row("page, kept", self.kept, PAGE),
            Row("page, 304", self.kept, PAGE, unchanged),
            Row("page, made anew", self.anew, PAGE),
            Row("page, Wagtail v3", self.anew, f"/api/v3-preview/pages/{key}/", token),
            Row("page, Wagtail v2", self.anew, f"/api/v2/pages/{key}/"),
            Row("page, nginx", nginx, "/page.json"),
            Row("list of 20, constant view", constant, "/list.json"),
            Row("list of 20, kept", self.kept, LIST),
            Row("list of 20, made anew", self.anew, LIST),
            Row("list of 20, Wagtail v3", self.anew, "/api/v3-preview/pages/?limit=20", token),
            Row("list of 20, Wagtail v2", self.anew, "/api/v2/pages/?limit=20"),
            Row("list of 20, nginx", nginx, "/list.json"),
            Row("web page, constant view", constant, "/web.html"),
            Row("web page, kept", self.kept, WEB),
            Row("web page, made anew", self.anew, WEB),
            Row("web page, nginx", nginx, "/web.html"),
        ]
        return {row.name: row for row in rows}

    def rows_by_size(self, many: Server) -> dict[str, tuple[Row, Row]]:
        """The same question to the smaller and the larger site, both without a cache."""
        paths = {"detail": PAGE, "list": LIST, "navigation": NAVIGATION, "search": SEARCH}
        return {
            name: (Row(f"{name}, few", self.anew, path), Row(f"{name}, many", many, path))
            for name, path in paths.items()
        }


def memory(server: Server) -> int:
    """Kilobytes of the larger worker after it was asked for many of its pages."""
    paths = [path for language in ("sv", "en") for path in _paths(server, language)]
    connections = [HTTPConnection("127.0.0.1", server.port, timeout=60) for _number in range(8)]
    for number, path in enumerate(paths[:WALK]):
        connection = connections[number % len(connections)]
        connection.request("GET", path, headers=HEADERS)
        connection.getresponse().read()
    return max(resident_memory(worker) for worker in server.workers)


def _paths(server: Server, language: str) -> Iterator[str]:
    path: str | None = f"{API}pages/?locale={language}&limit=100"
    found = 0
    while path and found < WALK:
        answer = json.loads(server.get(path)[1])
        for item in answer["items"]:
            found += 2
            yield item["path"]
            yield f"{API}pages/{item['id']}/"
        path = answer["next"]


def while_publishing(database: str, row: Row, seconds: int) -> tuple[float, float]:
    """The median and the 99th percentile while an editor publishes a page each second."""
    editor = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.inside", "edit", str(seconds + 5)],
        env=environment(database),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        if editor.stdout is None or editor.stdout.readline().strip() != "ready":
            sys.exit("The editor could not publish.")
        return percentiles(row, seconds)
    finally:
        editor.terminate()
        editor.wait(20)


def publish_times(database: str, rounds: int) -> tuple[float, float]:
    """Milliseconds of a publish with the journal, and without anything of ours."""
    ours, stock = json.loads(run(database, "-m", "tests.bench.inside", "publish", str(rounds)))
    return ours, stock


def freshness(database: str, server: Server, row: Row, publishes: int) -> dict[str, int]:
    """How many answers were asked for after publishes, under load, and how many were old."""
    numbers = [server.port, publishes, *server.workers]
    with _load(row):
        answer = run(database, "-m", "tests.bench.inside", "freshness", *map(str, numbers))
    found: dict[str, int] = json.loads(answer)
    return found


@contextmanager
def _load(row: Row) -> Iterator[None]:
    """Readers that go on until the block ends, ten minutes at most."""
    readers = subprocess.Popen(command(row, 600), stdout=subprocess.DEVNULL)
    try:
        yield
    finally:
        readers.terminate()
        readers.wait(20)
