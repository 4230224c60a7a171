"""Tests `search/`: hits, their languages and their extracts."""

from collections import Counter
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from wagtail.models import Page

from faq.models import FaqEntry
from tests.factories import ContentPageFactory
from tests.reading import Api


def marked(hit: dict[str, Any]) -> list[str]:
    html = BeautifulSoup(hit["extract"]["html"], "html.parser")
    return [mark.get_text() for mark in html.find_all("mark")]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("locale", "words", "path"),
    [
        ("sv", "interpersonell", "/terapimetoder/ipt/"),
        ("en", "interpersonal", "/en/therapy-methods/ipt/"),
        ("en", "INTERPERSONAL Therapy", "/en/therapy-methods/ipt/"),
    ],
)
def test_pages_are_found_by_their_words(api: Api, locale: str, words: str, path: str) -> None:
    response = api.response("search/", locale=locale, q=words)
    assert response["Content-Language"] == locale
    hits = response.json()["items"]
    hit = next(hit for hit in hits if hit["path"] == path)
    assert (hit["type"], hit["locale"], hit["is_fallback"]) == ("therapy_method", locale, False)
    assert {word.casefold() for word in marked(hit)} & set(words.casefold().split())


@pytest.mark.django_db
def test_the_title_counts_most(api: Api) -> None:
    assert api.get("search/", locale="sv", q="EMDR")["items"][0]["path"] == "/terapimetoder/emdr/"


@pytest.mark.django_db
def test_questions_are_found_where_they_stand(api: Api) -> None:
    entry = FaqEntry.objects.get(question="Är IPT samtalsterapi?")
    hits = api.get("search/", locale="sv", q="IPT samtalsterapi", limit=100)["items"]
    hit = next(hit for hit in hits if hit["type"] == "faq_entry" and hit["id"] == entry.pk)
    assert hit["title"] == entry.question
    path, _, fragment = hit["path"].partition("#")
    html = BeautifulSoup(api.client.get(path).content, "html.parser")
    assert entry.question in html.find(id=fragment).get_text()
    assert api.page(hit["path"])["type"] == "faq"


@pytest.mark.django_db
def test_without_an_faq_page_questions_have_no_address(api: Api) -> None:
    Page.objects.get(slug="vanliga-fragor").specific.unpublish()
    hits = api.get("search/", locale="sv", q="IPT", limit=100)["items"]
    assert hits
    assert "faq_entry" not in {hit["type"] for hit in hits}


@pytest.mark.django_db
def test_the_other_language_is_found_only_when_asked_for(api: Api) -> None:
    ContentPageFactory(
        parent=Page.objects.get(slug="hem"), slug="bara-svenska", title="Kvantmekanik"
    )
    assert api.get("search/", locale="en", q="kvantmekanik")["count"] == 0
    response = api.response("search/", locale="en", fallback="sv", q="kvantmekanik")
    assert "Content-Language" not in response.headers
    hit = response.json()["items"][0]
    assert (hit["locale"], hit["is_fallback"], hit["path"]) == ("sv", True, "/bara-svenska/")
    # A page that is translated is not found in the other language.
    hits = api.get("search/", locale="en", fallback="sv", q="interpersonell")["items"]
    assert {(hit["locale"], hit["type"]) for hit in hits} >= {("en", "therapy_method")}
    assert ("sv", "therapy_method") not in {(hit["locale"], hit["type"]) for hit in hits}


@pytest.mark.django_db
def test_pages_and_questions_are_walked_as_one_list(api: Api) -> None:
    everything = api.get("search/", locale="sv", q="samtal", limit=100)
    assert {hit["type"] for hit in everything["items"]} > {"faq_entry"}
    found, address = [], "/api/delivery/v1/search/?locale=sv&q=samtal&limit=3"
    while address:
        part = api.client.get(address).json()
        assert len(part["items"]) <= 3
        found += part["items"]
        address = part["next"]
    assert found == everything["items"]
    assert everything["count"] == len(found) > 6


@pytest.mark.django_db
@pytest.mark.parametrize("words", ["qwertyuiop", '""', "*", "( OR )", "-", "'", "_"])
def test_nothing_found_is_an_empty_list(api: Api, words: str) -> None:
    answer = api.get("search/", locale="sv", q=words)
    del answer["version"]
    assert answer == {
        "count": 0,
        "next": None,
        "previous": None,
        "next_cursor": None,
        "items": [],
        "counts": [],
        "suggestions": [],
        "crisis_help": None,
    }


@pytest.mark.django_db
def test_hits_are_counted_by_type_and_chosen_by_it(api: Api) -> None:
    everything = api.get("search/", locale="sv", q="samtal", limit=100)
    number = Counter(hit["type"] for hit in everything["items"])
    assert len(number) > 2
    expected = sorted(number.items(), key=lambda each: (-each[1], each[0]))
    assert [(each["type"], each["count"]) for each in everything["counts"]] == expected
    for types in [["faq_entry"], ["therapy_method"], ["content", "faq_entry"], ["self_test"]]:
        chosen = api.get("search/", locale="sv", q="samtal", limit=100, type=types)
        assert chosen["items"] == [hit for hit in everything["items"] if hit["type"] in types]
        assert chosen["count"] == sum(number[name] for name in types)
        assert chosen["counts"] == everything["counts"]


@pytest.mark.django_db
def test_hits_of_a_type_are_walked_as_one_list(api: Api) -> None:
    query = {"locale": "en", "fallback": "sv", "q": "samtal", "type": ["therapy_method", "faq"]}
    everything = api.get("search/", **query, limit=100)
    found, cursor = [], {}
    while cursor is not None:
        answer = api.get("search/", **query, limit=2, **cursor)
        assert answer["count"] == everything["count"]
        found += answer["items"]
        cursor = {"cursor": answer["next_cursor"]} if answer["next_cursor"] else None
    assert found == everything["items"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("types", "named"),
    [(["blog"], "type: Input should be 'concern_index'"), (["faq", ""], "type: is")],
)
def test_an_unknown_type_is_named(api: Api, types: list[str], named: str) -> None:
    assert named in api.problem("search/", locale="sv", q="samtal", type=types)["detail"]


@pytest.mark.django_db
def test_markup_in_texts_and_queries_stays_text(api: Api) -> None:
    ContentPageFactory(
        parent=Page.objects.get(slug="hem"),
        slug="tecken",
        introduction="<p>Ett kvantord före &lt;script&gt; och &amp; efter.</p>",
    )
    hit = api.get("search/", locale="sv", q="kvantord")["items"][0]
    assert "<mark>kvantord</mark> före &lt;script&gt; och &amp; efter" in hit["extract"]["html"]


@pytest.mark.django_db
def test_an_extract_is_short_and_shows_the_words(api: Api) -> None:
    ContentPageFactory(
        parent=Page.objects.get(slug="hem"),
        slug="lang",
        introduction=f"<p>{'Fyllnad kommer först. ' * 50} Sedan kvantord. {'Och mer. ' * 50}</p>",
    )
    hit = api.get("search/", locale="sv", q="kvantord")["items"][0]
    assert marked(hit) == ["kvantord"]
    text = BeautifulSoup(hit["extract"]["html"], "html.parser").get_text()
    assert len(text) < 220
    assert text.startswith("… ")
    assert text.endswith(" …")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("locale", "title", "words"),
    [
        ("sv", "Provsida om kvantbjörnar", "kvantbjörnarna"),
        ("en", "Quantum worries", "worrying"),
    ],
)
def test_words_are_found_in_all_their_forms(api: Api, locale: str, title: str, words: str) -> None:
    home = Page.objects.get(slug={"sv": "hem", "en": "home"}[locale])
    page = ContentPageFactory(
        parent=home, slug="ordformer", title=title, introduction=f"<p>{title}</p>"
    )
    for rebuilt in (False, True):
        if rebuilt:
            call_command("update_index", verbosity=0)
        hits = api.get("search/", locale=locale, q=words)["items"]
        hit = next(hit for hit in hits if hit["id"] == page.pk)
        assert marked(hit) == [title.split()[-1]]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("title", "words"), [("Kvantbjörnar i skogen", "kvantbjörnar"), ("Worries", "worries")]
)
def test_editors_find_both_languages_in_the_admin(
    admin_client: Any, title: str, words: str
) -> None:
    slug = "hem" if "ö" in title else "home"
    ContentPageFactory(parent=Page.objects.get(slug=slug), slug="sokt", title=title)
    html = admin_client.get("/admin/pages/search/results/", {"q": words}).content.decode()
    assert title in html
