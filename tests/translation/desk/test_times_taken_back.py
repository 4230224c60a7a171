"""Times that are taken back, repeated or equal, and those after an expiry."""

from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail_localize.models import Translation

from pages.models import ContentPage
from tests.translation.conftest import Submit, publish
from tests.translation.desk.reading import Desk, log_in
from tests.translation.desk.timing import APRIL, MARCH, at, live, said, times
from tests.translation.matrix.reading import cell_of

QUESTION = "Should the translation follow?"


@pytest.fixture
def admin(db: None) -> Client:
    return log_in("admin")


def cancel(client: Client, instance: Any) -> None:
    """Cancel what is scheduled in Wagtail's history."""
    revision = instance.revisions.get(approved_go_live_at__isnull=False)
    if isinstance(instance, Page):
        name = "wagtailadmin_pages:revisions_unschedule"
    else:
        name = instance.snippet_viewset.get_url_name("revisions_unschedule")
    assert client.post(reverse(name, args=[instance.pk, revision.pk])).status_code == 302


def test_nothing_expires_at_the_moment_at_which_it_goes_live(
    editor: Client, draft: Translation
) -> None:
    desk = Desk(editor, draft)
    desk.send("times", "set", **{"times-go_live_at": MARCH, "times-expire_at": MARCH})
    assert "The times could not be saved" in desk.messages()
    assert "It would expire at the moment at which it goes live." in said(desk)
    assert times(live(draft)) == (None, None)


def test_following_does_not_make_both_times_equal(
    editor: Client, page: ContentPage, translation: Translation
) -> None:
    desk = Desk(editor, translation)
    desk.send("times", "set", **{"times-go_live_at": MARCH})
    publish(page, expire_at=at(MARCH))
    desk = Desk(editor, translation)
    desk.send("times", "follow")
    assert "would expire before it goes live" in desk.messages()
    assert times(live(translation)) == (at(MARCH), None)


@pytest.mark.parametrize("kind", ["page", "cta"])
def test_a_schedule_that_is_cancelled_in_the_history_is_asked_about_no_more(
    kind: str,
    request: pytest.FixtureRequest,
    editor: Client,
    admin: Client,
    submit: Submit,
) -> None:
    original = request.getfixturevalue(kind)
    translation = submit(original)
    type(original).objects.get(pk=original.pk).unpublish()
    publish(original, go_live_at=at(MARCH))
    assert "The original goes live 3 March 2037, 08:00." in said(Desk(editor, translation))
    cancel(admin, type(original).objects.get(pk=original.pk))
    assert QUESTION not in said(Desk(editor, translation))
    shown = str(cell_of(admin, str(original), "English"))
    assert "goes live" not in shown


def test_a_translation_that_followed_is_asked_about_when_the_original_is_cancelled(
    editor: Client, admin: Client, page: ContentPage, draft: Translation
) -> None:
    page.unpublish()
    publish(page, go_live_at=at(MARCH))
    Desk(editor, draft).send("times", "follow")
    cancel(admin, ContentPage.objects.get(pk=page.pk))
    desk = Desk(editor, draft)
    assert "The original has no time for going live. English goes live 3 March" in said(desk)
    desk.send("times", "follow")
    assert live(draft).go_live_at is None


def test_a_time_that_comes_back_is_asked_about_anew(
    editor: Client, page: ContentPage, translation: Translation
) -> None:
    publish(page, expire_at=at(MARCH))
    Desk(editor, translation).send("times", "keep")
    publish(page, expire_at=at(APRIL))
    publish(page, expire_at=at(MARCH))
    assert QUESTION in said(Desk(editor, translation))


def test_a_schedule_that_comes_back_is_asked_about_anew(
    editor: Client, admin: Client, page: ContentPage, draft: Translation
) -> None:
    page.unpublish()
    publish(page, go_live_at=at(MARCH))
    Desk(editor, draft).send("times", "keep")
    assert QUESTION not in said(Desk(editor, draft))
    cancel(admin, ContentPage.objects.get(pk=page.pk))
    publish(page, go_live_at=at(MARCH))
    assert QUESTION in said(Desk(editor, draft))


def test_the_times_of_a_successor_count_when_the_live_version_has_expired(
    editor: Client, page: ContentPage, translation: Translation
) -> None:
    publish(page, go_live_at=at(MARCH), expire_at=at(APRIL))
    type(page).objects.filter(pk=page.pk).update(expire_at=None)
    assert QUESTION not in said(Desk(editor, translation))
    past = ContentPage.objects.get(pk=page.pk)
    type(page).objects.filter(pk=page.pk).update(expire_at=page.first_published_at)
    call_command("publish_scheduled", verbosity=0)
    past.refresh_from_db()
    assert not past.live
    told = said(Desk(editor, translation))
    assert "The original expires 3 April 2037, 08:00. English has no expiry." in told


def test_the_desk_shows_the_times_of_a_successor_after_an_expiry(
    editor: Client, translation: Translation
) -> None:
    desk = Desk(editor, translation)
    form = {"times-go_live_at": MARCH, "times-expire_at": APRIL}
    desk.send("action-publish", **form)
    pass_time_of_expiry(live(translation))
    call_command("publish_scheduled", verbosity=0)
    desk = Desk(editor, translation)
    assert not live(translation).live
    assert "It goes live by itself 3 March 2037, 08:00. It expires 3 April 2037" in said(desk)
    desk.send("times", "set", **{"times-go_live_at": "2037-03-10 08:00"})
    revision = live(translation).scheduled_revision
    assert revision.approved_go_live_at == at("2037-03-10 08:00")
    assert times(revision.as_object()) == (at("2037-03-10 08:00"), at(APRIL))


def pass_time_of_expiry(target: Any) -> None:
    type(target).objects.filter(pk=target.pk).update(expire_at=target.first_published_at)
