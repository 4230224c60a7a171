"""Tests that a third language needs a setting and content, and no code."""

from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from pytest_django import Settings
from wagtail.models import Locale, Site

from cms.core.i18n import create_missing_locales
from pages.models import HomePage
from tests.reading import Api

THREE = [("sv", "Svenska"), ("en", "English"), ("fi", "Suomi")]


@pytest.fixture
def finnish_home(settings: Settings, db: None) -> Iterator[HomePage]:
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = THREE
    create_missing_locales()
    swedish = HomePage.objects.get(locale__language_code="sv")
    home = swedish.copy_for_translation(Locale.objects.get(language_code="fi"))
    home.title, home.slug, home.heading = "Etusivu", "etusivu", "Joku jolle puhua"
    home.introduction, home.body = "<p>Tervetuloa.</p>", []
    home.seo_title, home.search_description = "", "Keskusteluapua."
    home.image_alt_text, home.button_label = "Kaksi nojatuolia.", "Menetelmät"
    home.save_revision().publish()
    Site.clear_site_root_paths_cache()
    yield home
    Site.clear_site_root_paths_cache()


def test_its_pages_are_served_under_its_prefix(client: Client, finnish_home: HomePage) -> None:
    response = client.get("/fi/")
    page = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == 200
    assert page.html["lang"] == response["Content-Language"] == "fi"
    assert page.h1.get_text(strip=True) == "Joku jolle puhua"
    assert {link["hreflang"] for link in page.select("header a[hreflang]")} >= {"sv", "en"}


def test_other_languages_lead_to_it(client: Client, finnish_home: HomePage) -> None:
    page = BeautifulSoup(client.get("/en/").content, "html.parser")
    assert page.select_one('header a[hreflang="fi"]')["href"] == "/fi/"
    assert page.select_one('head link[hreflang="fi"]')["href"] == "http://testserver/fi/"


def test_the_api_has_it(api: Api, finnish_home: HomePage) -> None:
    assert [item["code"] for item in api.get("locales/")["items"]] == ["sv", "en", "fi"]
    assert [item["path"] for item in api.get("pages/", locale="fi")["items"]] == ["/fi/"]
    assert api.page("/fi/")["heading"] == "Joku jolle puhua"


def test_a_page_without_translation_says_so(client: Client, finnish_home: HomePage) -> None:
    page = BeautifulSoup(client.get("/en/faq/").content, "html.parser")
    link = page.select_one('header a[hreflang="fi"]')
    assert link["href"] == "/fi/"
    assert "Suomi" in link.get_text()
    assert client.get("/fi/faq/").status_code == 404
