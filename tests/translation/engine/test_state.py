"""Progress and staleness of translations."""

import json
import uuid
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale
from wagtail_localize.models import (
    OverridableSegment,
    RelatedObjectSegment,
    StringSegment,
    TemplateSegment,
    Translation,
    TranslationLog,
    TranslationSource,
)

from cms.translation.desk.desk import Desk
from cms.translation.desk.saving import accept_text
from cms.translation.engine import targets
from cms.translation.engine.segments import segment_rows
from cms.translation.engine.state import refresh_state
from cms.translation.models import TranslationState
from pages.models import ContentPage, SelfTestCallToAction, TherapyMethodPage

from ..conftest import Submit, publish, state_of, translate


def stored_segments(source: TranslationSource) -> dict[str, set[tuple[Any, ...]]]:
    kinds = {
        StringSegment: ("string", "attrs"),
        TemplateSegment: ("template",),
        RelatedObjectSegment: ("object",),
        OverridableSegment: ("data_json",),
    }
    return {
        model.__name__: set(
            model._default_manager.filter(source=source).values_list(
                "pk", "context", "context__field_path", "order", *fields
            )
        )
        for model, fields in kinds.items()
    }


def test_what_was_sent_for_translation_is_not_started(
    untranslated: ContentPage, submit: Submit
) -> None:
    state = state_of(submit(untranslated))
    assert state.segments_total == 4
    assert state.segments_done == 0
    assert state.published_at is None
    assert state.stale_since is None


def test_each_text_counts_at_once(untranslated: ContentPage, submit: Submit) -> None:
    translation = submit(untranslated)
    translate(translation, only={"title"})
    state = state_of(translation)
    assert (state.segments_done, state.segments_total) == (1, 4)
    assert state.translated_at is not None


def test_a_text_counts_where_nothing_was_counted_before(
    untranslated: ContentPage, submit: Submit
) -> None:
    translation = submit(untranslated)
    TranslationState.objects.filter(translation=translation).delete()
    translate(translation, only={"title"})
    state = state_of(translation)
    assert (state.segments_done, state.segments_total) == (1, 4)


def test_what_was_published_from_translations_is_current(translation: Translation) -> None:
    state = state_of(translation)
    assert state.segments_done == state.segments_total
    assert state.published_at is not None
    assert state.stale_since is None
    assert not state.edited_directly


def test_publishing_an_unchanged_text_leaves_it_current(
    page: ContentPage, translation: Translation
) -> None:
    publish(page, show_in_menus=True)
    assert state_of(translation).stale_since is None


def test_a_changed_text_marks_it_behind_since_its_publication(
    page: ContentPage, translation: Translation
) -> None:
    changed = publish(page, title="Vår behandling")
    state = state_of(translation)
    assert state.stale_since is not None
    assert abs((state.stale_since - changed.last_published_at).total_seconds()) < 5
    assert state.segments_done == state.segments_total - 1


def test_a_draft_of_the_source_marks_nothing(page: ContentPage, translation: Translation) -> None:
    page.title = "Vår behandling"
    page.save_revision()
    assert state_of(translation).stale_since is None


def test_it_is_behind_since_the_first_change(page: ContentPage, translation: Translation) -> None:
    publish(page, title="Vår behandling")
    first = state_of(translation).stale_since
    publish(page, title="All vår behandling")
    assert state_of(translation).stale_since == first


def test_a_change_that_is_taken_back_makes_it_current_again(
    page: ContentPage, translation: Translation
) -> None:
    publish(page, title="Vår behandling")
    publish(page, title=page.title)
    state = state_of(translation)
    assert (state.stale_since, state.stale_weight) == (None, "")


def test_a_change_taken_back_after_the_translation_followed_it_is_a_change(
    page: ContentPage, translation: Translation, user: Any
) -> None:
    publish(page, title="Vår behandling")
    translate(translation)
    targets.publish(translation, user)
    publish(page, title=page.title)
    state = state_of(translation)
    assert state.stale_since is not None
    assert state.segments_done == state.segments_total


def test_a_paragraph_that_is_gone_marks_it_behind(
    page: ContentPage, translation: Translation
) -> None:
    publish(page, body=json.dumps(list(page.body.raw_data)[:-1]))
    assert state_of(translation).stale_since is not None


def test_a_repeated_paragraph_that_is_there_once_less_marks_it_behind(
    page: ContentPage, translation: Translation, user: Any
) -> None:
    publish(page, introduction="<p>Samma.</p>")
    translate(translation)
    publish(page, introduction="<p>Samma.</p><p>Samma.</p>")
    targets.publish(translation, user)
    assert state_of(translation).stale_since is None
    publish(page, introduction="<p>Samma.</p>")
    assert state_of(translation).stale_since is not None


def test_a_faulty_text_does_not_count_as_translated(translation: Translation) -> None:
    text = segment_rows(translation)[0].translation
    assert text is not None
    text.has_error = True
    text.save(update_fields=["has_error"])
    state = state_of(translation)
    assert state.segments_done == state.segments_total - 1


def test_translating_alone_does_not_make_it_current_but_publishing_does(
    page: ContentPage, translation: Translation, user: Any
) -> None:
    publish(page, title="Vår behandling")
    translate(translation)
    assert state_of(translation).stale_since is not None
    targets.publish(translation, user)
    assert state_of(translation).stale_since is None


def test_a_text_that_is_accepted_as_it_is_counts(
    page: ContentPage, translation: Translation, user: Any
) -> None:
    publish(page, title="Kontakten")
    (row,) = [row for row in segment_rows(translation) if row.problem]
    assert accept_text(Desk(translation, user, translation.get_target_instance()), row.key, {})
    targets.publish(translation, user)
    state = state_of(translation)
    assert (state.stale_since, state.segments_done) == (None, state.segments_total)


def test_publishing_the_draft_that_was_reworded_since_is_still_current(
    page: ContentPage, translation: Translation, user: Any
) -> None:
    revision = targets.save_draft(translation, user)
    text = segment_rows(translation)[0].translation
    assert text is not None
    text.data = "Said better"
    text.save()
    revision.publish()
    assert state_of(translation).stale_since is None


def test_a_translation_that_is_unpublished_is_not_behind(
    page: ContentPage, translation: Translation
) -> None:
    publish(page, title="Vår behandling")
    translation.get_target_instance().unpublish()
    assert state_of(translation).stale_since is None
    target = translation.get_target_instance()
    target.get_latest_revision().publish()
    assert state_of(translation).stale_since is not None


def test_a_target_that_is_edited_by_itself_is_told_apart(
    translation: Translation, user: Any
) -> None:
    translation.enabled = False
    translation.save()
    target = translation.get_target_instance()
    publish(target, title="My own words")
    assert state_of(translation).edited_directly
    translation.enabled = True
    translation.save()
    assert state_of(translation).edited_directly
    targets.publish(translation, user)
    assert not state_of(translation).edited_directly


def test_it_follows_again_once_its_revision_is_logged_as_a_translation(
    translation: Translation, user: Any
) -> None:
    """As wagtail-localize does outside a transaction: it publishes, and logs it afterwards."""
    target = translation.get_target_instance()
    target.save_revision(user=user).publish(user=user)
    assert state_of(translation).edited_directly
    target.refresh_from_db()
    TranslationLog.objects.create(
        source=translation.source,
        locale=translation.target_locale,
        revision=target.live_revision,
    )
    assert not state_of(translation).edited_directly


def test_what_a_program_made_live_without_a_revision_is_not_edited_by_itself(
    translation: Translation,
) -> None:
    target = translation.get_target_instance()
    type(target).objects.filter(pk=target.pk).update(live_revision=None)
    assert not refresh_state(translation).edited_directly


def test_each_language_follows_again_with_its_own_revision(
    cta_translation: Translation, user: Any
) -> None:
    finnish = Locale.objects.create(language_code="fi")
    source = cta_translation.source
    translation = Translation.objects.create(source=source, target_locale=finnish)
    translation.save_target(publish=False)
    translate(translation)
    targets.publish(translation, user)
    target = translation.get_target_instance()
    target.save_revision(user=user).publish(user=user)
    assert state_of(translation).edited_directly
    target.refresh_from_db()
    TranslationLog.objects.create(source=source, locale=finnish, revision=target.live_revision)
    assert not state_of(translation).edited_directly


def test_snippets_are_behind_in_the_same_way(
    cta: SelfTestCallToAction, cta_translation: Translation, user: Any
) -> None:
    assert state_of(cta_translation).stale_since is None
    publish(cta, heading="Hur mår du i dag?")
    assert state_of(cta_translation).stale_since is not None
    translate(cta_translation)
    targets.publish(cta_translation, user)
    assert state_of(cta_translation).stale_since is None


def test_segments_are_what_wagtail_localize_would_make_of_them(
    method: TherapyMethodPage, method_translation: Translation
) -> None:
    """Its `update_from_db` gives the same, with several queries for each segment."""
    body = list(method.body.raw_data)
    body.insert(1, {**body[0], "id": str(uuid.uuid4())})
    publish(method, title="Annan metod", body=json.dumps(body))
    source = method_translation.source
    ours = stored_segments(source)
    source.refresh_from_db()
    source.update_from_db()
    assert stored_segments(source) == ours


def test_publishing_an_unchanged_source_takes_the_same_queries_however_long_it_is(
    method: TherapyMethodPage, method_translation: Translation, page: ContentPage
) -> None:
    def queries_of_ours(instance: Any) -> int:
        revision = instance.save_revision()
        with CaptureQueriesContext(connection) as queries:
            revision.publish()
        ours = ('"wagtail_localize_', '"translation_translationstate"', '"translation_livetexts"')
        return sum(any(name in query["sql"] for name in ours) for query in queries)

    assert queries_of_ours(method) == queries_of_ours(page) < 20
