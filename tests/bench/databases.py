"""PostgreSQL databases of the two sizes, each copied from a template that is made once."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from .machine import say

ROOT = Path(__file__).resolve().parents[2]
DATA_DIR = ROOT / "var" / "bench"
DEFAULT_SERVER = "postgres://postgres@127.0.0.1:5432/postgres"
# What the content of a template comes from.
SOURCES = ("**/migrations/*.py", "pages/demo/**/*", "pages/seeding/*.py", "tests/bench/content.py")


def environment(database: str, **more: str) -> dict[str, str]:
    """The documented settings for production, on one of the databases."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "cms.settings.production",
        "SECRET_KEY": "for-benchmarks-only",
        "ALLOWED_HOSTS": "127.0.0.1",
        "BASE_URL": "https://127.0.0.1",
        "DATABASE_URL": _address(database),
        "DATA_DIR": str(DATA_DIR),
        "TRUST_X_FORWARDED_PROTO": "true",
        **more,
    }


def run(database: str, *command: str, lines: str = "") -> None:
    """Run a Python command on a database, with lines to read.

    Ends the benchmark with what the command says where it fails; otherwise its log is no news.
    """
    done = subprocess.run(
        [sys.executable, *command],
        env=environment(database),
        cwd=ROOT,
        input=lines,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stderr}")


@contextmanager
def copy_of_template(pages: int) -> Iterator[str]:
    """Yields the name of a database with that many pages per language, and drops it."""
    template, name = _template(pages), f"samtal_bench_{pages}_{os.getpid()}"
    with _server() as server:
        _make_template(server, template, pages)
        _do(server, "CREATE DATABASE {} TEMPLATE {}", name, template)
        try:
            yield name
        finally:
            _do(server, "DROP DATABASE {} WITH (FORCE)", name)


@contextmanager
def empty_database() -> Iterator[str]:
    name = f"samtal_bench_plain_{os.getpid()}"
    with _server() as server:
        _do(server, "CREATE DATABASE {}", name)
        try:
            yield name
        finally:
            _do(server, "DROP DATABASE {} WITH (FORCE)", name)


def _make_template(server: psycopg.Connection, name: str, pages: int) -> None:
    """Make a database with that many pages per language, unless there is one of the same sources.

    0 stands for the demo content alone, of which the others are copies.
    """
    wanted = f"{_fingerprint()} {pages}"
    found = server.execute(
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name]
    ).fetchone()
    if found and found[0] == wanted:
        return
    _do(server, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
    if pages:
        demo = _template(0)
        _make_template(server, demo, 0)
        say(f"making {pages} pages per language, once …")
        _do(server, "CREATE DATABASE {} TEMPLATE {}", name, demo)
        run(name, "-m", "tests.bench.inside", lines=f"fill {pages}\n")
    else:
        say("making the demo content, once …")
        DATA_DIR.joinpath("media", "images").mkdir(parents=True, exist_ok=True)
        _do(server, "CREATE DATABASE {}", name)
        run(name, "manage.py", "migrate", "--verbosity", "0")
        run(name, "manage.py", "seed", "--verbosity", "0")
        run(name, "manage.py", "collectstatic", "--noinput", "--verbosity", "0")
    server.execute(
        sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(name), sql.Literal(wanted))
    )


def _template(pages: int) -> str:
    return f"samtal_bench_template_{pages}"


def _fingerprint() -> str:
    # The files that belong to it are in this folder.
    seen = hashlib.sha256(str(ROOT).encode())
    for pattern in SOURCES:
        for path in sorted(ROOT.glob(pattern)):
            if path.is_file() and ".venv" not in path.parts:
                seen.update(path.read_bytes())
    return seen.hexdigest()[:16]


def _do(server: psycopg.Connection, statement: str, *names: str) -> None:
    server.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))  # type: ignore[arg-type]


def _server() -> psycopg.Connection:
    return psycopg.connect(_address("postgres"), autocommit=True)


def _address(database: str) -> str:
    parts = urlsplit(os.environ.get("DATABASE_URL", DEFAULT_SERVER))
    return urlunsplit(parts._replace(path=f"/{database}"))
