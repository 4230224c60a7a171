"""Several database connections at once, on a copy of the test database that nobody else uses."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from django.db import connection, connections

SUFFIX = "journal"


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
def copy_of_the_database() -> Iterator[Parallel]:
    """Yields a way to run functions on the copy, which is dropped afterwards."""
    creation = connection.creation
    creation.clone_test_db(SUFFIX, verbosity=0, autoclobber=True)
    settings = creation.get_test_db_clone_settings(SUFFIX)
    # The pool is shared by alias and leads to the original.
    settings = {**settings, "OPTIONS": {}}
    try:
        with ThreadPoolExecutor(max_workers=12) as pool:
            yield Parallel(pool, settings)
    finally:
        creation.destroy_test_db(suffix=SUFFIX, verbosity=0)
