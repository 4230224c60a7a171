"""Tests which lists the response cache keeps, and that a change is in the next answer."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from pages.models import ContentPage
from tests.factories import ContentPageFactory
from tests.reading import API, text_of
from tests.site.test_query_counts import count_queries

KEPT = [
    "pages/?locale=sv&type=content&type=faq",
    "pages/?locale=sv&fields=title",
    "pages/?locale=sv&include=content&limit=100",
    "urls/?limit=100",
    "redirects/",
    "faqs/topics/?locale=sv",
]
MADE_EACH_TIME = [
    "pages/?locale=sv&ids=3,4,5",
    "pages/?locale=sv&changed_since=2020-01-01T00:00:00Z",
    "pages/?locale=sv&concern=sorg&concern=stress",
    "search/?locale=sv&q=samtal&type=content",
]


@pytest.mark.sampled
@pytest.mark.parametrize("endpoint", KEPT)
def test_a_list_is_kept_until_any_content_changes(reader: Client, endpoint: str) -> None:
    home = Page.objects.get(slug="hem")
    Redirect.add_redirect("/forst/", redirect_to=home)
    before = reader.get(API + endpoint)
    assert count_queries(reader, API + endpoint) == 1, "Only the version is asked for."
    assert reader.get(API + endpoint).content == before.content
    kept = reader.get(API + endpoint, headers={"if-none-match": before["ETag"]})
    assert kept.status_code == 304
    # Not on this list, whose version tells of it all the same.
    ContentPage.objects.get(slug="about-this-site").save_revision().publish()
    after = reader.get(API + endpoint).json()
    assert after["version"] > before.json()["version"]
    ContentPageFactory(parent=home, title="Nyss", slug="nyss")
    Redirect.add_redirect("/nyss-forr/", redirect_to=home)
    now = reader.get(API + endpoint)
    if not endpoint.startswith("faqs/"):
        assert "nyss" in now.content.decode().casefold()


@pytest.mark.parametrize("endpoint", MADE_EACH_TIME)
def test_what_readers_can_invent_is_not_kept(reader: Client, endpoint: str) -> None:
    reader.get(API + endpoint)
    response: Any = reader.get(API + endpoint)
    assert response.status_code == 200
    assert "public" in response["Cache-Control"]
    assert count_queries(reader, API + endpoint) > 1


def test_nor_is_what_follows_a_cursor(reader: Client) -> None:
    cursor = reader.get(f"{API}pages/?locale=sv&limit=3").json()["next_cursor"]
    address = f"{API}pages/?locale=sv&limit=3&cursor={cursor}"
    first = reader.get(address)
    assert count_queries(reader, address) > 1
    unchanged = reader.get(address, headers={"if-none-match": first["ETag"]})
    assert unchanged.status_code == 304


def test_nor_is_an_export(reader: Client) -> None:
    for _time in range(2):
        response = reader.get(f"{API}export/?locale=sv")
        assert response.streaming
        with CaptureQueriesContext(connection) as queries:
            text_of(response)
        assert len(queries) > 5


@pytest.mark.parametrize(
    "endpoint",
    ["pages/?locale=sv", "search/?locale=sv&q=samtal", "export/?locale=sv", "openapi.json"],
)
def test_a_time_is_no_condition_where_none_is_told(reader: Client, endpoint: str) -> None:
    """RFC 9110, 13.1.4: `If-Unmodified-Since` is ignored without a `Last-Modified`."""
    headers = {"if-unmodified-since": "Fri, 27 Nov 1999 00:00:00 GMT"}
    for _made_and_kept in range(2):
        assert reader.get(f"{API}{endpoint}", headers=headers).status_code == 200
    assert reader.get(f"{API}{endpoint}", headers={"if-match": '"x"'}).status_code == 412


@pytest.mark.django_db
def test_an_answer_does_not_tell_in_which_order_it_was_first_asked_for(client: Client) -> None:
    """One answer is kept for all spellings of a query."""
    spellings = ("locale=sv&type=content&limit=1", "limit=1&type=content&locale=sv&offset=0")
    links = {client.get(f"{API}pages/?{query}").json()["next"] for query in spellings}
    assert links == {f"{API}pages/?locale=sv&type=content&limit=1&offset=1"}
