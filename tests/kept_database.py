"""Keep the migrated and seeded database from one test run to the next.

Migrating and seeding takes about half a minute. What they make depends on the product's code, the
locked packages and the day (reviews of the demo content are dated from it), so a copy is kept under
a hash of these. A run whose hash is new makes everything anew: its first process does, and the
others wait and take a copy.
"""

import fcntl
import hashlib
import shutil
import sqlite3
import sys
from contextlib import closing, suppress
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import IO

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils.timezone import localdate

PRODUCT = ("cms", "faq", "pages", "templates", "locale")
PREFIX = "samtal_tests_"

_open_connections: list[sqlite3.Connection] = []
_open_locks: list[IO[bytes]] = []


def load(*, whatever_it_is_of: bool = False) -> bool:
    """Make the kept copy the test database of this process; return False where none fits.

    Call it before Django creates the test database. Migrating then finds nothing to do. On SQLite
    a copy that was made of other code fits as well where the caller says so; Django migrates it.
    Where none fits, other processes wait in here until this one calls `release`.
    """
    if _load(whatever_it_is_of):
        return True
    folder = _folder().parent
    folder.mkdir(parents=True, exist_ok=True)
    lock = (folder / f"{connection.vendor}.lock").open("wb")
    fcntl.flock(lock, fcntl.LOCK_EX)
    _open_locks.append(lock)
    if _load(whatever_it_is_of):
        release()
        return True
    return False


def _load(whatever_it_is_of: bool) -> bool:
    folder = _folder()
    if whatever_it_is_of:
        kept = sorted(folder.parent.glob("sqlite-*"), key=lambda each: each.stat().st_mtime)
        folder = kept[-1] if kept else folder
    if not folder.is_dir():
        return False
    if connection.vendor == "sqlite":
        # The private name is the one that Django is about to use; it has no public one.
        name = connection.creation._get_test_db_name()
        if not connection.creation.is_in_memory_db(name):
            return False
        memory = sqlite3.connect(name, uri=True)
        with closing(sqlite3.connect(folder / "db.sqlite3")) as kept:
            kept.backup(memory)
        # A database in memory lasts as long as somebody is connected.
        _open_connections.append(memory)
    else:
        with connection._nodb_cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [PREFIX + _key()])
            if cursor.fetchone() is None:
                return False
        connection.settings_dict["TEST"]["TEMPLATE"] = PREFIX + _key()
    shutil.copytree(folder / "media", settings.MEDIA_ROOT, dirs_exist_ok=True)
    return True


def copy_to(folder: Path) -> bool:
    """Copy the kept SQLite database and its media to a folder; return False where none fits."""
    kept = _folder()
    if connection.vendor != "sqlite" or not kept.is_dir():
        return False
    shutil.copytree(kept, folder, dirs_exist_ok=True)
    return True


def keep() -> None:
    """Keep a copy of the test database and its media, and drop copies under other hashes."""
    folder = _folder()
    unfinished = Path(mkdtemp(dir=folder.parent, prefix="unfinished-"))
    shutil.copytree(settings.MEDIA_ROOT, unfinished / "media")
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(unfinished / "db.sqlite3")])
    else:
        _keep_on_server()
    for other in folder.parent.glob(f"{connection.vendor}-*"):
        if other != folder:
            shutil.rmtree(other, ignore_errors=True)
    try:
        unfinished.rename(folder)
    except OSError:
        # Another process of this run was faster.
        shutil.rmtree(unfinished)


def release() -> None:
    """Let processes go on that wait for this one to keep a database."""
    while _open_locks:
        _open_locks.pop().close()


def close() -> None:
    """Close what `load` opened, once Django is connected to the database itself."""
    while _open_connections:
        _open_connections.pop().close()


def _keep_on_server() -> None:
    source, kept = connection.settings_dict["NAME"], PREFIX + _key()
    quote = connection.ops.quote_name
    # PostgreSQL copies a database only while nobody is connected to it.
    connection.close()
    connection.close_pool()
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX])
        others = {name for (name,) in cursor.fetchall()} - {kept}
        statements = [f"DROP DATABASE {quote(other)}" for other in others]
        statements.append(f"CREATE DATABASE {quote(kept)} TEMPLATE {quote(source)}")
        for statement in statements:
            # Another process is using it, or was faster; a run needs no kept copy.
            with suppress(DatabaseError):
                cursor.execute(statement)


def _folder() -> Path:
    return settings.BASE_DIR / "var" / "tests" / f"{connection.vendor}-{_key()}"


@cache
def _key() -> str:
    """Return the hash of all that the database is made of."""
    found = hashlib.sha256(f"{sys.version} {localdate()}".encode())
    files = [Path(__file__), settings.BASE_DIR / "uv.lock"]
    for name in PRODUCT:
        files += sorted((settings.BASE_DIR / name).rglob("*"))
    for path in files:
        if path.is_file() and path.suffix != ".pyc":
            found.update(f"{path.relative_to(settings.BASE_DIR)}\0".encode())
            found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()[:16]
