"""The times of a translation at the desk: what they are, and setting them."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.log_actions import registry
from wagtail.models import Page
from wagtail.users.models import UserProfile
from wagtail_localize.models import Translation

from cms.journal.models import ContentChange
from cms.journal.version import current_version
from cms.translation.engine import targets
from pages.models import ContentPage, SelfTestCallToAction
from tests.translation.conftest import Submit, english, publish
from tests.translation.desk.reading import Desk, log_in
from tests.translation.desk.timing import APRIL, MARCH, at, live, pass_time, said, times


def test_the_expiry_of_what_is_live_holds_at_once(
    editor: Client, page: ContentPage, translation: Translation
) -> None:
    desk = Desk(editor, translation)
    assert "It is live. It has no expiry." in said(desk)
    revisions = live(translation).revisions.count()
    desk.send("times", "set", **{"times-expire_at": MARCH})
    assert desk.messages() == "The times are saved. It is live. It expires 3 March 2037, 08:00."
    target = live(translation)
    assert (target.live, target.expire_at) == (True, at(MARCH))
    assert target.revisions.count() == revisions
    assert target.title == english("Behandling")
    desk.send("times", "set", **{"times-expire_at": ""})
    assert live(translation).expire_at is None


def test_a_draft_keeps_its_words_to_itself_when_times_are_set(
    editor: Client, translation: Translation
) -> None:
    desk = Desk(editor, translation)
    desk.write("title", "Half done")
    desk.send("times", "set", **{"times-expire_at": MARCH})
    target = live(translation)
    assert target.title == english("Behandling")
    draft = target.get_latest_revision_as_object()
    assert (draft.title, draft.expire_at) == ("Half done", at(MARCH))
    target.latest_revision.publish()
    assert live(translation).expire_at == at(MARCH)


def test_a_text_is_saved_with_the_times_and_times_with_a_text(
    editor: Client, translation: Translation
) -> None:
    desk = Desk(editor, translation)
    desk.write("title", "Typed before", "times")
    assert desk.text("title") == "Typed before"
    desk.send(**{"times-expire_at": MARCH, f"text-{desk.key('title')}": "Typed after"})
    assert live(translation).expire_at == at(MARCH)
    assert desk.text("title") == "Typed after"


def test_a_time_to_go_live_schedules_what_is_published(editor: Client, draft: Translation) -> None:
    desk = Desk(editor, draft)
    assert "It is not live, and nothing is scheduled." in said(desk)
    desk.send("times", "set", **{"times-go_live_at": MARCH, "times-expire_at": APRIL})
    assert "It is a draft, which goes live 3 March 2037, 08:00 once it is" in said(desk)
    assert live(draft).scheduled_revision is None
    assert desk.button("action-publish").get_text(strip=True) == "Schedule to publish"
    desk.send("action-publish")
    assert desk.messages().startswith(
        "“English: Behandling” is scheduled: it goes live 3 March 2037, 08:00. "
    )
    target = live(draft)
    assert not target.live
    assert target.scheduled_revision.approved_go_live_at == at(MARCH)
    call_command("publish_scheduled")
    assert not live(draft).live
    pass_time(target, go_live_at=True)
    call_command("publish_scheduled")
    target = live(draft)
    assert (target.live, target.expire_at) == (True, at(APRIL))
    pass_time(target, expire_at=True)
    call_command("publish_scheduled")
    target = live(draft)
    assert (target.live, target.expired) == (False, True)


def test_times_can_be_typed_with_the_button_that_publishes(
    editor: Client, draft: Translation
) -> None:
    Desk(editor, draft).send("action-publish", **{"times-go_live_at": MARCH})
    assert live(draft).scheduled_revision.approved_go_live_at == at(MARCH)


def test_a_newer_version_is_scheduled_and_what_is_live_stays(
    editor: Client, translation: Translation
) -> None:
    desk = Desk(editor, translation)
    form = {f"text-{desk.key('title')}": "From March", "times-go_live_at": MARCH}
    desk.send("action-publish", **form)
    target = live(translation)
    assert target.title == english("Behandling")
    assert target.scheduled_revision.as_object().title == "From March"
    assert "a newer version goes live by itself 3 March 2037, 08:00" in said(desk)
    pass_time(target)
    call_command("publish_scheduled")
    assert live(translation).title == "From March"


def test_what_is_scheduled_can_be_moved_and_cancelled(editor: Client, draft: Translation) -> None:
    desk = Desk(editor, draft)
    desk.send("action-publish", **{"times-go_live_at": MARCH})
    assert desk.card("title").textarea.has_attr("readonly")
    desk.send("times", "set", **{"times-go_live_at": APRIL})
    target = live(draft)
    assert target.scheduled_revision.approved_go_live_at == at(APRIL)
    assert times(target.scheduled_revision.as_object()) == times(target) == (at(APRIL), None)
    desk.send("times", "set", **{"times-go_live_at": ""})
    target = live(draft)
    assert (target.live, target.scheduled_revision) == (False, None)
    assert "It is not live, and nothing is scheduled." in said(desk)
    assert not desk.card("title").textarea.has_attr("readonly")


def test_half_a_translation_is_not_scheduled(
    editor: Client, page: ContentPage, submit: Submit
) -> None:
    translation = submit(page)
    desk = Desk(editor, translation)
    desk.send("action-publish", **{"times-go_live_at": MARCH})
    told = "texts must be translated, corrected or confirmed first. What is live stays as it is."
    assert desk.messages().endswith(f" 4 {told}")
    target = live(translation)
    assert (target.live, target.scheduled_revision) == (False, None)
    assert target.go_live_at == at(MARCH)


def test_snippets_have_times_of_their_own(
    editor: Client, cta: SelfTestCallToAction, cta_translation: Translation
) -> None:
    desk = Desk(editor, cta_translation)
    desk.send("times", "set", **{"times-expire_at": MARCH})
    assert live(cta_translation).expire_at == at(MARCH)
    publish(cta, expire_at=at(APRIL))
    desk.write("heading", "How are you?")
    assert live(cta_translation).expire_at == at(MARCH)
    draft = live(cta_translation).get_latest_revision_as_object()
    assert draft.expire_at == at(MARCH)


@pytest.mark.sampled
@pytest.mark.parametrize(
    ("go_live_at", "expire_at", "told"),
    [
        (APRIL, MARCH, "Go live date/time must be before expiry date/time"),
        ("", "2020-01-01 08:00", "Expiry date/time must be in the future."),
        ("2020-01-01 08:00", "", "This time has passed."),
        ("soon", "", "Enter a valid date/time."),
        ("0001-01-01 00:00", "", "This time has passed."),
        ("", "9999-12-31 23:59", "less than or equal to"),
        ("2037-03-29 02:30", "", "couldn’t be interpreted in time zone Europe/Stockholm"),
    ],
)
def test_wrong_times_are_told_and_nothing_is_lost(
    editor: Client, translation: Translation, go_live_at: str, expire_at: str, told: str
) -> None:
    desk = Desk(editor, translation)
    typed = {"times-go_live_at": go_live_at, "times-expire_at": expire_at}
    text = {f"text-{desk.key('title')}": "Better said"}
    desk.send("action-publish", **typed, **text)
    assert desk.messages() == "The times could not be saved: see below."
    assert told in said(desk)
    form = desk.form()
    assert {name: form[name] for name in typed} == typed
    assert desk.text("title") == "Better said"
    assert times(live(translation)) == (None, None)
    assert live(translation).title == english("Behandling")


def test_errors_and_times_are_in_the_language_and_zone_of_the_user(
    editor: Client, translation: Translation
) -> None:
    user = get_user_model().objects.get(username="editor")
    UserProfile.objects.filter(user=user).update(
        preferred_language="sv", current_time_zone="Asia/Tokyo"
    )
    desk = Desk(editor, translation)
    desk.send("times", "set", **{"times-expire_at": MARCH})
    assert live(translation).expire_at.isoformat() == "2037-03-02T23:00:00+00:00"
    assert "3 mars 2037 kl. 08:00" in said(desk)
    assert "Asia/Tokyo" in said(desk)
    desk.send("times", "set", **{"times-expire_at": "2020-01-01 08:00"})
    assert "must be" not in said(desk)


def test_who_may_not_publish_sees_the_times_and_sets_none(
    editor: Client, translator: Client, page: ContentPage, translation: Translation
) -> None:
    publish(page, expire_at=at(MARCH))
    desk = Desk(translator, translation)
    assert "The original expires 3 March 2037, 08:00. English has no expiry." in said(desk)
    assert "Whoever may publish the translation decides." in said(desk)
    assert desk.soup.find("button", {"name": "times"}) is None
    assert "times-expire_at" not in desk.form()
    asked = Desk(editor, translation).form()["times-asked"]
    for sent in ({"times-expire_at": APRIL}, {"times": "follow", "times-asked": asked}):
        response = translator.post(desk.url, desk.form() | sent)
        told = response.content.decode()
        assert "The times were not saved: you may not publish this." in told
    assert live(translation).expire_at is None
    Desk(editor, translation).send("times", "set", **{"times-expire_at": APRIL})
    desk = Desk(translator, translation)
    desk.write("title", "Better said")
    assert desk.messages() == "The draft of “Better said” is saved."
    assert live(translation).expire_at == at(APRIL)


def test_times_of_another_editor_are_not_overwritten(
    editor: Client, translation: Translation
) -> None:
    mine, other = Desk(editor, translation), Desk(log_in("admin"), translation)
    other.send("times", "set", **{"times-expire_at": MARCH})
    mine.write("title", "Only a text")
    assert live(translation).expire_at == at(MARCH)
    mine = Desk(editor, translation)
    other.send("times", "set", **{"times-expire_at": ""})
    mine.send("times", "set", **{"times-expire_at": APRIL})
    assert mine.messages() == (
        "Somebody else has set the times meanwhile. See what they are, and save again."
    )
    assert mine.form()["times-expire_at"] == APRIL
    assert live(translation).expire_at is None
    mine.send("times", "set")
    assert live(translation).expire_at == at(APRIL)


def test_aliases_of_the_translation_expire_with_it(
    editor: Client, translation: Translation
) -> None:
    target = live(translation)
    alias = target.create_alias(parent=target.get_parent(), update_slug="alias")
    Desk(editor, translation).send("times", "set", **{"times-expire_at": MARCH})
    assert Page.objects.get(pk=alias.pk).expire_at == at(MARCH)


@pytest.mark.parametrize("fixture", ["translation", "cta_translation"])
def test_caches_and_feeds_hear_of_an_expiry(
    editor: Client, fixture: str, request: pytest.FixtureRequest
) -> None:
    translated = request.getfixturevalue(fixture)
    before = current_version()
    Desk(editor, translated).send("times", "set", **{"times-expire_at": MARCH})
    changes = ContentChange.objects.filter(version__gt=before)
    assert live(translated).pk in [change.object_id for change in changes]


def test_a_locked_translation_keeps_its_times(editor: Client, translation: Translation) -> None:
    desk = Desk(editor, translation)
    admin = get_user_model().objects.get(username="admin")
    ContentPage.objects.filter(pk=live(translation).pk).update(locked=True, locked_by=admin)
    desk.send("times", "set", **{"times-expire_at": MARCH})
    assert desk.messages() == "Nothing was saved: this is locked."
    assert live(translation).expire_at is None


def test_the_history_names_the_times(editor: Client, translation: Translation) -> None:
    Desk(editor, translation).send("times", "set", **{"times-expire_at": MARCH})
    target = live(translation)
    entry = registry.get_logs_for_instance(target).filter(action="translation.times").get()
    assert entry.data == {"go_live_at": None, "expire_at": "2037-03-03T07:00:00+00:00"}
    history = editor.get(f"/admin/pages/{target.pk}/history/").content.decode()
    assert "Times set: goes live: no time; expires: 3 March 2037, 08:00" in history


def test_a_time_that_has_come_keeps_nothing_from_being_carried_over(
    editor: Client,
    page: ContentPage,
    translation: Translation,
    django_capture_on_commit_callbacks: Any,
) -> None:
    past = timezone.now() - timedelta(days=1)
    ContentPage.objects.filter(pk=live(translation).pk).update(go_live_at=past)
    with django_capture_on_commit_callbacks(execute=True):
        publish(page, show_in_menus=True)
    assert live(translation).show_in_menus


def test_a_draft_made_elsewhere_does_not_bring_back_old_times(
    editor: Client, translation: Translation, user: Any
) -> None:
    Desk(editor, translation).send("times", "set", **{"times-expire_at": MARCH})
    targets.publish(translation, user)
    assert live(translation).expire_at == at(MARCH)
