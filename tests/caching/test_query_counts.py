"""Tests the number of queries of an answer, once its process has the facts of the site."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from pages.models import TherapyMethodPage
from tests.reading import API

IPT = "/terapimetoder/ipt/"


def count(reader: Client, address: str, **headers: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert reader.get(address, headers=headers).status_code in (200, 304)
    return len(queries)


@pytest.mark.parametrize("address", [IPT, f"{API}pages/by-path/?path={IPT}"])
def test_a_kept_page_asks_for_the_version_alone(reader: Client, address: str) -> None:
    etag = reader.get(address)["ETag"]
    assert count(reader, address) == 1
    assert count(reader, address, **{"if-none-match": etag}) == 1


@pytest.mark.parametrize(
    ("address", "limit"),
    [
        (f"{API}pages/by-path/?path={IPT}", 14),
        (f"{API}pages/by-path/?path=/vanliga-fragor/", 14),
        (f"{API}pages/by-path/?path=/", 14),
        (f"{API}pages/?locale=sv", 14),
        (f"{API}navigation/?locale=sv", 2),
        (f"{API}locales/", 2),
        (IPT, 24),
    ],
)
def test_what_is_made_anew_asks_little(
    reader: Client, settings: Any, address: str, limit: int
) -> None:
    settings.RESPONSE_CACHE = False
    reader.get(address)
    assert count(reader, address) <= limit


def unpublish(page: TherapyMethodPage) -> None:
    page.unpublish()


def delete(page: TherapyMethodPage) -> None:
    page.delete()


@pytest.mark.parametrize("withdraw", [unpublish, delete])
def test_the_number_of_a_list_follows_at_once(
    reader: Client, settings: Any, withdraw: Callable[[TherapyMethodPage], None]
) -> None:
    settings.RESPONSE_CACHE = False
    address = f"{API}pages/?locale=sv&type=therapy_method"
    before = reader.get(address).json()["count"]
    withdraw(TherapyMethodPage.objects.get(slug="ipt", locale__language_code="sv"))
    assert reader.get(address).json()["count"] == before - 1


def test_the_menu_follows_at_once_where_nothing_is_kept(reader: Client, settings: Any) -> None:
    settings.RESPONSE_CACHE = False
    assert "/kontakt/" in reader.get(f"{API}navigation/?locale=sv").content.decode()
    Page.objects.get(slug="kontakt").specific.unpublish()
    assert "/kontakt/" not in reader.get(f"{API}navigation/?locale=sv").content.decode()
