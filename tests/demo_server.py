"""A demo site of its own, started by `manage.py demo`."""

import os
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher

from pages.seeding.users import PASSWORD
from tests import kept_database

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 400


@dataclass(frozen=True)
class DemoServer:
    address: str
    environment: dict[str, str]

    def manage(self, *arguments: str) -> str:
        """Run `manage.py` on the data of the site and return its output."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@contextmanager
def demo_server(folder: Path, **environment: str) -> Iterator[DemoServer]:
    """Serve a demo site with fresh data in a folder, until the end of the block.

    Takes the database that the tests keep, where there is one: a new one takes a minute.
    """
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    if kept_database.copy_to(folder):
        _fit(folder / "db.sqlite3", port)
    variables = {
        **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
        "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
        "DATA_DIR": str(folder),
        "BASE_URL": address,
        **environment,
    }
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(
            # Looking for changes in thousands of files takes a tenth of a core.
            [sys.executable, "manage.py", "demo", "--noreload", "--port", str(port)],
            cwd=ROOT,
            env=variables,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        wait_for(address, server, folder / "log")
        yield DemoServer(address, variables)
    finally:
        os.killpg(server.pid, 15)
        server.wait(timeout=20)


def _fit(database: Path, port: int) -> None:
    """Give the copy of a test database the address and the passwords of a demo site."""
    # The tests' quick hash is not among those of a demo site.
    password = PBKDF2PasswordHasher().encode(PASSWORD, "salt", iterations=1000)
    with closing(sqlite3.connect(database)) as copy, copy:
        copy.execute("UPDATE auth_user SET password = ?", [password])
        copy.execute("UPDATE wagtailcore_site SET hostname = '127.0.0.1', port = ?", [port])


def wait_for(address: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if server.poll() is not None:
            break
        try:
            urlopen(address, timeout=5).close()
            return
        except (URLError, TimeoutError):
            time.sleep(0.5)
    pytest.fail(f"The demo site did not start:\n{log.read_text()}")
