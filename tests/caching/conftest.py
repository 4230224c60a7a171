"""Fixtures with the response cache switched on and empty."""

from collections.abc import Iterator

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from cms.caching import content_version, known_objects
from cms.caching.answer_store import answers
from cms.caching.models import KeptAnswer
from cms.settings import base


def forget() -> None:
    """Empty all caches: a rolled-back test leaves its version numbers to the next one."""
    answers.memory.clear()
    KeptAnswer.objects.all().delete()
    content_version.reset()
    known_objects.reset()


@pytest.fixture
def reader(settings: Settings, db: None) -> Iterator[Client]:
    """Return a client without a session, with the response cache switched on."""
    settings.MIDDLEWARE = base.MIDDLEWARE
    forget()
    yield Client()
    forget()
