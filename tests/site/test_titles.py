"""Tests that titles describe their pages and are unique."""

from collections import Counter
from typing import Any

import pytest
from django.test import Client

from pages.models import HomePage
from tests.reading import Api, Walks, soup_of


@pytest.mark.parametrize(
    ("language", "home", "narrowed", "title"),
    [
        ("sv", "Samtalsterapi på svenska och engelska", "/hjalp-med/sorg/", "Sorg"),
        ("en", "Talk therapy in Swedish and English", "/en/help-with/grief/", "Grief"),
    ],
)
def test_every_address_has_its_own(
    walks: Walks, answers: Any, language: str, home: str, narrowed: str, title: str
) -> None:
    titles = Counter(page.title.get_text() for page in walks[language].values())
    assert [text for text, times in titles.items() if times > 1] == []
    root = {"sv": "/", "en": "/en/"}[language]
    assert walks[language][root].title.get_text() == f"{home} – Samtal"
    assert answers[root]["seo"]["title"] == home
    page = walks[language][narrowed]
    assert page.title.get_text().startswith(title)
    for page in walks[language].values():
        shared = page.select_one('meta[property="og:title"]')["content"]
        assert page.title.get_text() == f"{shared} – Samtal"


@pytest.mark.django_db
def test_an_editor_s_title_comes_first_and_a_heading_serves(client: Client, api: Api) -> None:
    home = HomePage.objects.get(locale__language_code="sv")
    for seo_title, expected in (("", "Någon att prata med"), ("Egen titel", "Egen titel")):
        home.seo_title = seo_title
        home.save()
        assert soup_of(client, "/").title.get_text() == f"{expected} – Samtal"
        assert api.page("/")["seo"]["title"] == expected
