"""Tests the list of contents of long pages, and the order of a method's page."""

from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup

from pages.templatetags.public import contents_of
from tests.reading import Walks

pytestmark = pytest.mark.django_db


def places(page: BeautifulSoup) -> list[str]:
    return [link["href"][1:] for link in page.select(".on-this-page a")]


def test_long_pages_list_their_headings_alike_in_both_languages(walks: Walks) -> None:
    swedish, english = (
        walks["sv"]["/terapimetoder/ipt/"],
        walks["en"]["/en/therapy-methods/ipt/"],
    )
    assert places(swedish) == places(english)
    for page, label in ((swedish, "På den här sidan"), (english, "On this page")):
        contents = page.select_one("nav.on-this-page")
        assert page.find(id=contents["aria-labelledby"]).get_text() == label
        headings = page.select(".body > .block:not(.on-this-page) > h2")
        assert [link.get_text() for link in contents.select("a")] == [
            heading.get_text() for heading in headings
        ]
        assert [heading["id"] for heading in headings] == places(page)


def test_short_pages_have_none_and_no_id_is_there_twice(walks: Walks) -> None:
    few = [{"id": str(n), "value": SimpleNamespace(heading=f"Rubrik {n}")} for n in range(4)]
    body = [SimpleNamespace(place=f"block-{each['id']}", **each) for each in few]
    assert contents_of(body[:3]) == []
    assert contents_of(body)[0] == {"name": "Rubrik 0", "place": "block-0"}
    assert places(walks["sv"]["/"]) == []
    for pages in walks.values():
        for path, page in pages.items():
            ids = [element["id"] for element in page.find_all(id=True)]
            assert len(ids) == len({*ids}), path


def test_an_important_box_at_the_top_stays_there(walks: Walks) -> None:
    first, second = walks["sv"]["/kontakt/"].select(".body > *")[:2]
    assert "callout-important" in first["class"]
    assert "on-this-page" in second["class"]


def test_the_summary_of_a_method_comes_before_its_picture(walks: Walks) -> None:
    head = walks["en"]["/en/therapy-methods/ipt/"].select_one(".method-head")
    parts = [part.name for part in head.find_all(True, recursive=False)]
    assert parts == ["header", "section", "picture", "dl"]
    assert "in-short" in head.section["class"]
