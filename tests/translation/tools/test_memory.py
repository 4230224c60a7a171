"""Translation memory: earlier translations are suggested with their origin."""

from typing import Any

import pytest
from django.db import connection
from django.db.models import query
from django.db.models.query import ModelIterable, ValuesListIterable
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page
from wagtail_localize.models import String, StringTranslation, Translation, TranslationContext
from wagtail_localize.operations import TranslationCreator

from cms.translation.engine.segments import segment_rows
from cms.translation.memory.suggestions import Suggestion, suggestions_for
from tests.factories import ContentPageFactory
from tests.translation.desk.reading import Desk, log_in
from tests.translation.tools.conftest import give, segment_of


@pytest.fixture
def other(en: Any, translator_user: Any) -> Translation:
    """Another page's translation, from which memories come."""
    page = ContentPageFactory(
        parent=Page.objects.get(slug="hem"),
        slug="minnet",
        title="En annan sida",
        introduction="<p>Du är alltid välkommen.</p>",
        heading="Du är välkommen.",
    )
    TranslationCreator(translator_user, [en]).create_translations(page)
    found: Translation = Translation.objects.get(source__object_id=page.translation_key)
    return found


def offered(translation: Translation, path: str) -> list[Suggestion]:
    rows = segment_rows(translation)
    segment = segment_of(translation, path)
    return suggestions_for(rows, translation).get(segment.pk, [])


def test_the_same_text_is_offered_first(translation: Translation, other: Translation) -> None:
    give(other, segment_of(other, "heading"), "You are welcome.")
    give(other, segment_of(other, "introduction"), "You are always welcome.")
    exact, near = offered(translation, "heading")
    assert (exact.text, exact.score) == ("You are welcome.", 1.0)
    assert (near.text, near.source_text) == ("You are always welcome.", "Du är alltid välkommen.")
    assert 0.75 <= near.score < 1
    assert exact.origin == "En annan sida"
    assert exact.origin_url == f"/admin/pages/{other.get_target_instance().pk}/edit/"
    assert exact.translated_at <= timezone.now()


def test_what_nobody_has_confirmed_is_not_offered(
    translation: Translation, other: Translation
) -> None:
    text = give(other, segment_of(other, "heading"), "You are welcome.")
    StringTranslation.objects.filter(pk=text.pk).update(translation_type="machine")
    assert offered(translation, "heading") == []


def test_links_that_the_text_does_not_have_are_left_out(
    translation: Translation, other: Translation
) -> None:
    segment = segment_of(other, "heading")
    give(other, segment, 'You are <a id="a7">welcome</a>.')
    StringTranslation.objects.filter(translation_of=segment.string).update(has_error=False)
    (suggestion,) = offered(translation, "heading")
    assert suggestion.text == "You are welcome."


def test_texts_of_another_length_are_found_as_far_as_they_are_alike(
    translation: Translation, other: Translation
) -> None:
    """16 signs of which all stand in 26: just alike enough; in 27 they no longer are."""
    page = other.source.get_source_instance()
    for more, count in (("", 1), ("x" * 10, 1), ("x" * 11, 0)):
        page.heading = f"Du är välkommen.{more}"
        page.save_revision().publish()
        give(other, segment_of(other, "heading"), f"Welcome{more}")
        texts = [each.text for each in offered(translation, "heading")]
        assert texts.count(f"Welcome{more}") == count


def test_unlike_texts_are_not_offered(translation: Translation, other: Translation) -> None:
    give(other, segment_of(other, "title"), "Another page")
    assert offered(translation, "heading") == []


def test_what_the_place_said_before_is_offered(translation: Translation, page: Any) -> None:
    give(translation, segment_of(translation, "title"), "A page on sleep")
    page.title = "Provsida om sömnen"
    page.save_revision().publish()
    (suggestion,) = offered(translation, "title")
    assert (suggestion.text, suggestion.source_text) == ("A page on sleep", "Provsida om sömn")


def test_queries_do_not_grow_with_segments_and_memories(
    translation: Translation, other: Translation
) -> None:
    rows = segment_rows(translation)
    give(other, segment_of(other, "heading"), "You are welcome.")
    suggestions_for(rows, translation)
    with CaptureQueriesContext(connection) as few:
        suggestions_for(rows[:1], translation)
    give(other, segment_of(other, "introduction"), "You are always welcome.")
    give(other, segment_of(other, "title"), "Another page")
    with CaptureQueriesContext(connection) as many:
        suggestions_for(rows * 20, translation)
    assert len(many) <= max(len(few), 4)


@pytest.fixture
def memories(sv: Any, en: Any, other: Translation) -> list[StringTranslation]:
    """2,000 translated strings that are much alike, and the longest one's translations."""
    segment = segment_of(other, "heading")
    strings = [String(locale=sv, data=f"Du är alltid välkommen hit {at:04}.") for at in range(2000)]
    for string in strings:
        string.data_hash = String._get_data_hash(string.data)
    made = String.objects.bulk_create(strings)
    contexts = TranslationContext.objects.bulk_create(
        TranslationContext(
            object_id=other.source.object_id,
            path=f"body.{at}",
            path_id=TranslationContext._get_path_id(f"body.{at}"),
        )
        for at in range(200)
    )
    given = [(string, segment.context) for string in made]
    given += [(segment.string, context) for context in contexts]
    return StringTranslation.objects.bulk_create(
        StringTranslation(
            translation_of=string,
            context=context,
            locale=en,
            data="You are welcome.",
            translation_type="manual",
        )
        for string, context in given
    )


def test_loaded_rows_do_not_grow_with_what_was_translated(
    translation: Translation, memories: list[StringTranslation], monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded = []

    class Counting(ModelIterable):
        def __iter__(self) -> Any:
            for row in super().__iter__():
                loaded.append(row)
                yield row

    class CountingValues(ValuesListIterable):
        def __iter__(self) -> Any:
            for row in super().__iter__():
                loaded.append(row)
                yield row

    rows = segment_rows(translation)
    monkeypatch.setattr(query, "ModelIterable", Counting)
    monkeypatch.setattr(query, "ValuesListIterable", CountingValues)
    with CaptureQueriesContext(connection) as queries:
        found = suggestions_for(rows, translation)
    assert len(queries) <= 4
    assert len(loaded) <= 1000
    (heading,) = [row for row in rows if row.path == "heading"]
    best = found[heading.segment.pk][0]
    assert (best.text, best.score) == ("You are welcome.", 1.0)


def test_a_repeated_text_is_translated_once(translation: Translation) -> None:
    Desk(log_in("translator"), translation).write("heading", "You are welcome.")
    repeated = segment_of(translation, "introduction", "Du är")
    copy = StringTranslation.objects.get(context=repeated.context, translation_of=repeated.string)
    assert copy.data == "You are welcome."


def test_a_place_with_a_text_of_its_own_keeps_it(translation: Translation) -> None:
    own = give(translation, segment_of(translation, "introduction", "Du är"), "Do come in.")
    Desk(log_in("translator"), translation).write("heading", "You are welcome.")
    own.refresh_from_db()
    assert own.data == "Do come in."
