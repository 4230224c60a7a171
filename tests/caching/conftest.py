"""The response cache, turned on and empty."""

from collections.abc import Iterator

import pytest
from django.core.cache import caches
from django.test import Client
from pytest_django.fixtures import Settings

from cms.caching import content_version
from cms.settings import base


def forget() -> None:
    """A test that is rolled back gives its version numbers to the next one."""
    caches["responses"].clear()
    content_version.reset()


@pytest.fixture
def reader(settings: Settings, db: None) -> Iterator[Client]:
    """A visitor of a site that keeps its answers."""
    settings.MIDDLEWARE = base.MIDDLEWARE
    forget()
    yield Client()
    forget()
