"""Tests that cards and the API describe methods in whole sentences."""

from typing import Any

import pytest
from django.test import Client

from pages.models import TherapyMethodPage
from tests.reading import Api, Walks, soup_of, words


@pytest.mark.parametrize(
    ("language", "path"), [("sv", "/terapimetoder/"), ("en", "/en/therapy-methods/")]
)
def test_cards_and_summaries_say_the_same(
    walks: Walks, answers: Any, language: str, path: str
) -> None:
    cards = {
        card.a["href"]: card.select_one(".card-text").get_text(" ", strip=True)
        for card in walks[language][path].select(".card")
    }
    methods = answers[path]["content"]["methods"]
    assert len(cards) == len(methods) == 8
    for method in methods:
        assert method["description"] in cards[method["path"]]
        assert method["introduction"] not in cards[method["path"]]
        first = words(answers[method["path"]]["content"]["summary"]["html"].split("</li>")[0])
        assert method["description"] == f"{first}."


@pytest.mark.django_db
def test_without_points_the_introduction_serves(client: Client, api: Api) -> None:
    introduction = "En mening. " + "En mening som fortsätter länge nog för att inte få plats " * 5
    TherapyMethodPage.objects.filter(slug="ipt", locale__language_code="sv").update(
        summary="", introduction=f"<p>{introduction.strip()}.</p>"
    )
    listed = api.get("pages/", locale="sv", type="therapy_method")["items"]
    ipt = next(item for item in listed if item["path"] == "/terapimetoder/ipt/")
    assert ipt["description"] == "En mening."
    card = soup_of(client, "/terapimetoder/").select_one('.card:has(a[href="/terapimetoder/ipt/"])')
    assert "En mening." in card.get_text()
    assert "fortsätter" not in card.get_text()
    others = [item for item in api.get("pages/", locale="sv")["items"] if item["type"] == "content"]
    assert all(item["description"].endswith(".") for item in others)
