"""An editor who is logged in to the admin, and a database that refuses NUL on every engine."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import DataError, connection
from django.test import Client


@pytest.fixture
def editor(db: None) -> Client:
    client = Client()
    client.force_login(get_user_model().objects.get(username="editor"))
    return client


def as_strict_as_postgresql(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    """Refuse what PostgreSQL refuses, on every database."""
    rows = params if many else [params]
    for row in rows or ():
        values = row.values() if isinstance(row, dict) else row or ()
        if any("\0" in value or "\\u0000" in value for value in values if isinstance(value, str)):
            raise DataError("PostgreSQL text fields cannot contain NUL (0x00) bytes")
    return execute(sql, params, many, context)


@pytest.fixture
def strict(db: None) -> Iterator[None]:
    with connection.execute_wrapper(as_strict_as_postgresql):
        yield
