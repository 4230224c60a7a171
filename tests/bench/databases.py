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


def run(database: str, *command: str) -> str:
    """Run a Python command on a database; gives what it prints.

    Ends the benchmark with what the command says where it fails; otherwise its log is no news.
    """
    done = subprocess.run(
        [sys.executable, *command],
        env=environment(database),
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stderr}")
    return done.stdout


@contextmanager
def copy_of_template(pages: int) -> Iterator[str]:
    """Yields the name of a database with that many pages per language, and drops it."""
    template, name = f"samtal_bench_template_{pages}", f"samtal_bench_{pages}_{os.getpid()}"
    with _server() as server:
        _make_template(server, template, pages)
        _do(server, "CREATE DATABASE {} TEMPLATE {}", name, template)
        try:
            yield name
        finally:
            _do(server, "DROP DATABASE {} WITH (FORCE)", name)


def _make_template(server: psycopg.Connection, name: str, pages: int) -> None:
    wanted = f"{_fingerprint()} {pages}"
    found = server.execute(
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name]
    ).fetchone()
    if found and found[0] == wanted:
        return
    print(f"Making {pages} pages per language, once …", file=sys.stderr)
    DATA_DIR.joinpath("media", "images").mkdir(parents=True, exist_ok=True)
    _do(server, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
    _do(server, "CREATE DATABASE {}", name)
    run(name, "manage.py", "migrate", "--verbosity", "0")
    run(name, "manage.py", "seed", "--verbosity", "0")
    run(name, "manage.py", "collectstatic", "--noinput", "--verbosity", "0")
    run(name, "-m", "tests.bench.inside", "fill", str(pages))
    server.execute(
        sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(name), sql.Literal(wanted))
    )


def _fingerprint() -> str:
    seen = hashlib.sha256()
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
