"""Tests that the demo content makes no false claims, in either language."""

import re
from typing import Any

import pytest

from pages.seeding.demo_files import load, load_methods
from tests.languages import demo_sentences
from tests.reading import Walks

LANGUAGES = pytest.mark.parametrize(
    ("language", "made_up", "demo"), [("sv", "påhittad", "demo"), ("en", "made", "demo")]
)
# What PTS keeps for books and films, so that it is nobody's: https://pts.se
FICTIONAL_PHONE = re.compile(r"08-465 004 \d\d")
HELPLINES = {"112", "1177", "90101"}


def test_invented_contacts_are_nobody_s() -> None:
    texts = demo_sentences("sv") | demo_sentences("en") | {str(load("furniture.toml"))}
    everything = " ".join([*texts, str(load_methods())])
    for number in re.findall(r"\b0\d{1,3}-[\d ]{6,}\d", everything):
        assert FICTIONAL_PHONE.fullmatch(number), number
    for address in re.findall(r"[\w.]+@[\w.]+\w", everything):
        assert address.endswith("@samtal.example"), address
    for number in re.findall(r"tel:(\S+?)['\"]", everything):
        assert number == "+46846500420"


@LANGUAGES
def test_pages_that_offer_something_say_that_it_is_made_up(
    walks: Walks, language: str, made_up: str, demo: str
) -> None:
    paths = {"sv": ("/", "/kontakt/"), "en": ("/en/", "/en/contact/")}[language]
    for path in paths:
        page = walks[language][path]
        assert made_up in page.select_one(".lead").get_text().lower().replace("påhittat", made_up)
        told = page.select_one("meta[name=description]")["content"].lower()
        assert demo in told or made_up in told
    for page in walks[language].values():
        assert made_up in page.select_one(".footer-text").get_text()
        for quote in page.select(".quote figcaption"):
            assert quote.get_text().lower().startswith(("påhittat", "a made-up"))


@LANGUAGES
def test_no_page_claims_a_review_that_was_not_made(
    walks: Walks, answers: Any, language: str, made_up: str, demo: str
) -> None:
    about = walks[language][{"sv": "/om-webbplatsen/", "en": "/en/about-this-site/"}[language]]
    assert "Rut Granskare" in about.main.get_text()
    named = 0
    for page in walks[language].values():
        assert "Granskare" not in str(page.head)
        assert not re.search("licensed psychologist,|legitimerad psykolog,", page.get_text())
        if review := page.select_one(".review"):
            named += 1
            assert made_up in review.get_text()
            assert page.select_one(".review-note")
    assert named == 20
