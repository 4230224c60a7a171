"""The search page: what it finds, what it says, and what it does not keep."""

import logging
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from cms.core.logs import WithoutQueries
from cms.core.search import matching
from cms.core.search.understanding import Concept
from cms.search.models import CrisisPhrase, Synonyms
from pages.models import ConcernPage
from tests.factories import ContentPageFactory
from tests.reading import Api, soup_of, words

PAGES = {"sv": "/sok/", "en": "/en/search/"}
QUERIES = 26


def searched(client: Client, address: str, **query: Any) -> BeautifulSoup:
    response = client.get(address, query)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def titles(page: BeautifulSoup) -> list[str]:
    return [words(str(title)) for title in page.select(".search-hit h3")]


@pytest.mark.django_db
def test_it_finds_pages_questions_and_concerns_of_its_language(client: Client) -> None:
    ConcernPage.objects.get(slug="somn").unpublish()
    page = searched(client, "/sok/", q="boka sömn kbt")
    kinds = {words(str(kind)) for kind in page.select(".search-kind")}
    assert kinds == {"Sida", "Fråga", "Hjälp med"}
    question = next(hit for hit in page.select(".search-hit") if "Hur bokar jag" in hit.get_text())
    assert "08-465 004 20" in question.select_one("details .prose").get_text()
    assert page.select(".search-extract mark")
    concern = next(hit for hit in page.select(".search-hit h3 a") if hit.get_text() == "Sömn")
    methods = soup_of(client, concern["href"].partition("#")[0])
    assert words(str(methods.h1)) == "Terapimetoder: Sömn"
    assert not any(link["href"].startswith("/en/") for link in page.select(".search-hit a"))


@pytest.mark.django_db
def test_it_says_what_it_is_without_the_query(client: Client) -> None:
    for language, address in PAGES.items():
        for query in ({}, {"q": "ipt"}, {"q": ""}):
            response = client.get(address, query)
            page = BeautifulSoup(response.content, "html.parser")
            assert page.html["lang"] == language
            assert "ipt" not in page.title.get_text().casefold()
            assert page.select_one('meta[name="robots"]')["content"] == "noindex"
            assert response["Referrer-Policy"] == "no-referrer"
            assert not response.cookies
            assert not page.find("script")
            is_kept = "no-store" not in response["Cache-Control"]
            assert is_kept == (not query)
            other = page.select_one(".languages a")
            assert other["href"] in PAGES.values()
    assert titles(searched(client, "/sok/", q="ipt"))[0].startswith("IPT")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "sv", "en"),
    [
        ("  ", "Skriv ett ord", "Write a word"),
        ("x" * 201, "högst 200 tecken", "at most 200"),
        ("a\0b", "inte går att läsa", "cannot be read"),
        ("a\x1bb", "inte går att läsa", "cannot be read"),
        ("a\ufffdb", "inte går att läsa", "cannot be read"),
    ],
)
def test_what_cannot_be_searched_for_is_told_at_the_field(
    client: Client, query: Any, sv: str, en: str
) -> None:
    for address, message in (("/sok/", sv), ("/en/search/", en)):
        page = searched(client, address, q=query)
        (error,) = page.select("main .form-error")
        assert message in error.get_text()
        assert page.select_one("main input")["aria-describedby"] == error["id"]


@pytest.mark.django_db
def test_an_empty_result_helps(client: Client) -> None:
    page = searched(client, "/sok/", q="<b>qwertyuiop</b>")
    assert "<b>qwertyuiop</b>" in page.main.get_text()
    ways = {link["href"] for link in page.select("main .chips a")}
    assert ways >= {"/terapimetoder/", "/vanliga-fragor/", "/kontakt/", "#crisis"}
    # Signs alone are no fault, and no words.
    assert "Inga träffar" in searched(client, "/sok/", q="'\" -- ) OR (").main.get_text()


@pytest.mark.django_db
def test_misspelt_words_are_corrected(client: Client, api: Api) -> None:
    page = searched(client, "/en/search/", q="depresion")
    link = page.select_one(".search-suggestion a")
    assert link.get_text() == "depression"
    assert titles(soup_of(client, link["href"]))[0] == titles(page)[0] == "Depression"
    answer = api.get("search/", locale="en", q="depresion therapy")
    assert answer["suggestions"] == ["depression therapy"]
    assert api.get("search/", locale="en", q="depression")["suggestions"] == []


@pytest.mark.django_db
def test_words_of_drafts_are_not_suggested(api: Api) -> None:
    page = ContentPageFactory(parent=Page.objects.get(slug="hem"), slug="x", title="Kvantmekanik")
    assert api.get("search/", locale="sv", q="kvantmekanikk")["suggestions"] == ["kvantmekanik"]
    page.unpublish()
    answer = api.get("search/", locale="sv", q="kvantmekanikk")
    assert (answer["suggestions"], answer["items"]) == ([], [])


@pytest.mark.django_db
def test_hits_are_narrowed_and_leafed_through(client: Client) -> None:
    page = searched(client, "/en/search/", q="therapy session")
    choices = {
        words(str(link)).rpartition(" ")[0]: link["href"] for link in page.select("nav .chip")
    }
    assert next(iter(choices)) == "Everything"
    questions = soup_of(client, choices["Questions and answers"])
    assert {words(str(kind)) for kind in questions.select(".search-kind")} == {"Question"}
    found, address = titles(page), page.select_one('a[rel="next"]')["href"]
    while address:
        page = soup_of(client, address)
        found += titles(page)
        following = page.select_one('a[rel="next"]')
        address = following and following["href"]
    assert len(found) == len(set(found)) > 10
    assert words(str(page.select_one(".search-count"))) == f"{len(found)} hits"
    for nonsense in ({"kind": "x", "page": "x"}, {"page": "99"}):
        assert searched(client, "/en/search/", q="therapy", **nonsense).select(".search-hit")


@pytest.mark.django_db
@pytest.mark.sampled
@pytest.mark.parametrize(
    ("address", "query"),
    [
        ("/sok/", "självmord"),
        ("/sok/", "jag vill bara dö"),
        ("/sok/", "sjalvmordstankar"),
        ("/sok/", "själv mord"),
        ("/sok/", "jag tänker ta livet av mig"),
        ("/sok/", "skära mig själv"),
        ("/sok/", "overdos"),
        ("/sok/", "suicide"),
        ("/en/search/", "I WANT TO DIE"),
        ("/en/search/", "sucide"),
        ("/en/search/", "killing myself"),
        ("/en/search/", "self harm"),
        ("/en/search/", "sjalvmord"),
    ],
)
def test_words_of_a_crisis_show_help_first(
    client: Client, api: Api, address: str, query: str
) -> None:
    page = searched(client, address, q=query)
    (crisis,) = page.select(".crisis")
    assert crisis in page.main.find_all("section")
    assert crisis.find_next(class_="search-field") is not None
    locale = page.html["lang"]
    told = api.get("search/", locale=locale, q=query)["crisis_help"]
    assert told == api.get("navigation/", locale=locale)["crisis"]


@pytest.mark.django_db
@pytest.mark.sampled
@pytest.mark.parametrize(
    ("address", "query"),
    [
        ("/sok/", "ångest"),
        ("/sok/", "vad vill du göra"),
        ("/sok/", "självkänsla"),
        ("/sok/", "leva med sorg"),
        ("/en/search/", "self-esteem"),
        ("/en/search/", "my father died"),
        ("/en/search/", "overwhelmed"),
    ],
)
def test_other_words_do_not(client: Client, api: Api, address: str, query: str) -> None:
    page = searched(client, address, q=query)
    assert not page.main.select(".crisis")
    assert page.select("body > .crisis")
    assert api.get("search/", locale=page.html["lang"], q=query)["crisis_help"] is None


@pytest.mark.django_db
def test_editors_lists_count_at_once(client: Client, api: Api, sv: Any) -> None:
    assert titles(searched(client, "/sok/", q="kvantångor")) == []
    Synonyms.objects.create(locale=sv, words="kvantånga, parterapi")
    assert titles(searched(client, "/sok/", q="kvantångor"))[0] == "Parterapi"
    CrisisPhrase.objects.create(locale=sv, text="kvantsprång")
    assert api.get("search/", locale="en", q="kvantsprång")["crisis_help"]


@pytest.mark.django_db
def test_spellings_of_a_word_are_equal(client: Client) -> None:
    found = {
        tuple(titles(searched(client, "/sok/", q=query)))
        for query in ("Sömnlöshet", "so\u0308mnlo\u0308shet", "SOMNLOSHET")
    }
    assert len(found) == 1
    assert "Sömn" in found.pop()


@pytest.mark.django_db
def test_queries_do_not_grow_with_hits(client: Client) -> None:
    def count(query: str) -> int:
        client.get("/sok/", {"q": query})
        with CaptureQueriesContext(connection) as queries:
            client.get("/sok/", {"q": query})
        return len(queries)

    few = count("parterapi")
    home = Page.objects.get(slug="hem")
    for number in range(12):
        ContentPageFactory(parent=home, slug=f"par-{number}", title="Parterapi")
    assert count("parterapi") <= few <= QUERIES


@pytest.mark.django_db
def test_no_log_has_the_query(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        for query in ("hemlighetsord", "hemlighetsord\0", "hemlighetsord" * 20):
            client.get("/sok/", {"q": query})
            client.get("/sok/", {"q": query, "kind": query, "page": query})
            client.get("/api/delivery/v1/search/", {"locale": "sv", "q": query})
            client.post("/sok/", {"q": query})
            client.get("/sok", {"q": query})
    assert "hemlighetsord" not in "\n".join(
        record.getMessage() for record in caplog.records if record.name != "django.db.backends"
    )


def test_the_servers_log_has_no_query() -> None:
    line = logging.makeLogRecord({"msg": '"%s" %s', "args": ("GET /sok/?q=ord HTTP/1.1", "200")})
    assert WithoutQueries().filter(line)
    assert line.getMessage() == '"GET /sok/ HTTP/1.1" 200'


@pytest.mark.django_db
def test_a_fault_of_the_index_says_nothing_of_the_query(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "INDEX_TABLE", "no_such_table")
    concept = Concept()
    concept.add(1.0, ["hemlighetsord"])
    with pytest.raises(DatabaseError) as error, transaction.atomic():
        matching.find([concept], "sv", [1])
    assert connection.vendor == "sqlite" or error.value.__cause__ is None
    assert "hemlighetsord" not in str(error.value)


@pytest.mark.django_db
def test_every_page_has_the_field(client: Client) -> None:
    for address, action in (("/", "/sok/"), ("/en/faq/", "/en/search/"), ("/finns-inte/", "/sok/")):
        page = soup_of(client, address)
        (form,) = page.select('header form[role="search"]')
        assert form["action"] == action
        field = form.find("input", {"name": "q"})
        assert page.find("label", {"for": field["id"]}).get_text()
        assert not field.has_attr("autofocus")
    assert not soup_of(client, "/sok/").select("header form")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("home", "slug", "is_taken"),
    [("hem", "sok", True), ("home", "search", True), ("hem", "search", False)],
)
def test_a_page_cannot_have_the_address_of_the_search(
    english_editor: Client, home: str, slug: str, is_taken: bool
) -> None:
    parent = Page.objects.get(slug=home)
    form = {"title": "Ny", "slug": slug, "introduction": rich_text("<p>x</p>")}
    response = english_editor.post(
        f"/admin/pages/add/pages/contentpage/{parent.pk}/",
        nested_form_data(
            {**form, "body": streamfield([]), "comments": inline_formset([]), "heading": ""}
        ),
    )
    told = "The site itself has something at this address" in response.content.decode()
    assert told == is_taken
    assert Page.objects.filter(slug=slug).exists() != is_taken


@pytest.mark.django_db
def test_no_save_takes_the_address_of_the_search() -> None:
    page = ContentPageFactory(parent=Page.objects.get(slug="hem"), slug="ny")
    page.slug = "sok"
    with pytest.raises(ValidationError):
        page.save()
