"""Fixtures of the tests of the Delivery API."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from cms.settings import base
from tests.caching.conftest import forget


@pytest.fixture
def reader(settings: Any, db: None) -> Iterator[Client]:
    """Return a client without a session, with the response cache switched on and empty."""
    settings.MIDDLEWARE = base.MIDDLEWARE
    forget()
    yield Client()
    forget()
