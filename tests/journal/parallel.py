"""Runs functions on several database connections, on a copy of the test database."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import Any

from django.db import connection, connections


class Parallel:
    """Runs functions in threads; each has a connection of its own to the copy."""

    def __init__(self, pool: ThreadPoolExecutor, settings: dict[str, Any]) -> None:
        self.pool = pool
        self.settings = settings

    def start(self, work: Callable[[], Any]) -> Future[Any]:
        return self.pool.submit(self._run, work)

    def run(self, work: Callable[[], Any]) -> Any:
        return self.start(work).result(timeout=60)

    def _run(self, work: Callable[[], Any]) -> Any:
        # Connections belong to their thread, so the rest of the suite keeps its own.
        own = connections.create_connection("default")
        own.settings_dict = self.settings
        connections["default"] = own
        try:
            return work()
        finally:
            own.close()


@contextmanager
def copy_of_the_database(suffix: str) -> Iterator[Parallel]:
    """Yield a runner for functions on a copy of the database, which is dropped afterwards.

    Takes the suffix of the copy's name, which no other test may use.
    """
    if connection.vendor == "sqlite":
        with _file_copy() as settings, ThreadPoolExecutor(max_workers=12) as pool:
            yield Parallel(pool, settings)
        return
    creation = connection.creation
    creation.clone_test_db(suffix, verbosity=0, autoclobber=True)
    settings = creation.get_test_db_clone_settings(suffix)
    # The pool is shared by alias and leads to the original.
    settings = {**settings, "OPTIONS": {}}
    try:
        with ThreadPoolExecutor(max_workers=12) as pool:
            yield Parallel(pool, settings)
    finally:
        creation.destroy_test_db(suffix=suffix, verbosity=0)


@contextmanager
def _file_copy() -> Iterator[dict[str, Any]]:
    """Return settings of a copy in a file: connections to one memory database block each other."""
    with TemporaryDirectory() as folder:
        name = f"{folder}/copy.sqlite3"
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [name])
        yield {**connection.settings_dict, "NAME": name}
