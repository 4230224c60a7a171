"""Tests the connection kept for the version: right after changes, and after it failed."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from psycopg_pool import ConnectionPool

from cms.journal.version import VersionConnection

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL alone has a pool"),
]


@pytest.fixture
def pool(db: None) -> Iterator[Any]:
    """Yield a pool of connections outside of the transaction of the test."""
    parameters = connection.get_connection_params()
    address = {
        name: parameters[name]
        for name in ("dbname", "user", "password", "host", "port")
        if name in parameters
    }
    with ConnectionPool(kwargs=address, min_size=1, max_size=2, open=True) as pool:
        yield pool


@pytest.fixture
def kept() -> Iterator[VersionConnection]:
    kept = VersionConnection()
    yield kept
    kept.close()


def stored(pool: Any) -> int:
    with pool.connection() as other:
        row = other.execute("SELECT number FROM journal_journalcounter").fetchone()
    return int(row[0])


def test_it_asks_for_what_is_committed(pool: Any, kept: VersionConnection) -> None:
    for _again in range(3):
        assert kept.version(pool) == stored(pool)


def test_a_connection_that_breaks_is_replaced(pool: Any, kept: VersionConnection) -> None:
    before = kept.version(pool)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [kept._connection.info.backend_pid])
    # This request is answered by Django's own connection, the next by a new one.
    assert kept.version(pool) is None
    assert kept.version(pool) == before == stored(pool)


def test_a_proxy_that_keeps_no_statements_is_no_fault(pool: Any, kept: VersionConnection) -> None:
    assert kept.version(pool) is not None
    kept._connection.execute("DEALLOCATE ALL")
    assert kept.version(pool) is None
    assert kept.version(pool) is not None
