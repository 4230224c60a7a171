"""Fixtures with the response cache switched on and empty."""

from collections.abc import Iterator

import pytest
from django.core.cache import caches
from django.test import Client
from pytest_django.fixtures import Settings

from cms.caching import content_version
from cms.settings import base


def forget() -> None:
    """Empty all caches: a rolled-back test leaves its version numbers to the next one."""
    caches["responses"].clear()
    content_version.reset()


@pytest.fixture
def reader(settings: Settings, db: None) -> Iterator[Client]:
    """Return a client without a session, with the response cache switched on."""
    settings.MIDDLEWARE = base.MIDDLEWARE
    forget()
    yield Client()
    forget()
