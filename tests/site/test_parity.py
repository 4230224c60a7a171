"""Tests that HTML and API have the same content, page by page."""

import json
import re
from typing import Any

import pytest

from tests.languages import ui_pattern
from tests.reading import CODES, Api, Walks, squeeze, words

# Values that a page does not print as words.
NOT_WORDS = CODES | {"id", "srcset", "width", "height", "focal_point", "is_fallback"}
NOT_WORDS |= {
    "url",
    "mime_type",
    "sources",
    "crops",
    "original",
    "last_published_at",
    "method_count",
    "is_made_up",
    "methods_path",
    "chat_url",
    "level",
    "is_for_young",
}


def said(value: Any, name: str = "") -> list[str]:
    """Return the texts of an answer's content, in order."""
    if name in NOT_WORDS or value is None or isinstance(value, bool):
        return []
    if isinstance(value, dict):
        if value.keys() == {"html"}:
            return [words(value["html"])]
        passed_over = {"title"} if value.get("kind") == "page" else set()
        if value.keys() >= {"introduction", "description"}:
            # A summary: web pages say what it describes, and the page itself is introduced.
            passed_over = {"introduction"}
        return [
            text
            for key, child in value.items()
            if key not in passed_over
            for text in said(child, key)
        ]
    if isinstance(value, list):
        return [text for child in value for text in said(child)]
    return [squeeze(str(value))] if value != "" else []


def given(item: dict[str, Any]) -> dict[str, Any]:
    """Return structured data without what is null in the API: the page leaves it out."""
    return {
        name: given(value) if isinstance(value, dict) else value
        for name, value in item.items()
        if value is not None
    }


def crumbs(answer: Any) -> list[str]:
    return [crumb["title"] for crumb in answer["breadcrumbs"]]


def test_every_word_of_the_api_is_on_the_page(walks: Walks, answers: dict[str, Any]) -> None:
    for path, answer in answers.items():
        page = walks[answer["locale"]][path]
        shown = page.get_text(" ") + " ".join(image["alt"] for image in page.find_all("img"))
        shown += " ".join(time["datetime"] for time in page.find_all("time"))
        compact = squeeze(shown).replace(" ", "")
        for text in [answer["heading"], *said(answer["content"])]:
            assert text.replace(" ", "") in compact, f"{path} does not show: {text}"


def test_every_text_of_the_page_is_in_the_api(walks: Walks, answers: dict[str, Any]) -> None:
    """Except UI strings, which each client has of its own."""
    for path, answer in answers.items():
        given = squeeze(" ".join([*said(answer), *crumbs(answer)]))
        texts = walks[answer["locale"]][path].main.find_all(string=True)
        for text in texts:
            if text.parent.name == "time":
                assert text.parent["datetime"] in given, f"{path}: {text}"
                continue
            # Help in a crisis is of the frame, which `navigation/` has.
            is_frame = text.find_parent(class_="crisis-short") is not None
            if is_frame or ui_pattern(answer["locale"]).fullmatch(squeeze(text)):
                continue
            for shown in re.split(r" · |, ", squeeze(text).strip(" ,·–()")):
                if shown not in given:
                    assert ui_pattern(answer["locale"]).fullmatch(shown), f"{path}: {shown}"


def test_head_and_envelope_agree(walks: Walks, answers: dict[str, Any]) -> None:
    for path, answer in answers.items():
        page, seo = walks[answer["locale"]][path], answer["seo"]
        assert page.h1.get_text(strip=True) == answer["heading"]
        assert page.title.get_text(strip=True) == f"{seo['title']} – Samtal"
        assert page.select_one("link[rel=canonical]")["href"] == answer["html_url"]
        assert page.select_one("meta[name=description]")["content"] == seo["description"]
        assert [
            {"hreflang": link["hreflang"], "href": link["href"]}
            for link in page.select("head link[hreflang]")
        ] == seo["alternates"]
        data = page.find_all("script", type="application/ld+json")
        assert [json.loads(script.string) for script in data] == [
            given(item) for item in seo["json_ld"]
        ]
        trail = page.select("nav.breadcrumbs a")
        assert [link["href"] for link in trail] == [c["path"] for c in answer["breadcrumbs"]]


@pytest.mark.django_db
@pytest.mark.parametrize(("locale", "home"), [("sv", "/"), ("en", "/en/")])
def test_the_frame_and_navigation_agree(walks: Walks, api: Api, locale: str, home: str) -> None:
    page, navigation = walks[locale][home], api.get("navigation/", locale=locale)
    shown = squeeze(page.get_text(" ")).replace(" ", "")
    assert navigation["home_path"] == home
    for part in (navigation["crisis"], navigation["contact"], navigation["footer_text"]):
        for text in said(part):
            assert text.replace(" ", "") in shown, text
    links = {link["href"] for link in page.find_all("a", href=True)}
    for item in navigation["menu"]:
        assert item["path"] in links
        assert {child["path"] for child in item["children"]} <= links
    for link in navigation["footer_links"]:
        assert link["path"] in links
