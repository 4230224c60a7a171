"""Texts of the desk that visitors do not have are told of, however they came there."""

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.test import Client
from wagtail.models import Page
from wagtail_localize.models import StringSegment, Translation

from cms.translation.engine import targets
from cms.translation.engine.segments import segment_rows
from cms.translation.models import LiveTexts, RevisionParts, TranslationState
from pages.models import ContentPage, SelfTestCallToAction
from tests.translation.conftest import Submit, english, publish, state_of
from tests.translation.desk.reading import Desk, edit_url, log_in
from tests.translation.desk.reading_versions import Version, latest
from tests.translation.matrix.reading import cell_of
from tests.translation.tools.test_one_door import PERSONS, by_autosave, by_form

ONE = "1 text in the translation editor is not published yet."
READY = f"Ready to publish {ONE} Visitors see the earlier text until you publish."


def told(client: Client, instance: Any) -> str:
    """The status and the details of the English cell in the report."""
    return cell_of(client, str(instance), "English") or ""


def text_of(translation: Translation, path: str) -> str:
    """The text of the desk at a path."""
    row = next(row for row in segment_rows(translation) if row.path == path)
    assert row.translation is not None
    data: str = row.translation.data
    return data


@pytest.mark.parametrize("way", PERSONS)
def test_a_text_of_a_live_translation_waits_until_it_is_published(
    page: ContentPage, translation: Translation, english_admin: Client, way: str
) -> None:
    assert told(english_admin, page).startswith("Live and current")
    PERSONS[way](translation, "title", "Contact us in other words")
    assert told(english_admin, page).startswith(READY)
    Desk(log_in("admin"), translation).send("action-publish")
    assert translation.get_target_instance().title == "Contact us in other words"
    assert told(english_admin, page).startswith("Live and current")


def test_a_text_that_is_put_back_waits_no_more(
    page: ContentPage, translation: Translation, english_admin: Client
) -> None:
    before = text_of(translation, "title")
    by_autosave(translation, "title", "Half a sentence")
    assert told(english_admin, page).startswith(READY)
    by_autosave(translation, "title", before)
    assert told(english_admin, page).startswith("Live and current")


def test_whoever_works_on_it_is_told_everywhere(
    page: ContentPage, translation: Translation, english_admin: Client
) -> None:
    by_autosave(translation, "title", "Half a sentence")
    desk = Desk(english_admin, translation)
    progress = " ".join(desk.soup.select_one("[data-desk-progress]").get_text(" ").split())
    assert progress.endswith(f"texts are ready. {ONE}")
    panel = BeautifulSoup(english_admin.get(edit_url(page)).content, "html.parser")
    languages = panel.select_one(".matrix-languages").get_text(" ")
    assert READY in " ".join(languages.split())
    home = BeautifulSoup(english_admin.get("/admin/").content, "html.parser")
    assert "Half a sentence" in home.select_one(".matrix-summary__first").get_text()


def test_an_autosave_answers_with_what_waits(translation: Translation) -> None:
    desk = Desk(log_in("translator"), translation)
    key, form = desk.key("title"), desk.form()
    seen = {f"seen-{key}": form[f"seen-{key}"]}
    fields = {**seen, f"text-{key}": "Half a sentence"}
    answer = desk.client.post(desk.card("title")["data-url"], fields).json()
    assert ONE in " ".join(answer["progress"].split())


def test_each_changed_text_counts_once(
    page: ContentPage, translation: Translation, english_admin: Client
) -> None:
    by_form(translation, "title", "Contact us in other words")
    by_form(translation, "slug", "contact-us-now")
    by_autosave(translation, "slug", "contact-us-here")
    told_now = told(english_admin, page)
    assert "2 texts in the translation editor are not published yet." in told_now


def test_a_deleted_text_is_missing_and_not_waiting(
    page: ContentPage, translation: Translation, english_admin: Client
) -> None:
    segment = StringSegment.objects.get(source=translation.source, context__path="title")
    url = f"/admin/localize/translate/{translation.pk}/strings/{segment.pk}/edit/"
    assert log_in("editor").delete(url).status_code < 300
    found = told(english_admin, page)
    assert found.startswith("Live but behind")
    assert "not published yet" not in found


def test_words_that_are_only_marked_otherwise_wait(
    page: ContentPage, translation: Translation, english_admin: Client
) -> None:
    changed = publish(page, introduction="<p>Vi lyssnar.</p>")
    by_form(translation, "introduction", "We do listen.")
    Desk(log_in("admin"), translation).send("action-publish")
    assert told(english_admin, changed).startswith("Live and current")
    by_form(translation, "introduction", "We <b>do</b> listen.")
    assert text_of(translation, "introduction") == "We <b>do</b> listen."
    assert told(english_admin, changed).startswith(READY)
    Desk(log_in("admin"), translation).send("action-publish")
    assert told(english_admin, changed).startswith("Live and current")


def test_texts_that_change_places_wait(
    page: ContentPage, translation: Translation, english_admin: Client
) -> None:
    changed = publish(page, introduction="<p>Vi lyssnar.</p><p>Du väljer.</p>")
    for rank, text in enumerate(["We listen.", "You choose."]):
        Desk(log_in("translator"), translation).write("introduction", text, rank=rank)
    Desk(log_in("admin"), translation).send("action-publish")
    for rank, text in enumerate(["You choose.", "We listen."]):
        Desk(log_in("translator"), translation).write("introduction", text, rank=rank)
    assert "2 texts in the translation editor" in told(english_admin, changed)


def test_a_new_order_of_the_original_makes_no_text_wait(
    page: ContentPage, translation: Translation
) -> None:
    publish(page, introduction="<p>Vi lyssnar.</p><p>Du väljer.</p>")
    for rank, text in enumerate(["We listen.", "You choose."]):
        Desk(log_in("translator"), translation).write("introduction", text, rank=rank)
    Desk(log_in("admin"), translation).send("action-publish")
    publish(page, introduction="<p>Du väljer.</p><p>Vi lyssnar.</p>")
    assert state_of(translation).waiting_texts == 0


def test_an_address_that_is_kept_does_not_wait(
    page: ContentPage, translation: Translation, english_admin: Client
) -> None:
    publish(page, slug="en-annan-adress")
    assert state_of(translation).waiting_texts == 0


def test_restoring_a_version_waits_for_its_publication(
    page: ContentPage, translation: Translation, english_admin: Client
) -> None:
    first = text_of(translation, "title")
    Desk(log_in("admin"), translation).write("title", "Said better", "action-publish")
    Desk(log_in("admin"), translation).write("title", first, "action-publish")
    version = latest(translation)
    Desk(log_in("admin"), translation).write("title", "Said better", "action-publish")
    assert told(english_admin, page).startswith("Live and current")
    Version(log_in("editor"), translation, version).restore()
    assert text_of(translation, "title") == first
    assert told(english_admin, page).startswith(READY)


def test_a_draft_that_is_published_elsewhere_leaves_what_was_written_since(
    page: ContentPage, translation: Translation, english_admin: Client
) -> None:
    by_form(translation, "title", "Of the draft")
    by_autosave(translation, "title", "Written since")
    latest(translation).publish()
    assert translation.get_target_instance().title == "Of the draft"
    assert told(english_admin, page).startswith(READY)
    by_autosave(translation, "title", "Of the draft")
    assert told(english_admin, page).startswith("Live and current")


def test_what_is_unpublished_has_nothing_that_waits(
    page: ContentPage, translation: Translation, english_admin: Client, user: Any
) -> None:
    by_autosave(translation, "title", "Half a sentence")
    translation.get_target_instance().unpublish()
    by_autosave(translation, "title", "A whole sentence")
    found = told(english_admin, page)
    assert found.startswith("Ready to publish")
    assert "not published yet" not in found
    assert "not published yet" not in Desk(log_in("editor"), translation).markup
    targets.publish(translation, user)
    assert told(english_admin, page).startswith("Live and current")


def test_shared_content_waits_as_pages_do(
    cta: SelfTestCallToAction, cta_translation: Translation, english_admin: Client
) -> None:
    by_autosave(cta_translation, "heading", "Half a sentence")
    assert told(english_admin, cta).startswith(READY)


@pytest.fixture
def of_an_earlier_release(translation: Translation) -> Callable[[], None]:
    """Forgets what was not noted before."""

    def forget() -> None:
        LiveTexts.objects.update(texts=None)
        RevisionParts.objects.update(texts=None)
        TranslationState.objects.update(waiting_texts=0)

    return forget


def test_rebuilding_finds_what_waits_since_an_earlier_release(
    page: ContentPage,
    translation: Translation,
    english_admin: Client,
    of_an_earlier_release: Callable[[], None],
) -> None:
    before = text_of(translation, "title")
    by_autosave(translation, "title", "Half a sentence")
    of_an_earlier_release()
    call_command("rebuild_translation_states", verbosity=0)
    assert told(english_admin, page).startswith(READY)
    by_autosave(translation, "title", before)
    assert told(english_admin, page).startswith("Live and current")


def test_rebuilding_finds_nothing_where_nothing_waits(
    db: None, of_an_earlier_release: Callable[[], None]
) -> None:
    of_an_earlier_release()
    call_command("rebuild_translation_states", verbosity=0)
    assert not TranslationState.objects.exclude(waiting_texts=0).exists()


def test_a_text_is_compared_without_rebuilding_too(
    page: ContentPage,
    translation: Translation,
    english_admin: Client,
    of_an_earlier_release: Callable[[], None],
) -> None:
    of_an_earlier_release()
    by_autosave(translation, "title", "Half a sentence")
    assert told(english_admin, page).startswith(READY)


def test_the_desk_compares_with_what_is_live_and_not_with_a_draft(
    cta_translation: Translation, of_an_earlier_release: Callable[[], None]
) -> None:
    by_form(cta_translation, "heading", "Of the draft")
    of_an_earlier_release()
    assert ONE in " ".join(Desk(log_in("editor"), cta_translation).markup.split())


def sync(client: Client, translation: Translation) -> str:
    """Fetch the original and publish what is translated; returns what is told."""
    url = f"/admin/localize/update/{translation.source_id}/"
    answer = client.post(url, {"publish_translations": "on"}, follow=True)
    soup = BeautifulSoup(answer.content, "html.parser")
    return " ".join(soup.find(class_="messages").get_text(" ").split())


LEFT = (
    "in English keeps what is live: the translation editor has texts or values that visitors do "
    "not have yet. Read them there and publish. Review and publish"
)


def test_another_persons_half_sentence_is_not_published_unseen(
    page: ContentPage, translation: Translation, english_admin: Client
) -> None:
    before = translation.get_target_instance().title
    by_autosave(translation, "title", "Half a sentence that")
    assert f"“{page.title}” {LEFT}" in sync(english_admin, translation)
    assert translation.get_target_instance().title == before
    assert text_of(translation, "title") == "Half a sentence that"


def test_a_new_text_of_a_changed_original_is_not_published_unseen(
    page: ContentPage, translation: Translation, english_admin: Client
) -> None:
    publish(page, title="Vår behandling")
    by_autosave(translation, "title", "Our treat")
    assert LEFT in sync(english_admin, translation)
    assert translation.get_target_instance().title != "Our treat"


def test_what_is_the_same_as_live_is_published(translation: Translation) -> None:
    before = translation.get_target_instance()
    assert "is published in English" in sync(log_in("admin"), translation)
    assert translation.get_target_instance().live_revision_id != before.live_revision_id


def test_what_was_never_live_is_published_whole(untranslated: ContentPage, submit: Submit) -> None:
    translation = submit(untranslated)
    for row in segment_rows(translation):
        by = Desk(log_in("translator"), translation)
        text = "treatment" if row.path == "slug" else english(row.source_text)
        by.send(**{f"text-{row.key}": text})
    assert "is published in English" in sync(log_in("admin"), translation)
    assert Page.objects.get(pk=translation.get_target_instance().pk).live
