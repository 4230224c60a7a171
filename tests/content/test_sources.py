"""Tests of the block that tells what a text rests on."""

from typing import Any

import pytest
from wagtail.blocks import StructBlockValidationError

from cms.content.blocks.sources import SourceBlock
from cms.upstream.localize_segments import StringSegmentValue, read_segments
from pages.models import TherapyMethodPage
from tests.reading import Walks

pytestmark = pytest.mark.django_db


def test_sources_are_on_the_page_and_in_the_api_alike_in_both_languages(
    walks: Walks, answers: dict[str, Any]
) -> None:
    given = {}
    for language, path in (("sv", "/terapimetoder/ipt/"), ("en", "/en/therapy-methods/ipt/")):
        (block,) = [b for b in answers[path]["content"]["body"] if b["type"] == "sources"]
        (source,) = block["value"]["items"]
        link = walks[language][path].select_one(".sources li a")
        assert (link["href"], link.cite.get_text()) == (source["url"], source["title"])
        assert link.parent.get_text(strip=True).endswith(f", {source['year']}")
        given[language] = (source["year"], source["url"])
    assert given["sv"] == given["en"] == (2022, "https://www.nice.org.uk/guidance/ng222")


def test_year_and_address_are_no_texts_to_translate() -> None:
    page = TherapyMethodPage.objects.get(slug="ipt", locale__language_code="sv")
    block = next(child for child in page.body if child.block_type == "sources")
    texts = [
        segment.path.rsplit(".", 1)[-1]
        for segment in read_segments(page)
        if isinstance(segment, StringSegmentValue) and segment.path.startswith(f"body.{block.id}")
    ]
    assert sorted(texts) == ["author", "heading", "title"]


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"url": "ftp://example.org/a"}, "url"), ({"year": 22}, "year"), ({"author": ""}, "author")],
)
def test_what_is_no_source_is_refused(changed: dict[str, Any], field: str) -> None:
    block = SourceBlock()
    good = {"author": "A", "title": "B", "year": None, "url": ""}
    assert block.clean(block.to_python(good))["year"] is None
    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(block.to_python({**good, **changed}))
    assert refused.value.block_errors.keys() == {field}
