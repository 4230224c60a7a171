"""Tests that a walk by cursor gives each item once while the content changes."""

import base64
import zlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page

from cms.delivery.cursor import encode, list_fingerprint
from faq.models import FaqEntry
from pages.models import ContentPage
from tests.factories import (
    ConcernFactory,
    ContentPageFactory,
    FaqEntryFactory,
    FaqTopicFactory,
    SelfTestCallToActionFactory,
)
from tests.reading import API, Api

ORDERS = ["position", "title", "-title", "last_published_at", "-last_published_at"]
ROOT = "/api/delivery/v1/"


def walk(client: Client, address: str, between: Callable[[int], None]) -> list[Any]:
    """Return every item of a list, read by cursor, with something done after each slice."""
    answer = client.get(address).json()
    found = list(answer["items"])
    while answer["next_cursor"]:
        between(len(found))
        query = f"{address}&cursor={answer['next_cursor']}"
        answer = client.get(query).json()
        found += answer["items"]
    return found


@pytest.fixture
def parent(site: Any) -> Page:
    """Return a page with twelve pages below it, of which some sort alike or have no time."""
    parent: Page = ContentPageFactory(parent=Page.objects.get(slug="hem"), slug="kors")
    for number in range(12):
        ContentPageFactory(parent=parent, title=f"Sida {number // 3}", slug=f"sida-{number}")
    time = timezone.now()
    Page.objects.child_of(parent).update(last_published_at=time)
    Page.objects.filter(slug__in=["sida-1", "sida-5", "sida-9"]).update(last_published_at=None)
    Page.objects.filter(slug__in=["sida-2", "sida-7"]).update(
        last_published_at=time - timedelta(days=1)
    )
    return parent


def publish_new(parent: Page, given: list[Any]) -> None:
    for title in ("Aaa", "Sida 2", "Ööö"):
        ContentPageFactory(parent=Page.objects.get(pk=parent.pk), title=title)


def publish_given_again(parent: Page, given: list[Any]) -> None:
    page = ContentPage.objects.get(pk=given[0])
    page.title = "Zzz" if page.title < "Sida 2" else "Aaa"
    page.save_revision().publish()


def publish_others_again(parent: Page, given: list[Any]) -> None:
    for page in ContentPage.objects.child_of(parent).exclude(pk__in=given):
        page.title = "Aaa" if page.title > "Sida 1" else "Zzz"
        page.save_revision().publish()


def delete_the_last_that_was_given(parent: Page, given: list[Any]) -> None:
    Page.objects.get(pk=given[-1]).delete()


def unpublish_one_that_was_given(parent: Page, given: list[Any]) -> None:
    Page.objects.get(pk=given[0]).specific.unpublish()


def turn_the_order_round(parent: Page, given: list[Any]) -> None:
    for page in Page.objects.child_of(parent).order_by("path"):
        page.move(Page.objects.get(pk=parent.pk), pos="first-child")


CHANGES = [
    publish_new,
    publish_given_again,
    publish_others_again,
    delete_the_last_that_was_given,
    unpublish_one_that_was_given,
    turn_the_order_round,
]


@pytest.mark.sampled
@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
@pytest.mark.parametrize("order", ORDERS)
def test_a_walk_gives_each_page_once(
    client: Client, parent: Page, order: str, change: Callable[..., None]
) -> None:
    address = f"{API}pages/?locale=sv&parent={parent.pk}&order={order}&limit=5"
    before = [item["id"] for item in client.get(f"{address}0").json()["items"]]
    changed = []

    def once(given: int) -> None:
        if not changed:
            changed.append(change(parent, before[:given]))

    found = [item["id"] for item in walk(client, address, once)]
    assert len(found) == len(set(found))
    now = {item["id"] for item in client.get(f"{address}0").json()["items"]}
    assert now <= set(found) <= now | set(before[:5])
    assert found[:5] == before[:5]


@pytest.mark.sampled
@pytest.mark.parametrize("order", ORDERS)
def test_without_changes_a_walk_is_the_list(client: Client, parent: Page, order: str) -> None:
    address = f"{API}pages/?locale=sv&parent={parent.pk}&order={order}"
    everything = client.get(f"{address}&limit=50").json()
    assert everything["count"] == 12
    assert everything["next_cursor"] is None
    for limit in (1, 5, 6, 11, 12):
        walked = walk(client, f"{address}&limit={limit}", lambda given: None)
        assert walked == everything["items"]


EVERY_LIST = [
    ("faqs/?locale=sv", FaqEntryFactory),
    ("faqs/topics/?locale=sv", FaqTopicFactory),
    ("concerns/?locale=sv", ConcernFactory),
    ("self-test-ctas/?locale=sv", SelfTestCallToActionFactory),
    ("self-test-ctas/?locale=en&fallback=sv", SelfTestCallToActionFactory),
]


@pytest.mark.django_db
@pytest.mark.sampled
@pytest.mark.parametrize(("endpoint", "factory"), EVERY_LIST)
def test_every_list_can_be_walked(client: Client, endpoint: str, factory: Any) -> None:
    for _number in range(7):
        factory()
    address = f"{API}{endpoint}&limit=3"

    def add(given: int) -> None:
        if given < 9:
            factory()

    found = [item["id"] for item in walk(client, address, add)]
    everything = client.get(f"{API}{endpoint}&limit=100").json()
    assert len(found) == len(set(found)) == everything["count"]
    assert set(found) == {item["id"] for item in everything["items"]}


@pytest.mark.django_db
def test_a_search_can_be_walked(client: Client, api: Api) -> None:
    """What is published in between can come before what was given."""
    home = Page.objects.get(slug="hem")
    topic = FaqTopicFactory()
    for number in range(4):
        ContentPageFactory(parent=home, title=f"Om kvantord {number}")
        FaqEntryFactory(topic=topic, question=f"Vad är kvantord {number}?")
    new: list[int] = []

    def add(given: int) -> None:
        if not new:
            page = ContentPageFactory(parent=home, title="Kvantord kvantord kvantord")
            new.append(page.pk)
            FaqEntry.objects.filter(question="Vad är kvantord 3?").delete()

    found = walk(client, f"{API}search/?locale=sv&q=kvantord&limit=3", add)
    keys = [(hit["type"], hit["id"]) for hit in found]
    assert len(keys) == len(set(keys)) == 8
    assert ("content", new[0]) in keys[3:]
    everything = api.get("search/", locale="sv", q="kvantord", limit=100)["items"]
    assert set(keys) == {(hit["type"], hit["id"]) for hit in everything}


@pytest.mark.django_db
def test_next_is_the_cursor_form_once_a_cursor_was_used(api: Api) -> None:
    first = api.get("pages/", locale="sv", limit=4)
    assert first["next"] == f"{ROOT}pages/?locale=sv&limit=4&offset=4"
    second = api.get("pages/", locale="sv", limit=4, cursor=first["next_cursor"])
    assert second["next"].endswith(f"&cursor={second['next_cursor']}")
    assert second["previous"] is None
    assert second["count"] == first["count"]
    third = api.client.get(second["next"]).json()
    assert third["items"] == api.get("pages/", locale="sv", limit=4, offset=8)["items"]
    # What lies before an offset was not given.
    assert api.get("pages/", locale="sv", limit=4, offset=4)["next_cursor"] is None
    # Another limit is still the same list.
    assert len(api.get("pages/", locale="sv", limit=2, cursor=first["next_cursor"])["items"]) == 2


@pytest.mark.django_db
def test_every_list_tells_the_version_of_the_content(api: Api) -> None:
    before = api.get("concerns/", locale="sv")["version"]
    assert before == api.get("changes/", since=0)["version"]
    ContentPage.objects.get(slug="kontakt").save_revision().publish()
    after = api.get("search/", locale="sv", q="samtal")["version"]
    assert after > before
    (change,) = api.get("changes/", since=before)["items"]
    assert change["path"] == "/kontakt/"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "é",
        "eJw",
        "A" * 60_001,
        "....",
        encode("0" * 12, {"page": frozenset({-4})}),
        "eyJhIjoxfQ",
    ],
)
def test_a_broken_cursor_is_named(api: Api, cursor: str) -> None:
    problem = api.problem("pages/", locale="sv", cursor=cursor)
    assert problem["status"] == 400
    assert problem["detail"].startswith("cursor: ")


@pytest.mark.django_db
def test_a_cursor_is_good_for_its_own_list_alone(api: Api) -> None:
    cursor = api.get("pages/", locale="sv", limit=2)["next_cursor"]
    for endpoint, query in (
        ("pages/", {"locale": "en"}),
        ("pages/", {"locale": "sv", "order": "title"}),
        ("pages/", {"locale": "sv", "type": "content"}),
        ("concerns/", {"locale": "sv"}),
    ):
        problem = api.problem(endpoint, **query, cursor=cursor)
        assert problem["status"] == 400
        assert problem["detail"].startswith("cursor: is of another list")
    problem = api.problem("pages/", locale="sv", limit=2, cursor=cursor, offset=0)
    assert problem["detail"].startswith("cursor: begins a slice as offset does")
    assert api.problem("pages/", locale="sv", cursor="")["detail"].startswith("cursor: is blank")


@pytest.mark.django_db
def test_a_cursor_cannot_take_memory_without_end(api: Api) -> None:
    bomb = base64.urlsafe_b64encode(zlib.compress(b'["' + b"a" * 40_000_000 + b'"]')).decode()
    assert len(bomb) < 60_000
    assert api.problem("pages/", locale="sv", cursor=bomb)["detail"].startswith("cursor: ")


@pytest.mark.django_db
@pytest.mark.sampled
@pytest.mark.parametrize(
    ("endpoint", "kind"),
    [
        ("pages/?locale=sv", "page"),
        ("urls/?limit=20", "page"),
        ("concerns/?locale=sv", "concern"),
        ("search/?locale=sv&q=samtal", "page"),
    ],
)
def test_a_cursor_of_ids_that_nobody_has_costs_no_more(
    client: Client, endpoint: str, kind: str
) -> None:
    """Ids that follow each other compress to nothing, so that a short cursor names many."""
    for number, status in ((100_000, 200), (100_001, 400)):
        slim = client.get(f"{API}{endpoint}&cursor={forged(client, endpoint, kind, 1)}")
        assert slim.status_code == 200
        cursor = forged(client, endpoint, kind, number)
        assert len(cursor) < 1000
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(f"{API}{endpoint}&cursor={cursor}")
        assert answer.status_code == status, answer.content
        assert max((len(query["sql"]) for query in queries), default=0) < 10_000
    assert answer.json()["detail"].startswith("cursor: names more than 100,000 items")


def forged(client: Client, endpoint: str, kind: str, number: int) -> str:
    """Return a cursor of a list that names so many ids from 2,000,000 on."""
    path, _mark, query = f"{ROOT}{endpoint}".partition("?")
    asked = {name: value for name, value in parse_qsl(query) if name != "limit"}
    return encode(
        list_fingerprint(path, asked), {kind: frozenset(range(2_000_000, 2_000_000 + number))}
    )


@pytest.mark.django_db
def test_a_slice_by_cursor_costs_one_count_more(
    client: Client, parent: Page, django_assert_num_queries: Any
) -> None:
    address = f"{API}pages/?locale=sv&parent={parent.pk}&limit=5"
    cursor = client.get(address).json()["next_cursor"]
    with django_assert_num_queries(8):
        client.get(address)
    with django_assert_num_queries(9):
        client.get(f"{address}&cursor={cursor}")
