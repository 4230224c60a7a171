"""Uses the version that was read for a short time, and waits for that time after each commit.

A process may use a version for `VERSION_LEASE_MS`, counted from the moment before it asked for it.
Whoever commits a public change waits as long after the commit, before anybody is told: by then no
process uses an older version. So a page that is read often costs no query, and whoever was told of
a change reads it everywhere. It is the commit wait of Spanner (Corbett et al., OSDI 2012, 4.1.2),
with durations instead of clocks.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, NamedTuple

from django.conf import settings
from django.db import DatabaseError, OperationalError, close_old_connections, connections

from cms.core.after_commit import after_commit
from cms.core.outages import is_outage

from .version import current_version, forget_connection

logger = logging.getLogger(__name__)

# How long a database that did not answer is left alone each time.
PAUSE_SECONDS: Final = 0.5


class Reading(NamedTuple):
    """A version, and when it was asked for, in seconds of the monotonic clock."""

    version: int
    asked_at: float

    @property
    def age(self) -> float:
        return time.monotonic() - self.asked_at


class VersionLease:
    """The newest reading of this process, which its threads share."""

    def __init__(self) -> None:
        self._newest: Reading | None = None
        self._lock = threading.Lock()
        # Whether the database answered when it was last asked for the version.
        self.is_confirmed = True

    def read(self) -> int:
        """Return the version that may be used now; asks the database where the last is too old.

        Does not see what the transaction under way has written. While the database does not
        answer, returns the last version for `SERVE_WITHOUT_DATABASE` seconds, without asking.
        Raises DatabaseError after that, and where no version was read before.
        """
        last = self._newest
        if last is None:
            return self.ask()
        if last.age < _lease():
            return last.version
        if not self.is_confirmed:
            return _unconfirmed(last)
        try:
            return self.ask()
        except DatabaseError as error:
            if not is_outage(error):
                raise
            self._begin_outage(error)
            return _unconfirmed(last, error)

    def ask(self) -> int:
        """Ask the database for the version. Raises DatabaseError where it does not answer."""
        asked_at = time.monotonic()
        version = current_version()
        if self._newest is None or self._newest.asked_at <= asked_at:
            self._newest = Reading(version, asked_at)
        return version

    def reset(self) -> None:
        """Forget what was read, as in a new process; for tests."""
        self._newest, self.is_confirmed = None, True
        forget_connection()

    def _begin_outage(self, error: DatabaseError) -> None:
        with self._lock:
            is_first, self.is_confirmed = self.is_confirmed, False
        if is_first:
            logger.warning("The database does not answer; kept answers go on: %s", error)
            beside(self._wait_for_database)

    def _wait_for_database(self) -> None:
        """Ask until the database answers. No reader waits for that."""
        while not self.is_confirmed:
            time.sleep(PAUSE_SECONDS)
            try:
                self.ask()
            except DatabaseError:
                close_old_connections()
            else:
                self.is_confirmed = True
        logger.warning("The database answers again.")


def beside(function: Callable[[], None]) -> None:
    """Call a function in a thread of its own, with database connections of its own."""

    def run() -> None:
        try:
            function()
        finally:
            connections.close_all()

    threading.Thread(target=run, daemon=True).start()


def _unconfirmed(last: Reading, error: DatabaseError | None = None) -> int:
    if last.age > settings.SERVE_WITHOUT_DATABASE:
        raise error or OperationalError("The database has not answered for too long.")
    return last.version


class CommitWait:
    """Keeps each thread, once it has committed public changes, until no older version is in use."""

    def __init__(self) -> None:
        self._local = threading.local()

    def note_change(self) -> None:
        """Wait once when the transaction under way is committed, however many changes it has."""
        self._local.noted = number = getattr(self._local, "noted", 0) + 1
        after_commit(self._wait, number)

    @contextmanager
    def together(self) -> Iterator[None]:
        """Wait once for all transactions inside, at the end, for work that commits very often."""
        self._local.is_together = True
        try:
            yield
        finally:
            self._local.is_together = False
            time.sleep(_lease())

    def _wait(self, number: int) -> None:
        # Changes of the same transaction have waited with its first.
        if number <= getattr(self._local, "waited", 0):
            return
        self._local.waited = self._local.noted
        if not getattr(self._local, "is_together", False):
            time.sleep(_lease())


lease: Final = VersionLease()
commit_wait: Final = CommitWait()
_settled = 0


def settle(version: int) -> None:
    """Return once no process uses a version older than the given one, which was just read.

    To be called before somebody is told of a version by whoever did not commit it.
    """
    global _settled
    if version != _settled:
        time.sleep(_lease())
        _settled = version


def _lease() -> float:
    return settings.VERSION_LEASE_MS / 1000
