"""Queries of the desk: bounded, and as many for a page with many texts as for one with few."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail_localize.models import Translation

from cms.content.clinical_review import without_review
from pages.models import ContentPage, TherapyMethodPage
from tests.translation.conftest import Submit, publish, translate, translation_of
from tests.translation.desk.reading import Desk, log_in

# A page with few texts and one with many: one query for each would go far beyond every limit.
PARAGRAPHS = pytest.mark.parametrize("paragraphs", [1, 40])
Make = Callable[[int], Translation]


@pytest.fixture
def translated(page: ContentPage, submit: Submit) -> Make:
    """Makes a translation of a page with some paragraphs, of which each has a link."""

    def make(paragraphs: int) -> Translation:
        words = [f'<p>Stycke {at} om <a href="/{at}/">något</a>.</p>' for at in range(paragraphs)]
        translation = submit(publish(page, introduction="".join(words)))
        translate(translation)
        return translation

    return make


def sent(desk: Desk, path: str, text: str) -> dict[str, str]:
    """Return what the script of the desk sends for one text."""
    key = desk.key(path)
    return {f"text-{key}": text, f"seen-{key}": desk.form()[f"seen-{key}"]}


@PARAGRAPHS
def test_the_page_takes_the_same_queries_however_long_it_is(
    editor: Client, page: ContentPage, submit: Submit, paragraphs: int
) -> None:
    words = [f'<p>Stycke {at} om <a href="/{at}/">något</a>.</p>' for at in range(paragraphs)]
    translation = submit(publish(page, introduction="".join(words)))
    translate(translation)
    publish(page, introduction="".join(words).replace("om", "kring"))
    desk = Desk(editor, translation)
    with CaptureQueriesContext(connection) as queries:
        response: Any = editor.get(desk.url)
    assert response.status_code == 200
    assert len(queries) <= 94, len(queries)


@PARAGRAPHS
def test_an_autosave_takes_few_queries(editor: Client, translated: Make, paragraphs: int) -> None:
    translation = translated(paragraphs)
    desk = Desk(editor, translation)
    url = desk.card("title")["data-url"]
    with CaptureQueriesContext(connection) as queries:
        answer = editor.post(url, sent(desk, "title", "Better said")).json()
    assert "Better said" in answer["card"]
    assert len(queries) <= 40, len(queries)


def test_an_autosave_of_a_new_text_takes_few_queries(
    editor: Client, page: ContentPage, submit: Submit
) -> None:
    """With an error, so that suggestions are looked up for it."""
    translation = submit(publish(page, introduction='<p>Läs <a href="/a/">mer</a> här.</p>'))
    desk = Desk(editor, translation)
    url = desk.card("introduction")["data-url"]
    with CaptureQueriesContext(connection) as queries:
        answer = editor.post(url, sent(desk, "introduction", "Read more here.")).json()
    assert "is missing" in answer["card"]
    assert len(queries) <= 40, len(queries)


@PARAGRAPHS
def test_a_publication_takes_the_same_queries_however_long_it_is(
    editor: Client, translated: Make, paragraphs: int
) -> None:
    translation = translated(paragraphs)
    desk = Desk(editor, translation)
    data = desk.form() | sent(desk, "title", "Better said") | {"action-publish": "yes"}
    with CaptureQueriesContext(connection) as queries:
        assert editor.post(desk.url, data).status_code == 302
    assert translation.get_target_instance().title == "Better said"
    # Two of them lock the parent and ask for its slugs, where the page gets another one.
    assert len(queries) <= most(121), len(queries)


def test_a_publication_of_a_page_with_all_kinds_of_content_takes_few_queries(db: None) -> None:
    """With concerns, images, questions and links to pages, each of which the streams ask for."""
    page = TherapyMethodPage.objects.get(slug="ipt", locale__language_code="en")
    translation = translation_of(page)
    client = log_in("admin")
    with without_review():
        desk = Desk(client, translation)
        changed = sent(desk, "introduction", "Better said")
        data = desk.form() | changed | {"action-publish": "yes"}
        with CaptureQueriesContext(connection) as queries:
            assert client.post(desk.url, data).status_code == 302
    assert "Better said" in translation.get_target_instance().introduction
    # Up to four more where nothing before has read content types and the addresses of sites.
    assert len(queries) <= most(130), len(queries)


def most(queries: int) -> int:
    """Return how many queries there may be: PostgreSQL takes some for locks and its search."""
    return queries if connection.vendor == "sqlite" else queries + 8
