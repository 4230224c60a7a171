"""The journal's version, which every public request asks for: one query, and little beside it."""

import logging
import threading
from typing import Any, Final

import psycopg
from django.db import connections
from psycopg.pq import ExecStatus

logger = logging.getLogger(__name__)

QUERY: Final = "SELECT number FROM journal_journalcounter"
STATEMENT: Final = b"journal_version"


def current_version() -> int:
    """The newest version that is committed, or that the transaction under way has written."""
    django: Any = connections["default"]
    if django.vendor == "postgresql" and django.pool and not django.in_atomic_block:
        version = _kept.version(django.pool)
        if version is not None:
            return version
    with django.cursor() as cursor:
        cursor.execute(QUERY)
        row = cursor.fetchone()
    return row[0] if row else 0


class KeptConnection:
    """One connection of a process to PostgreSQL that asks for nothing but the version.

    Django takes a connection from its pool for each request, asks the database whether it still
    works, and sets it up; then the query is sent and planned. That is several times the work of
    the query itself, so this connection stays, with the query prepared, and threads share it.
    Each query is a transaction of its own and sees all that is committed.

    Threads that wait for the connection share the next query too: it begins after each of them
    has asked, so it sees all that was committed until then.

    Where the connection fails, such as at a restart of the database or behind a proxy that keeps
    no prepared statements, it is given up, and Django's own way is the answer.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._connection: Any = None
        self._pool: Any = None
        # How many queries have begun, and what the last of them said.
        self._begun = 0
        self._latest: int | None = None

    def version(self, pool: Any) -> int | None:
        """The version, None where the connection does not give it."""
        begun = self._begun
        with self._lock:
            if self._begun == begun:
                self._begun += 1
                self._latest = self._ask(pool)
            return self._latest

    def _ask(self, pool: Any) -> int | None:
        try:
            if self._connection is None:
                self._open(pool)
            result = self._connection.pgconn.exec_prepared(STATEMENT, None)
            if result.status == ExecStatus.TUPLES_OK and result.ntuples:
                return int(result.get_value(0, 0))
        except psycopg.Error as error:
            logger.info("The connection for the version is opened anew: %s", error)
        self._give_up()
        return None

    def close(self) -> None:
        """Give the connection up; the next question opens another."""
        with self._lock:
            self._give_up()

    def _open(self, pool: Any) -> None:
        pool.open()
        self._connection, self._pool = pool.getconn(), pool
        self._connection.autocommit = True
        self._connection.pgconn.prepare(STATEMENT, QUERY.encode())

    def _give_up(self) -> None:
        if self._connection is not None:
            # The pool opens another in place of one that comes back closed.
            self._connection.close()
            self._pool.putconn(self._connection)
            self._connection = None


_kept = KeptConnection()
forget_connection = _kept.close
