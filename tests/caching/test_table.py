"""Tests that a restart, another process and the next release find what was made."""

from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms.caching import answer_table, content_version
from cms.caching.answer_store import answers
from cms.caching.models import KeptAnswer
from tests.reading import API

from .edits import rewrite
from .test_changes_elsewhere import page_at

PAGE = "/terapimetoder/ipt/"
OWN = (PAGE, f"{API}pages/by-path/?path={PAGE}", f"{API}navigation/?locale=sv")


def restart() -> None:
    """Forget what a process knows."""
    answers.memory.clear()
    content_version.reset()


def is_made_anew(reader: Client, address: str) -> bool:
    with CaptureQueriesContext(connection) as queries:
        assert reader.get(address).status_code == 200
    return any(query["sql"].startswith("INSERT") for query in queries)


@pytest.mark.parametrize("coding", ["", "gzip", "br"])
@pytest.mark.parametrize("address", OWN)
def test_a_restart_loses_nothing(reader: Client, address: str, coding: str) -> None:
    accepts = {"accept-encoding": coding}
    first = reader.get(address, headers=accepts)
    restart()
    again = reader.get(address, headers=accepts)
    assert dict(again.items()) == dict(first.items())
    assert again.content == first.content
    restart()
    assert not is_made_anew(reader, address)


def test_what_changed_meanwhile_is_made_anew(reader: Client) -> None:
    for address in (PAGE, "/kontakt/"):
        reader.get(address)
    rewrite(page_at(PAGE))
    restart()
    assert not is_made_anew(reader, "/kontakt/")
    assert is_made_anew(reader, PAGE)


@pytest.mark.parametrize(
    "address",
    [
        f"{API}pages/?locale=sv&limit=7",
        f"{API}pages/by-path/?path={PAGE.strip('/')}",
        f"{API}search/?locale=sv&q=samtal",
        "/terapimetoder/?concern=sorg",
        "/finns-inte/",
    ],
)
def test_what_visitors_can_invent_is_not_stored(reader: Client, address: str) -> None:
    reader.get(address)
    assert KeptAnswer.objects.count() == 0


@pytest.mark.parametrize("address", [f"{PAGE}?utm_source=x", f"{API}pages/?%6cocale=sv"])
def test_another_spelling_of_an_own_address_is_stored_as_it(reader: Client, address: str) -> None:
    reader.get(address)
    assert KeptAnswer.objects.count() == 1
    restart()
    assert not is_made_anew(reader, address)


def test_another_release_uses_nothing_and_clears_up(
    reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader.get(PAGE)
    KeptAnswer.objects.update(key="0" * 64, release="older")
    restart()
    monkeypatch.setattr(answer_table, "_is_pruned", False)
    assert is_made_anew(reader, PAGE)
    assert KeptAnswer.objects.filter(release="older").count() == 0
    assert KeptAnswer.objects.count() == 1


def test_a_table_that_cannot_be_used_costs_no_answer(reader: Client) -> None:
    def fail(execute: Any, sql: str, *args: Any) -> Any:
        if "caching_keptanswer" in sql:
            raise DatabaseError("The table is gone.")
        return execute(sql, *args)

    with connection.execute_wrapper(fail):
        for _again in range(2):
            assert reader.get(PAGE).status_code == 200
