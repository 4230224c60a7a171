"""A time at which a translation goes live does not stand for its review."""

from typing import Any

from pages.models import TherapyMethodPage
from tests.translation.conftest import translation_of
from tests.translation.desk.reading import Desk, log_in

MARCH, APRIL = "2037-03-03 08:00", "2037-04-03 08:00"


def translation() -> Any:
    return translation_of(TherapyMethodPage.objects.get(slug="kbt", locale__language_code="sv"))


def english_method() -> Any:
    return translation().get_target_instance()


def test_what_nobody_has_approved_is_not_scheduled(site: Any) -> None:
    desk = Desk(log_in("editor"), translation())
    form = {f"text-{desk.key('introduction')}": "Unseen", "times-go_live_at": MARCH}
    desk.send("action-publish", **form)
    target = english_method()
    assert target.scheduled_revision is None
    assert "Unseen" not in target.introduction


def test_what_is_live_can_expire_while_its_draft_waits_for_a_review(site: Any) -> None:
    desk = Desk(log_in("editor"), translation())
    desk.write("introduction", "Unseen")
    desk.send("times", "set", **{"times-expire_at": APRIL})
    target = english_method()
    assert target.live
    assert target.expire_at.isoformat() == "2037-04-03T06:00:00+00:00"
    assert "Unseen" not in target.introduction
    assert target.get_latest_revision_as_object().expire_at == target.expire_at


def test_what_is_approved_stays_so_with_other_times(site: Any) -> None:
    desk = Desk(log_in("editor"), translation())
    desk.send("action-publish", **{"times-go_live_at": MARCH})
    desk.send("times", "set", **{"times-go_live_at": APRIL, "times-expire_at": "2037-05-03 08:00"})
    scheduled = english_method().scheduled_revision
    assert scheduled.approved_go_live_at.isoformat() == "2037-04-03T06:00:00+00:00"
