"""Segments: the present source text, the previous one, and the translation."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail_localize.models import StringTranslation, Translation

from cms.translation.engine.segments import SegmentProblem, segment_rows
from pages.models import ContentPage

from ..conftest import english, publish, translate


def row_at(translation: Translation, path: str, rank: int = 0) -> Any:
    return [row for row in segment_rows(translation) if row.path == path][rank]


def test_rows_come_in_page_order(translation: Translation) -> None:
    rows = segment_rows(translation)
    assert [row.order for row in rows] == sorted(row.order for row in rows)
    assert {"title", "slug", "introduction"} <= {row.path for row in rows}
    assert all(row.problem is None and row.previous_source is None for row in rows)


def test_a_changed_string_shows_what_was_said_before(
    page: ContentPage, translation: Translation
) -> None:
    publish(page, title="Vår behandling")
    row = row_at(translation, "title")
    assert row.problem == SegmentProblem.MISSING
    assert row.source_text == "Vår behandling"
    assert row.previous_source == "Kontakt"
    assert row.previous_translation == "Contact"
    translate(translation)
    row = row_at(translation, "title")
    assert (row.problem, row.previous_source, row.previous_text) == (None, None, None)


def test_a_changed_sentence_of_rich_text_finds_its_own_earlier_form(
    page: ContentPage, translation: Translation
) -> None:
    publish(page, introduction="<p>Vi lyssnar på dig.</p><p>Du väljer takten.</p>")
    translate(translation)
    publish(page, introduction="<p>Vi lyssnar på dig.</p><p>Du väljer alltid takten.</p>")
    kept, changed = row_at(translation, "introduction"), row_at(translation, "introduction", 1)
    assert kept.problem is None
    assert changed.previous_source == "Du väljer takten."
    assert changed.previous_translation == english("Du väljer takten.")


def test_a_new_sentence_has_no_earlier_form(page: ContentPage, translation: Translation) -> None:
    publish(page, introduction=f"{page.introduction}<p>123 456 789</p>")
    new = row_at(translation, "introduction", -1)
    assert (new.problem, new.previous_source) == (SegmentProblem.MISSING, None)


def test_machine_text_is_a_problem_until_somebody_confirms_it(translation: Translation) -> None:
    text = StringTranslation.objects.filter(
        context__path="title", context__object_id=translation.source.object_id
    )
    text.update(translation_type="machine", tool_name="A machine")
    assert row_at(translation, "title").problem == SegmentProblem.MACHINE
    text.update(translation_type="manual")
    assert row_at(translation, "title").problem is None


def test_a_faulty_text_is_a_problem(translation: Translation) -> None:
    StringTranslation.objects.filter(
        context__path="title", context__object_id=translation.source.object_id
    ).update(has_error=True)
    assert row_at(translation, "title").problem == SegmentProblem.ERROR


@pytest.mark.parametrize("paragraphs", [2, 30])
def test_the_number_of_queries_is_constant(
    page: ContentPage, translation: Translation, paragraphs: int
) -> None:
    text = "".join(f"<p>Stycke {number} om något annat.</p>" for number in range(paragraphs))
    publish(page, introduction=text)
    translate(translation)
    publish(page, introduction=text.replace("något", "allt"))
    translation = Translation.objects.select_related("source").get(pk=translation.pk)
    with CaptureQueriesContext(connection) as queries:
        rows = segment_rows(translation)
    assert len(queries) == 2
    assert all(row.previous_source for row in rows if row.path == "introduction")
