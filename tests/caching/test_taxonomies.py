"""Tests that taxonomy terms are cached between answers, for one content version."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pages.models import Concern
from tests.reading import API

PAGE = f"{API}pages/by-path/?path=/terapimetoder/ipt/"


@pytest.fixture
def anew(reader: Client, settings: Any) -> Callable[[], list[str]]:
    """Return the names of the page's concerns, from an answer that is computed now."""
    settings.RESPONSE_CACHE = False

    def concerns() -> list[str]:
        answer = reader.get(PAGE).json()
        return [concern["name"] for concern in answer["content"]["concerns"]]

    return concerns


def test_they_are_asked_for_once(anew: Callable[[], list[str]]) -> None:
    first = anew()
    with CaptureQueriesContext(connection) as queries:
        assert anew() == first
    table = f'"{Concern._meta.db_table}"'
    assert not [query for query in queries if f"FROM {table}" in query["sql"]]


def rename(concern: Concern) -> None:
    concern.name = "Ett annat namn"
    concern.save_revision().publish()


def unpublish(concern: Concern) -> None:
    concern.unpublish()


def delete(concern: Concern) -> None:
    concern.delete()


def expire(concern: Concern) -> None:
    Concern.objects.filter(pk=concern.pk).update(expire_at=timezone.now() - timedelta(hours=1))
    concern.refresh_from_db()
    concern.save()


@pytest.mark.sampled
@pytest.mark.parametrize(
    ("change", "shown"),
    [(rename, ["Ett annat namn"]), (unpublish, []), (delete, []), (expire, [])],
)
def test_a_change_is_in_the_next_answer(
    anew: Callable[[], list[str]], change: Callable[[Concern], None], shown: list[str]
) -> None:
    first, *others = anew()
    concern = Concern.objects.get(name=first, locale__language_code="sv")
    change(concern)
    assert anew() == [*shown, *others]


def test_one_that_was_hidden_appears(anew: Callable[[], list[str]]) -> None:
    before = anew()
    concern = Concern.objects.get(name=before[0], locale__language_code="sv")
    concern.unpublish()
    assert anew() == before[1:]
    concern.save_revision().publish()
    assert anew() == before


def test_a_draft_stays_unseen(anew: Callable[[], list[str]]) -> None:
    before = anew()
    concern = Concern.objects.get(name=before[0], locale__language_code="sv")
    concern.name = "Bara ett utkast"
    concern.save_revision()
    assert anew() == before
