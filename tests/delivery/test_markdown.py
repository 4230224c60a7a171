"""Tests `rich_text=markdown` wherever there is rich text."""

from collections.abc import Iterator
from typing import Any

import pytest
from wagtail.models import Page

from tests.factories import ContentPageFactory
from tests.reading import Api, words


def rich_texts(value: Any) -> Iterator[dict[str, str]]:
    if isinstance(value, dict):
        if value.keys() <= {"html", "markdown"}:
            yield value
        for child in value.values():
            yield from rich_texts(child)
    elif isinstance(value, list):
        for child in value:
            yield from rich_texts(child)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("endpoint", "query"),
    [
        ("pages/by-path/", {"path": "/terapimetoder/ipt/"}),
        ("pages/by-path/", {"path": "/en/faq/"}),
        ("pages/by-path/", {"path": "/en/self-test/"}),
        ("navigation/", {"locale": "sv"}),
        ("faqs/", {"locale": "en"}),
        ("self-test-ctas/", {"locale": "sv"}),
    ],
)
def test_every_rich_text_comes_in_the_format_asked_for(
    api: Api, endpoint: str, query: dict[str, str]
) -> None:
    html = list(rich_texts(api.get(endpoint, **query)))
    assert html == list(rich_texts(api.get(endpoint, rich_text="html", **query)))
    markdown = list(rich_texts(api.get(endpoint, rich_text="markdown", **query)))
    assert len(html) == len(markdown) > 0
    assert {name for value in html for name in value} == {"html"}
    assert {name for value in markdown for name in value} == {"markdown"}
    for before, after in zip(html, markdown, strict=True):
        assert "<p>" not in after["markdown"]
        for word in words(before["html"]).split()[:5]:
            assert word.strip("().,:;!?*").split("-")[0] in after["markdown"]


@pytest.mark.django_db
def test_by_id_takes_it_too(api: Api) -> None:
    by_path = api.get("pages/by-path/", path="/en/", rich_text="markdown")
    assert api.get(f"pages/{by_path['id']}/", rich_text="markdown") == by_path


@pytest.mark.django_db
def test_markup_becomes_markdown_and_signs_stay_signs(api: Api) -> None:
    home = Page.objects.get(slug="hem")
    target = Page.objects.get(slug="kontakt")
    ContentPageFactory(
        parent=home,
        slug="format",
        introduction=(
            f'<p>En <b>fet</b> <a linktype="page" id="{target.pk}">länk</a>, 2 * 3 och '
            "&lt;script&gt;.</p><ul><li>ett</li><li>två</li></ul>"
        ),
    )
    answer = api.get("pages/by-path/", path="/format/", rich_text="markdown")
    assert answer["content"]["introduction"]["markdown"] == (
        "En **fet** [länk](/kontakt/), 2 \\* 3 och \\<script\\>.\n\n- ett\n- två"
    )


@pytest.mark.django_db
def test_another_format_is_refused(api: Api) -> None:
    problem = api.problem("pages/by-path/", path="/", rich_text="docx")
    assert problem["status"] == 400
    assert "rich_text" in problem["detail"]
    assert "markdown" in problem["detail"]
