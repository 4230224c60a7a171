"""Recognises temporary errors of the database, after which a request can be repeated."""

import sqlite3
from collections.abc import Iterator
from typing import Final

from django.db import InterfaceError, OperationalError

# How long readers and programs are asked to wait before they try again.
RETRY_AFTER_SECONDS: Final = 10
# SQLite has the same class of error for what is locked and for a table that is missing.
PASSING_IN_SQLITE: Final = (
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_INTERRUPT,
    sqlite3.SQLITE_CANTOPEN,
)
PRIMARY_CODE: Final = 0xFF


def is_outage(error: BaseException) -> bool:
    """Return whether an exception comes from a locked, overloaded or absent database.

    Every operational error of PostgreSQL is of that kind: no connection, none free in the pool, a
    deadlock, a failed serialisation, a lock or statement that took too long.
    """
    return any(map(_is_passing, _chain(error)))


def _is_passing(error: BaseException) -> bool:
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    cause = error.__cause__
    if isinstance(cause, sqlite3.Error):
        return getattr(cause, "sqlite_errorcode", 0) & PRIMARY_CODE in PASSING_IN_SQLITE
    return True


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an exception and those that caused it, such as in a transaction that broke before."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__
