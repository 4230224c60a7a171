"""Tests that structured data use the words of schema.org and say what the page shows."""

import json
from typing import Any

import pytest

from tests.reading import Walks

pytestmark = pytest.mark.django_db

# Of schema.org 30.0: each type with the types above it, each property with the types that have it.
# https://schema.org/docs/developers.html
ABOVE = {
    "BreadcrumbList": {"ItemList", "Intangible", "Thing"},
    "ListItem": {"Intangible", "Thing"},
    "MedicalCondition": {"MedicalEntity", "Thing"},
    "MedicalTherapy": {"TherapeuticProcedure", "MedicalProcedure", "MedicalEntity", "Thing"},
    "MedicalWebPage": {"WebPage", "CreativeWork", "Thing"},
    "Organization": {"Thing"},
    "Person": {"Thing"},
    "WebPage": {"CreativeWork", "Thing"},
    "WebSite": {"CreativeWork", "Thing"},
}
# Properties by their names: the types that have them, and the types of their values. An address
# can stand for a thing.
PROPERTIES: dict[str, tuple[set[str], set[str]]] = {
    "about": ({"CreativeWork"}, {"Thing"}),
    "alternateName": ({"Thing"}, {"Text"}),
    "dateModified": ({"CreativeWork"}, {"Date", "DateTime"}),
    "description": ({"Thing"}, {"Text"}),
    "inLanguage": ({"CreativeWork"}, {"Text", "Language"}),
    "item": ({"ListItem"}, {"Thing", "URL"}),
    "itemListElement": ({"ItemList"}, {"ListItem", "Text", "Thing"}),
    "jobTitle": ({"Person"}, {"Text", "DefinedTerm"}),
    "lastReviewed": ({"WebPage"}, {"Date"}),
    "name": ({"Thing"}, {"Text"}),
    "position": ({"CreativeWork", "ListItem"}, {"Integer", "Text"}),
    "publisher": ({"CreativeWork"}, {"Organization", "Person"}),
    "reviewedBy": ({"WebPage"}, {"Organization", "Person"}),
    "url": ({"Thing"}, {"URL"}),
}
PLAIN = {"Date", "DateTime", "Integer", "Language", "Text", "URL"}


def faults(thing: dict[str, Any]) -> list[str]:
    """Return where a thing is at odds with the vocabulary."""
    kind = thing["@type"]
    kinds = {kind, *ABOVE[kind]}
    found = []
    for name, value in thing.items():
        if name.startswith("@") or value is None:
            continue
        owners, ranges = PROPERTIES[name]
        if not owners & kinds:
            found.append(f"{kind} has no {name}")
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                fits = ranges & {one["@type"], *ABOVE[one["@type"]]}
                found += faults(one)
            else:
                fits = ranges & PLAIN
            if not fits:
                found.append(f"{kind}.{name} is no {one!r}")
    return found


def test_the_words_are_those_of_the_vocabulary(answers: dict[str, Any]) -> None:
    assert faults({"@type": "Person", "lastReviewed": "2026-01-01"}) != []
    for path, answer in answers.items():
        for item in answer["seo"]["json_ld"]:
            assert item["@context"] == "https://schema.org"
            assert faults(item) == [], path


def test_they_say_what_the_page_shows(walks: Walks, answers: dict[str, Any]) -> None:
    kinds = dict.fromkeys(["therapy_method", "self_test", "concern_page"], "MedicalWebPage")
    homes = {"sv": "/", "en": "/en/"}
    for path, answer in answers.items():
        shown = walks[answer["locale"]][path]
        items = [json.loads(tag.string) for tag in shown.select("script[type*=json]")]
        first, *others = items
        is_home = path == homes[answer["locale"]]
        assert first["@type"] == kinds.get(answer["type"], "WebPage")
        assert first["name"] == shown.h1.get_text(strip=True)
        assert first["inLanguage"] == shown.html["lang"]
        assert first["publisher"]["url"].endswith(shown.select_one("a.brand")["href"])
        assert [item["@type"] for item in others] == (["WebSite"] * is_home + ["BreadcrumbList"]), (
            path
        )
        if answer["type"] == "therapy_method":
            about = first["about"]
            assert about["@type"] == "MedicalTherapy"
            assert about["name"] == shown.select_one("[aria-current=page]").get_text()
            assert (about.get("alternateName") or "") == answer["content"]["abbreviation"]


@pytest.mark.parametrize(("language", "locale"), [("sv", "sv_SE"), ("en", "en_GB")])
def test_link_previews_have_an_image_and_its_words(
    walks: Walks, answers: dict[str, Any], language: str, locale: str
) -> None:
    home = answers[{"sv": "/", "en": "/en/"}[language]]["content"]["image"]
    for path, answer in answers.items():
        if answer["locale"] != language:
            continue
        given = {
            tag["property"]: tag["content"]
            for tag in walks[language][path].select('meta[property^="og:"]')
        }
        image = answer["content"]["image"] or home
        assert given["og:locale"] == locale
        assert given["og:image"] == answer["seo"]["image"] == image["url"], path
        assert given["og:image:alt"] == answer["seo"]["image_alt"] == image["alt"]
        assert given["og:image:width"] == str(answer["seo"]["image_width"])
        assert given["og:image:height"] == str(answer["seo"]["image_height"])
