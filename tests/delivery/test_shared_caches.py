"""Tests that networks may keep only answers whose addresses are purged."""

from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from cms.delivery.urls_of_pages import api_urls
from cms.journal.url_builders import AffectedContent, urls_of
from tests.delivery.wagtail_api import V2
from tests.reading import API

pytestmark = pytest.mark.sampled

LONG = "public, s-maxage=600, stale-while-revalidate=60"
EACH_TIME = "public, max-age=0, must-revalidate"


@pytest.fixture(autouse=True)
def network(settings: LazySettings, site: Site) -> None:
    settings.PUBLIC_CACHE_CONTROL = LONG


def test_what_is_purged_may_be_kept(client: Client) -> None:
    page = Page.objects.get(slug="kontakt")
    for address in urls_of(AffectedContent({"/kontakt/": page.pk}, frozenset({"sv", "en"}))):
        response = client.get(address)
        assert (response.status_code, response["Cache-Control"]) == (200, LONG), address


@pytest.mark.parametrize(
    "address",
    [
        "changes/?since=0",
        "urls/",
        "redirects/",
        "pages/?locale=sv&fields=title",
        "pages/?locale=sv&include=content",
        "search/?locale=sv&q=oro",
        "pages/?locale=sv&limit=2",
        "pages/?locale=sv&order=title",
        "pages/?locale=sv&fallback=en",
        "pages/?limit=20&locale=sv",
        "faqs/?locale=sv&rich_text=markdown",
        "navigation/?locale=sv&rich_text=markdown",
        "pages/by-path/?path=/kontakt",
        "pages/by-path/?path=http://testserver/kontakt/",
        "pages/by-path/?path=%2fkontakt%2f",
        "pages/by-path/?path=/kontakt/&rich_text=html",
        "pages/by-path/?rich_text=markdown&path=/kontakt/",
        "pages/by-path/?path=/gammal/",
    ],
)
def test_what_nobody_purges_is_asked_for_each_time(client: Client, address: str) -> None:
    Redirect.objects.create(old_path="/gammal", redirect_link="https://example.org/")
    response = client.get(API + address)
    assert (response.status_code, response["Cache-Control"]) == (200, EACH_TIME)
    assert response["ETag"]


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("/?utm_source=brev", "testserver"),
        ("/terapimetoder/?concern=depression", "testserver"),
        ("/kontakt/", "localhost"),
        (f"{API}locales/", "localhost"),
        (f"{V2}pages/", "testserver"),
        (f"{V2}faqs/?locale=sv", "testserver"),
    ],
)
def test_nor_other_queries_hosts_and_apis(client: Client, address: str, host: str) -> None:
    response = client.get(address, headers={"host": host})
    assert (response.status_code, response["Cache-Control"]) == (200, EACH_TIME)


def test_an_editor_keeps_nothing_for_others(admin_client: Client) -> None:
    assert admin_client.get("/kontakt/")["Cache-Control"] == "private, no-cache"


def test_errors_are_not_kept(client: Client) -> None:
    for address in (f"{API}pages/4711/", f"{API}changes/?since=99999999", "/api/nothing/"):
        assert client.get(address)["Cache-Control"] == "no-store", address


def test_nor_those_that_are_made_before_any_view(client: Client, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    many = "&".join(f"a{number}=1" for number in range(1001))
    for answer, status in (
        (client.post(f"{API}locales/"), 405),
        (client.get(f"{API}locales/?{many}"), 400),
        (client.get(f"{API}locales/", headers={"host": "other.example"}), 400),
        (client.get("/api/v2/pages/4711/"), 404),
        (client.get("/api/v2/pages/?limit=x"), 400),
        (client.get("/api/v3-preview/nothing/"), 404),
        (client.post("/api/v3-preview/pages/", b"{}" * 99, "application/json"), 400),
    ):
        assert (answer.status_code, answer["Cache-Control"]) == (status, "no-store")


def test_every_purged_address_is_one_that_readers_ask_for() -> None:
    affected: Any = AffectedContent({"/en/": 3}, frozenset({"en"}))
    for address in api_urls(affected):
        assert address.startswith(API)
