"""Tests alphabetical order in each language, from every database and in Python."""

import random
import unicodedata
from typing import Any

import pytest
from django.db import connection
from django.db.models import F, Value
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Locale, Page

from cms.core import collation
from cms.core.alphabet import sort_key
from cms.core.collation import Alphabetical, in_alphabetical_order
from faq.models import FaqEntry, FaqTopic
from pages.models import Concern
from tests.delivery.wagtail_api import get
from tests.factories import (
    ConcernFactory,
    ContentPageFactory,
    FaqEntryFactory,
    FaqTopicFactory,
    SelfTestCallToActionFactory,
)
from tests.reading import Api, soup_of

SWEDISH = [
    "a b",
    "ab",
    "E",
    "é",
    "emdr 2",
    "EMDR 2",
    "emdr p",
    "idé",
    "ideer",
    "vatten",
    "vågor",
    "watt",
    "über",
    "yr",
    "Zen",
    "åka",
    "Åka",
    "Ångest",
    "ängslan",
    "Ätstörningar",
    "öra",
    "Östra",
]
ENGLISH = ["Ångest", "anger", "Ätstörningar", "idé", "ideer", "öra", "Östra", "über", "yr", "Zen"]
FOR_LANGUAGE = [
    ("sv", SWEDISH),
    ("en", ENGLISH),
    ("nb", ["al", "yr", "zen", "ære", "ønske", "åpen"]),
    ("de", ["Angst", "Ängste", "Straße", "Strassen", "über"]),
    # As the settings write them, and one that nobody has an order for.
    ("pt-br", ["acção", "ação", "água", "zen"]),
    ("xx", ["anger", "ångest", "zen"]),
]
TITLES = SWEDISH[::3]


def shuffled(words: list[str]) -> list[str]:
    found = list(words)
    random.Random(7).shuffle(found)
    return found


@pytest.mark.parametrize(("language", "words"), FOR_LANGUAGE)
def test_words_of_a_language(language: str, words: list[str]) -> None:
    if language in ("en", "pt-br"):
        words = sorted(words, key=lambda word: sort_key(word, "de"))
    assert sorted(shuffled(words), key=lambda word: sort_key(word, language)) == words


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "words"), FOR_LANGUAGE)
def test_the_database_agrees(language: str, words: list[str], en: Locale) -> None:
    """PostgreSQL sorts by ICU, SQLite by our own order."""
    for word in shuffled(words):
        ConcernFactory(name=word, locale=en, description="prov")
    # As other systems write accents.
    ConcernFactory(name=unicodedata.normalize("NFD", words[-1]), locale=en, description="prov")
    concerns = Concern.objects.filter(description="prov").order_by("name")
    found = [concern.name for concern in in_alphabetical_order(concerns, language)]
    assert found == sorted(found, key=lambda word: sort_key(word, language))
    assert {unicodedata.normalize("NFC", word) for word in found[-2:]} == {
        unicodedata.normalize("NFC", max(words, key=lambda word: sort_key(word, language)))
    }


@pytest.fixture
def pages(db: None) -> None:
    home = Page.objects.get(slug="hem")
    for title in shuffled(TITLES):
        ContentPageFactory(parent=home, title=title)


def ours(titles: list[str]) -> list[str]:
    return [title for title in titles if title in TITLES]


def test_pages_by_title_in_slices(api: Api, pages: None) -> None:
    found: list[str] = []
    address: dict[str, Any] = {"locale": "sv", "type": "content", "order": "title", "limit": 4}
    while True:
        part = api.get("pages/", offset=len(found), **address)
        found += [item["title"] for item in part["items"]]
        if not part["next"]:
            break
    assert ours(found) == TITLES
    backwards = api.get("pages/", **{**address, "order": "-title", "limit": 100})["items"]
    assert [item["title"] for item in backwards] == found[::-1]


def test_the_language_asked_for_orders_what_stands_in(api: Api, pages: None) -> None:
    items = api.get("pages/", locale="en", fallback="sv", order="title", limit=100)["items"]
    titles = [item["title"] for item in items]
    assert titles == sorted(titles, key=lambda title: sort_key(title, "en"))
    assert ours(titles) != TITLES


def test_pages_in_api_v2(client: Client, pages: None) -> None:
    for query in ({"locale": "sv"}, {}, {"locale": "sv", "search": "provsida"}):
        page = get(client, "pages/", order="title", limit=20, child_of="root", **query)
        titles = [item["title"] for item in page["items"]]
        assert titles == sorted(titles, key=lambda title: sort_key(title, "sv"))


def test_shared_content(api: Api, client: Client, admin_client: Client) -> None:
    words = ["Ånger", "Ätande", "Öron", "zen", "Zebra", "alkohol"]
    wanted = sorted(words, key=lambda word: sort_key(word, "sv"))
    topic = FaqTopicFactory(name="Prov")
    for word in words:
        ConcernFactory(name=word, position=9)
        SelfTestCallToActionFactory(heading=word)
        FaqEntryFactory(question=word, topic=topic)
        FaqEntryFactory(topic=FaqTopicFactory(name=word, position=9))

    def named(items: list[Any], name: str) -> list[str]:
        return [item[name] for item in items if item[name] in words]

    for endpoint, v2, name in (
        ("concerns/", "concerns/", "name"),
        ("faqs/topics/", "faq-topics/", "name"),
        ("faqs/", "faqs/", "question"),
        ("self-test-ctas/", "self-test-ctas/", "heading"),
    ):
        assert named(api.get(endpoint, locale="sv", limit=100)["items"], name) == wanted
        items = get(client, v2, locale="sv", limit=20, order=name)["items"]
        assert named(items, name) == [word for word in wanted if word in named(items, name)]
    headings = [
        heading.get_text(strip=True) for heading in soup_of(client, "/vanliga-fragor/")("h2")
    ]
    assert [heading for heading in headings if heading in words] == wanted
    listing = admin_client.get("/admin/snippets/pages/concern/?locale=sv&p=1").content.decode()
    chooser = reverse(FaqTopic.snippet_viewset.chooser_viewset.get_url_name("choose"))  # type: ignore[attr-defined]
    choices = "".join(
        admin_client.get(chooser, {"locale": "sv", "p": number}).json()["html"] for number in (1, 2)
    )
    for html in (listing, choices):
        places = [html.index(word) for word in wanted]
        assert places == sorted(places)


@pytest.mark.django_db
def test_codes_numbers_and_the_tree_keep_their_order() -> None:
    pages = Page.objects.order_by("path")
    assert "COLLATE" not in str(in_alphabetical_order(pages, "sv").query)
    entries = in_alphabetical_order(FaqEntry.objects.order_by("-position", "topic__name"), "sv")
    assert str(entries.query).count("COLLATE") == 1
    topics = FaqTopic.objects.annotate(word=Value("x"))
    assert str(in_alphabetical_order(topics.order_by("word"), "sv").query).count("COLLATE") == 1


@pytest.mark.django_db
def test_a_database_without_an_order_of_its_own(
    monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """Such as PostgreSQL without ICU, or MySQL: names sort as that database does."""
    monkeypatch.setattr(collation, "_find_collation", lambda connection, language: None)
    with django_assert_num_queries(1):
        list(in_alphabetical_order(Concern.objects.all(), "sv"))
    sql, _values = Concern.objects.order_by(Alphabetical(F("name"), "sv")).query.sql_with_params()
    assert "COLLATE" not in sql


@pytest.mark.django_db
def test_the_server_is_asked_once(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    list(in_alphabetical_order(Concern.objects.all(), "sv"))
    assert connection.vendor in ("sqlite", "postgresql")
    with django_assert_num_queries(1):
        list(in_alphabetical_order(Concern.objects.all(), "sv"))
