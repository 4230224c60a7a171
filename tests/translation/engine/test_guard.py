"""The guard refuses text in the wrong language on every path of publication.

Each test names what wagtail-localize or Wagtail does where nobody stops it.
"""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from cms.translation.engine import targets
from cms.translation.engine.guard import check_live_texts
from pages.models import ContentPage, SelfTestCallToAction
from tests.factories import SelfTestCallToActionFactory

from ..conftest import Submit, english, publish, state_of, translate

NEW_TEXT = "<p>Vi lyssnar på dig.</p><p>Du väljer takten.</p><p>Ett nytt stycke.</p>"
CHANGES = [{"title": "Vår behandling"}, {"introduction": NEW_TEXT}]


def live_texts(translation: Translation) -> dict[str, Any]:
    """Return the stored live object."""
    target = translation.get_target_instance()
    names = ("live", "title", "introduction", "heading", "text", "button_label", "live_revision_id")
    return {name: getattr(target, name) for name in names if hasattr(target, name)}


def save_fallback_draft(translation: Translation) -> Any:
    """A draft that says what the source says where nothing is translated, as wagtail-localize
    makes them."""
    source = translation.source
    source.refresh_from_db()
    draft = source.get_ephemeral_translated_instance(translation.target_locale, fallback=True)
    return draft.save_revision()


@pytest.mark.parametrize("changes", CHANGES)
@pytest.mark.parametrize("live", [True, False])
def test_save_target_writes_source_text_onto_the_live_page(
    page: ContentPage, translation: Translation, changes: dict[str, str], live: bool
) -> None:
    before = live_texts(translation)
    publish(page, **changes)
    translation.refresh_from_db()
    with pytest.raises(ValidationError, match="engelska"):
        translation.save_target(publish=live)
    assert live_texts(translation) == before


@pytest.mark.parametrize("live", [True, False])
def test_save_target_writes_source_text_onto_the_live_snippet_or_takes_it_off(
    cta: SelfTestCallToAction, cta_translation: Translation, live: bool
) -> None:
    before = live_texts(cta_translation)
    publish(cta, heading="Hur mår du i dag?")
    cta_translation.refresh_from_db()
    with pytest.raises(ValidationError):
        cta_translation.save_target(publish=live)
    assert live_texts(cta_translation) == before
    assert before["live"]


def test_save_target_keeps_good_texts_free_of_errors_that_are_not_theirs(
    page: ContentPage, translation: Translation
) -> None:
    publish(page, introduction=NEW_TEXT)
    translation.refresh_from_db()
    with pytest.raises(ValidationError):
        translation.save_target()
    assert not StringTranslation.objects.filter(has_error=True).exists()


def test_save_target_publishes_where_everything_is_translated(
    page: ContentPage, translation: Translation, django_capture_on_commit_callbacks: Any
) -> None:
    publish(page, title="Vår behandling")
    translate(translation)
    translation.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target()
    assert translation.get_target_instance().title == english("Vår behandling")
    assert state_of(translation).stale_since is None
    assert not state_of(translation).edited_directly


def test_publishing_a_draft_that_fell_back_on_the_source_puts_it_live(
    page: ContentPage, translation: Translation
) -> None:
    before = live_texts(translation)
    publish(page, title="Vår behandling")
    revision = save_fallback_draft(translation)
    with pytest.raises(ValidationError, match="Vår behandling"):
        revision.publish()
    assert live_texts(translation) == before


def test_publishing_an_old_draft_puts_an_older_source_text_live(
    page: ContentPage, translation: Translation
) -> None:
    publish(page, title="Vår behandling")
    revision = save_fallback_draft(translation)
    publish(page, title="All vår behandling")
    translate(translation)
    with pytest.raises(ValidationError, match="Vår behandling"):
        revision.publish()


def test_the_first_publication_puts_untranslated_drafts_live(
    untranslated: ContentPage, submit: Submit
) -> None:
    translation = submit(untranslated)
    translate(translation, only={"title"})
    target = translation.get_target_instance()
    with pytest.raises(ValidationError, match="Vi lyssnar"):
        target.get_latest_revision().publish()
    assert not translation.get_target_instance().live


def test_save_target_makes_a_new_snippet_live_in_the_source_language(
    en: Locale,
) -> None:
    cta = publish(SelfTestCallToActionFactory())
    source, _created = TranslationSource.get_or_create_from_instance(cta)
    translation = Translation.objects.create(source=source, target_locale=en)
    with pytest.raises(ValidationError):
        translation.save_target(publish=True)
    assert not cta.get_translations().exists()


def test_machine_text_goes_live_without_anybody_having_read_it(
    page: ContentPage, translation: Translation
) -> None:
    publish(page, title="Vår behandling")
    segment = StringSegment.objects.get(source=translation.source, context__path="title")
    text = StringTranslation.objects.create(
        translation_of=segment.string,
        locale=translation.target_locale,
        context=segment.context,
        data="Our treatment",
        translation_type="machine",
        tool_name="A machine",
    )
    revision = save_fallback_draft(translation)
    with pytest.raises(ValidationError, match="Our treatment"):
        revision.publish()
    text.translation_type = "manual"
    text.save()
    revision.publish()
    assert translation.get_target_instance().title == "Our treatment"


def test_a_text_that_is_the_same_in_both_languages_passes_once_it_is_given(
    page: ContentPage, translation: Translation, user: Any
) -> None:
    publish(page, title="EMDR")
    revision = save_fallback_draft(translation)
    with pytest.raises(ValidationError, match="EMDR"):
        revision.publish()
    segment = StringSegment.objects.get(source=translation.source, context__path="title")
    StringTranslation.objects.create(
        translation_of=segment.string,
        locale=translation.target_locale,
        context=segment.context,
        data="EMDR",
        translation_type="manual",
    )
    targets.publish(translation, user)
    assert translation.get_target_instance().title == "EMDR"


def test_what_is_live_may_stay_while_the_source_has_moved_on(
    page: ContentPage, translation: Translation
) -> None:
    publish(page, title="Vår behandling")
    target = publish(translation.get_target_instance(), show_in_menus=True)
    assert target.title == "Contact"
    assert state_of(translation).stale_since is not None


def test_who_edits_a_target_by_itself_says_what_they_like(
    page: ContentPage, translation: Translation
) -> None:
    translation.enabled = False
    translation.save()
    target = publish(translation.get_target_instance(), title=page.title)
    assert target.title == "Kontakt"


def test_the_check_takes_two_queries_where_all_is_translated(translation: Translation) -> None:
    target = translation.get_target_instance()
    translation = Translation.objects.select_related("source").get(pk=translation.pk)
    with CaptureQueriesContext(connection) as queries:
        check_live_texts(target, translation, target)
    assert len(queries) <= 2


def test_a_page_without_translations_pays_one_query(untranslated: ContentPage) -> None:
    revision = untranslated.save_revision()
    with CaptureQueriesContext(connection) as queries:
        revision.publish()
    ours = [query for query in queries if "wagtail_localize" in query["sql"]]
    assert len(ours) == 1


def test_publish_scheduled_puts_drafts_live_and_stops_at_the_first_error(
    page: ContentPage, translation: Translation, cta: SelfTestCallToAction, capsys: Any
) -> None:
    before = live_texts(translation)
    publish(page, title="Vår behandling")
    revision = save_fallback_draft(translation)
    past = timezone.now() - timezone.timedelta(hours=2)
    revision.approved_go_live_at = past
    revision.save()
    cta.heading = "Hur mår du i dag?"
    other = cta.save_revision(approved_go_live_at=past + timezone.timedelta(hours=1))
    call_command("publish_scheduled")
    assert "Vår behandling" in capsys.readouterr().err
    assert live_texts(translation) == before
    revision.refresh_from_db()
    assert revision.approved_go_live_at is None
    cta.refresh_from_db()
    assert (cta.heading, cta.live_revision_id) == ("Hur mår du i dag?", other.pk)


@pytest.fixture
def admin(db: None) -> Client:
    client = Client()
    client.force_login(get_user_model().objects.get(username="admin"))
    return client


def test_the_update_view_publishes_the_source_text(
    page: ContentPage,
    translation: Translation,
    admin: Client,
    django_capture_on_commit_callbacks: Any,
) -> None:
    before = live_texts(translation)
    publish(page, title="Vår behandling")
    url = f"/admin/localize/update/{translation.source_id}/"
    assert "Publicera det som är översatt" in admin.get(url).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        response = admin.post(url, {"publish_translations": "on"}, follow=True)
    assert response.status_code == 200
    assert [message.level_tag for message in response.context["messages"]] == ["warning"]
    assert live_texts(translation) == before
    # Whoever wrote this perhaps goes on.
    translate(translation)
    with django_capture_on_commit_callbacks(execute=True):
        response = admin.post(url, {"publish_translations": "on"}, follow=True)
    assert [message.level_tag for message in response.context["messages"]] == ["warning"]
    assert live_texts(translation) == before


def test_the_update_view_publishes_for_those_who_may_not(
    page: ContentPage, translation: Translation
) -> None:
    publish(page, slug="en-annan-adress")
    client = Client()
    client.force_login(get_user_model().objects.get(username="translator"))
    url = f"/admin/localize/update/{translation.source_id}/"
    response = client.post(url, {"publish_translations": "on"}, follow=True)
    assert [message.level_tag for message in response.context["messages"]] == ["error"]
    assert translation.get_target_instance().title == "Contact"


def test_the_editor_of_wagtail_localize_publishes_with_missing_translations(
    page: ContentPage,
    translation: Translation,
    admin: Client,
    django_capture_on_commit_callbacks: Any,
) -> None:
    before = live_texts(translation)
    publish(page, title="Vår behandling")
    target = translation.get_target_instance()
    with django_capture_on_commit_callbacks(execute=True):
        admin.post(f"/admin/pages/{target.pk}/edit/", {"action": "publish"})
    assert live_texts(translation) == before
