"""`manage.py demo`: prepares the database, writes the demo content and serves the site."""

import http.client
import socket
import sys
import time
from argparse import ArgumentParser
from copy import deepcopy
from pathlib import Path
from tempfile import TemporaryFile
from threading import Thread
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor
from django.urls import reverse
from wagtail.models import Site

from cms.core.i18n import language_name
from cms.public.visibility import PublicScope
from cms.public.wayfinding import home_paths

from ...seeding.users import DEMO_USERS, PASSWORD


class Command(BaseCommand):
    help = (
        "Prepares the database, writes the demo content where there is none, and serves the site. "
        "What exists is kept."
    )
    # The server checks the system itself.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", default="8000")
        parser.add_argument(
            "--noreload", action="store_true", help="Do not restart when a file changes."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = options["host"], options["port"]
        check_address(host, port)
        check_data_folder(settings.DATA_DIR)
        check_database()
        self.say("Preparing the database …")
        migrations = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
        pending = migrations.migration_plan(migrations.loader.graph.leaf_nodes())
        call_command("migrate", interactive=False, verbosity=1 if pending else 0)
        call_command("seed", once=True)
        self.say("Starting the server …")
        self.serve(host, port, noreload=options["noreload"])

    def say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()

    def serve(self, host: str, port: str, *, noreload: bool) -> None:
        """Run Django's own server and print the addresses once it answers."""
        text = announcement()
        connections.close_all()

        def announce() -> None:
            wait_until_ready(host, port)
            self.say(text)

        Thread(target=announce, daemon=True).start()
        # The reloader starts the serving process with these arguments, at each change of the code.
        sys.argv[1:] = ["runserver", f"{host}:{port}", *(["--noreload"] if noreload else [])]
        call_command(*sys.argv[1:])


def check_address(host: str, port: str) -> None:
    """Raise CommandError for an address on which no server can listen."""
    if not (port.isdecimal() and 0 < int(port) < 65536):
        raise CommandError(f"{port} is no port: choose a number from 1 to 65535.")
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(
            host.strip("[]"), port, type=socket.SOCK_STREAM
        )[0]
        with socket.socket(family, kind, protocol) as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
    except OSError as error:
        raise CommandError(
            f"Cannot listen on {host}:{port} ({error.strerror}): stop what uses it or choose "
            "another, as in `make run PORT=8001`."
        ) from error


def check_data_folder(folder: Path) -> None:
    """Raise CommandError for a folder in which no file can be created.

    Creating one is the only sure test, also for root.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise CommandError(
            f"Cannot write to the data folder {folder} ({error.strerror}): make it writable or "
            "name another in DATA_DIR."
        ) from error


def check_database() -> None:
    """Raise CommandError where the database does not answer.

    Bypasses the pool, which would wait and retry.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    options = deepcopy(connection.settings_dict)
    options["OPTIONS"].pop("pool", None)
    if connection.vendor == "postgresql":
        options["OPTIONS"]["connect_timeout"] = 5
    probe = type(connection)(options, alias="demo-check")
    try:
        probe.ensure_connection()
    except DatabaseError as error:
        reason = str(error).splitlines()[0]
        raise CommandError(
            f"Cannot use the database {options['NAME']} ({reason}): start it or correct "
            "DATABASE_URL."
        ) from error
    finally:
        probe.close()


def wait_until_ready(host: str, port: str) -> None:
    """Return once the server has sent its first answer, which takes the longest."""
    while True:
        visit = http.client.HTTPConnection(host.strip("[]"), int(port), timeout=60)
        try:
            visit.request("GET", "/")
            visit.getresponse().read()
            return
        except (OSError, http.client.HTTPException):
            time.sleep(0.2)
        finally:
            visit.close()


def announcement() -> str:
    """Return a text with the addresses of the site and the logins of the demo."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    homes = home_paths(PublicScope(site)) if site else {}
    rows = [
        *((language_name(code), settings.BASE_URL + path) for code, path in homes.items()),
        ("Admin", settings.BASE_URL + reverse("wagtailadmin_home")),
        ("API", settings.BASE_URL + reverse("delivery:openapi-view")),
    ]
    if settings.DEMO_USERS:
        names = ", ".join(user.username for user in DEMO_USERS)
        rows.append(("Logins", f"{names} (password {PASSWORD})"))
    lines = [f"  {name:8} {text}" for name, text in rows]
    return "\n".join(["", "Samtal is ready:", *lines, "  Ctrl-C stops it.", ""])
