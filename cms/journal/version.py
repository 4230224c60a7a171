"""Reads the journal's newest version, which every public request needs, in one cheap query."""

import logging
import threading
from typing import Any, Final

import psycopg
from django.db import OperationalError, connections
from psycopg.pq import ExecStatus
from psycopg_pool import PoolTimeout

logger = logging.getLogger(__name__)

QUERY: Final = "SELECT number FROM journal_journalcounter"
STATEMENT: Final = b"journal_version"


def current_version() -> int:
    """Return the newest version, 0 where nothing has changed yet.

    Sees what is committed and what the transaction under way has written. Read it before the
    content: content that is read afterwards can be newer than the version, and never older.
    """
    django: Any = connections["default"]
    if django.vendor == "postgresql" and django.pool and not django.in_atomic_block:
        version = _connection.version(django.pool)
        if version is not None:
            return version
    with django.cursor() as cursor:
        cursor.execute(QUERY)
        row = cursor.fetchone()
    return row[0] if row else 0


class VersionConnection:
    """Keeps one connection to PostgreSQL open for the query of the version alone.

    For each request Django takes a connection from its pool, checks that it works and sets it up,
    and the server parses and plans the query: several times the work of the query itself. This
    connection stays open with the query prepared, and the threads of the process share it. It is
    in autocommit mode, so each query sees all that is committed.

    Threads that wait for the connection share the next query: it begins after each of them has
    asked, so it sees everything committed before.

    A connection that fails, at a restart of the database or behind a proxy without prepared
    statements, is closed, and the caller asks through Django's own connection. It would wait for
    the pool again where that has none to give, which raises OperationalError.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._connection: Any = None
        self._pool: Any = None
        # The number of queries begun, and the result of the last one.
        self._begun = 0
        self._latest: int | None = None

    def version(self, pool: Any) -> int | None:
        """Return the version, None where the connection has failed.

        Raises OperationalError where the database gives no connection.
        """
        begun = self._begun
        with self._lock:
            if self._begun == begun:
                self._begun += 1
                self._latest = self._query(pool)
            return self._latest

    def _query(self, pool: Any) -> int | None:
        try:
            if self._connection is None:
                self._open(pool)
            result = self._connection.pgconn.exec_prepared(STATEMENT, None)
            if result.status == ExecStatus.TUPLES_OK and result.ntuples:
                return int(result.get_value(0, 0))
        except PoolTimeout as error:
            raise OperationalError(str(error)) from error
        except psycopg.Error as error:
            logger.info("The connection for the version is opened anew: %s", error)
        self._discard()
        return None

    def close(self) -> None:
        """Close the connection; the next query opens another."""
        with self._lock:
            self._discard()

    def _open(self, pool: Any) -> None:
        pool.open()
        self._connection, self._pool = pool.getconn(), pool
        self._connection.autocommit = True
        self._connection.pgconn.prepare(STATEMENT, QUERY.encode())

    def _discard(self) -> None:
        if self._connection is not None:
            # The pool replaces a connection that is returned closed.
            self._connection.close()
            self._pool.putconn(self._connection)
            self._connection = None


_connection = VersionConnection()
forget_connection = _connection.close
