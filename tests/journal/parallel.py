"""Several database connections at once, on a copy of the test database that nobody else uses."""

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
    """Yields a way to run functions on the copy, which is dropped afterwards.

    Takes the end of the copy's name, which no other test may use.
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
    """Settings of a copy as a file: SQLite's connections to one memory lock each other out."""
    with TemporaryDirectory() as folder:
        name = f"{folder}/copy.sqlite3"
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [name])
        yield {**connection.settings_dict, "NAME": name}
