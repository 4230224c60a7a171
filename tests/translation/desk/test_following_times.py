"""Whether a translation follows its original's times is asked at the desk, and decided once."""

from datetime import timedelta

from django.core.management import call_command
from django.test import Client
from wagtail_localize.models import Translation

from pages.models import ContentPage
from tests.translation.conftest import publish
from tests.translation.desk.reading import Desk
from tests.translation.desk.timing import APRIL, MARCH, at, live, pass_time, said, times


def test_following_sets_the_times_of_the_original_once(
    editor: Client, page: ContentPage, translation: Translation
) -> None:
    publish(page, expire_at=at(MARCH) + timedelta(seconds=7))
    desk, second = Desk(editor, translation), Desk(editor, translation)
    assert "Should the translation follow?" in said(desk)
    desk.send("times", "follow")
    assert live(translation).expire_at == at(MARCH) + timedelta(seconds=7)
    assert (
        desk.messages()
        == "The translation follows the original. It is live. It expires 3 March 2037, 08:00."
    )
    assert "Should the translation follow?" not in said(desk)
    second.send("times", "follow")
    assert second.messages() == "This has been decided already."


def test_an_expiry_that_the_original_no_longer_has_is_asked_about(
    editor: Client, page: ContentPage, translation: Translation
) -> None:
    publish(page, expire_at=at(MARCH))
    Desk(editor, translation).send("times", "follow")
    publish(page, expire_at=None)
    desk = Desk(editor, translation)
    assert "The original has no expiry. English expires 3 March 2037, 08:00." in said(desk)
    desk.send("times", "follow")
    assert live(translation).expire_at is None


def test_a_decision_holds_until_the_times_of_the_original_change(
    editor: Client, page: ContentPage, translation: Translation
) -> None:
    publish(page, expire_at=at(MARCH))
    desk = Desk(editor, translation)
    desk.send("times", "keep")
    assert desk.messages() == (
        "The times stay as they are, until those of the original change again."
    )
    assert live(translation).expire_at is None
    publish(page, title="En annan rubrik")
    assert "Should the translation follow?" not in said(Desk(editor, translation))
    publish(page, expire_at=at(APRIL))
    assert "Should the translation follow?" in said(Desk(editor, translation))


def test_times_set_by_hand_are_a_decision(
    editor: Client, page: ContentPage, translation: Translation
) -> None:
    publish(page, expire_at=at(MARCH))
    desk = Desk(editor, translation)
    desk.send("times", "set", **{"times-expire_at": APRIL})
    assert "Should the translation follow?" not in said(desk)


def test_what_was_asked_before_the_original_changed_again_is_asked_anew(
    editor: Client, page: ContentPage, translation: Translation
) -> None:
    publish(page, expire_at=at(MARCH))
    desk = Desk(editor, translation)
    publish(page, expire_at=at(APRIL))
    for button in ("follow", "keep"):
        asked = desk.form()["times-asked"]
        desk.send("times", button, **{"times-asked": "2037-03-03T07:00:00+00:00 nonsense"})
        assert desk.messages() == (
            "The times have changed meanwhile. See what they are, and decide again."
        )
        assert asked
    assert live(translation).expire_at is None
    desk.send("times", "follow")
    assert live(translation).expire_at == at(APRIL)


def test_a_planned_publication_follows_an_original_that_is_moved(
    editor: Client, page: ContentPage, draft: Translation
) -> None:
    page.unpublish()
    publish(page, go_live_at=at(MARCH))
    desk = Desk(editor, draft)
    assert "The original goes live 3 March 2037, 08:00. English has no time" in said(desk)
    desk.send("times", "follow")
    desk.send("action-publish")
    publish(page, go_live_at=at(APRIL))
    desk = Desk(editor, draft)
    desk.send("times", "follow")
    assert live(draft).scheduled_revision.approved_go_live_at == at(APRIL)
    publish(page, go_live_at=None)
    desk = Desk(editor, draft)
    assert "The original is live. English goes live 3 April 2037, 08:00." in said(desk)
    assert "its planned publication is cancelled" in said(desk)
    desk.send("times", "follow")
    assert live(draft).scheduled_revision is None
    assert not live(draft).live


def test_what_has_expired_is_not_published_to_nobody(
    editor: Client, translation: Translation
) -> None:
    pass_time(live(translation), expire_at=True)
    call_command("publish_scheduled")
    desk = Desk(editor, translation)
    assert "The original has no expiry. English expired" in said(desk)
    desk.send("action-publish")
    assert desk.messages() == (
        "Nothing was published: the time of expiry has passed, so that visitors would not see it. "
        "Set another, or none, under “Times” and publish again."
    )
    assert not live(translation).live
    desk.send("times", "follow")
    assert live(translation).expire_at is None
    desk.send("action-publish")
    target = live(translation)
    assert (target.live, target.expired) == (True, False)


def test_an_original_that_has_expired_asks_nothing(
    editor: Client, page: ContentPage, translation: Translation
) -> None:
    pass_time(page, expire_at=True)
    call_command("publish_scheduled")
    assert "Should the translation follow?" not in said(Desk(editor, translation))


def test_a_following_that_would_expire_first_is_left_to_a_person(
    editor: Client, page: ContentPage, translation: Translation
) -> None:
    desk = Desk(editor, translation)
    desk.send("times", "set", **{"times-go_live_at": APRIL})
    publish(page, expire_at=at(MARCH))
    desk = Desk(editor, translation)
    desk.send("times", "follow")
    assert desk.messages() == (
        "The translation would expire before it goes live. Set its times yourself."
    )
    assert times(live(translation)) == (at(APRIL), None)
