"""Tests that writers do not approve their own text after an earlier version is restored."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client

from cms.review.models import ReviewerTitle
from tests.translation.conftest import translation_of
from tests.translation.desk.reading import Desk
from tests.translation.desk.reading_versions import Version

from .desk import assert_another_approves, self_test

pytestmark = pytest.mark.django_db


def test_restoring_a_version_does_not_hide_who_wrote_it(log_in: Any, reviewer: Client) -> None:
    page, translation = self_test("sv"), translation_of(self_test("en"))
    writer = get_user_model().objects.get(username="translator-sv")
    writer.groups.add(Group.objects.get(name="Clinical reviewers"))
    ReviewerTitle.objects.create(user=writer, locale=page.locale, title="psykolog")
    Desk(log_in("translator-sv"), translation).write("introduction", "Ord av skribenten.")
    page.refresh_from_db()
    written = page.latest_revision
    Desk(log_in("admin"), translation).write("introduction", "Andra ord.")
    Version(log_in("admin"), translation, written).restore()
    Desk(log_in("admin"), translation).send("action-submit", "action-submit")
    assert_another_approves(page, "Ord av", log_in("translator-sv"), reviewer)
