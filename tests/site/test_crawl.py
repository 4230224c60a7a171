"""Crawls the seeded site: no broken link, and no link into the other language."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from django.test import Client, RequestFactory

from cms.core.i18n import language_of_path
from cms.errors import server_error
from tests.reading import Walks

HOMES = {"sv": "/", "en": "/en/"}
PAGES_IN_EACH_LANGUAGE = 28


@pytest.mark.parametrize("language", HOMES)
def test_every_link_leads_to_a_page_of_the_same_language(walks: Walks, language: str) -> None:
    pages = walks[language]
    assert {language_of_path(address) for address in pages} == {language}
    assert {page.html["lang"] for page in pages.values()} == {language}
    assert len({urlsplit(address).path for address in pages}) == PAGES_IN_EACH_LANGUAGE


@pytest.mark.parametrize("language", HOMES)
def test_the_walk_meets_every_page_of_the_api(
    walks: Walks, answers: dict[str, Any], language: str
) -> None:
    listed = {path for path, answer in answers.items() if answer["locale"] == language}
    assert {urlsplit(address).path for address in walks[language]} == listed


@pytest.mark.parametrize("language", HOMES)
def test_the_switcher_leads_to_the_translation_of_this_page(walks: Walks, language: str) -> None:
    other_language = {"sv": "en", "en": "sv"}[language]
    for address, page in walks[language].items():
        link = page.select_one(f'header a[hreflang="{other_language}"]')
        assert link["lang"] == other_language
        other = walks[other_language][link["href"]]
        back = other.select_one(f'header a[hreflang="{language}"]')
        assert back["href"] == urlsplit(address).path


@pytest.mark.parametrize("language", HOMES)
def test_pages_tell_search_engines_about_each_other(walks: Walks, language: str) -> None:
    for address, page in walks[language].items():
        path = urlsplit(address).path
        assert page.select_one('link[rel="canonical"]')["href"] == f"http://testserver{path}"
        alternates = {link["hreflang"]: link["href"] for link in page.select("head link[hreflang]")}
        assert alternates.keys() == {"sv", "en", "x-default"}
        assert alternates[language] == f"http://testserver{path}"
        assert alternates["x-default"] == alternates["sv"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/finns-inte/", "/en/not-there/", "/en/terapimetoder/", "/sv/"])
def test_a_wrong_address_gets_help_in_its_language(client: Client, path: str) -> None:
    response = client.get(path)
    page = BeautifulSoup(response.content, "html.parser")
    language = "en" if path.startswith("/en/") else "sv"
    assert response.status_code == 404
    assert page.html["lang"] == language
    assert page.select_one(f'a[href="{HOMES[language]}"]')
    assert "112" in page.get_text()


@pytest.mark.parametrize(("path", "words"), [("/", "112"), ("/en/", "112")])
def test_a_fault_is_told_without_the_database(rf: RequestFactory, path: str, words: str) -> None:
    response = server_error(rf.get(path))
    page = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == 500
    assert page.html["lang"] == ("en" if path == "/en/" else "sv")
    assert words in page.get_text()
