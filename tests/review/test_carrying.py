"""A value that is the same in all languages waits for the review of each language."""

from typing import Any

from django.contrib.auth import get_user_model

from cms.review.models import Approval
from pages.models import TherapyMethodPage
from tests.translation.conftest import state_of, translation_of


def approve(content: Any) -> None:
    reviewer = get_user_model().objects.get(username="reviewer")
    Approval.objects.record(content, reviewer=reviewer, title="legitimerad psykolog")


def test_a_number_waits_until_the_translation_is_approved_with_it(site: Any) -> None:
    method = TherapyMethodPage.objects.get(slug="ipt", locale__language_code="sv")
    translation = translation_of(method)
    method.sessions_maximum = 40
    revision = method.save_revision()
    approve(method.get_latest_revision_as_object())
    revision.publish()
    method.refresh_from_db()
    assert method.sessions_maximum == 40
    live = translation.get_target_instance()
    assert live.sessions_maximum != 40
    assert live.live_revision_id == live.latest_revision_id
    state = state_of(translation)
    assert state.parts == ["sessions_maximum"]
    assert state.stale_since is not None
