"""A reviewed page keeps its approval when its slug changes, in every language."""

from typing import Any

from django.test import Client

from cms.review.models import Approval
from pages.models import TherapyMethodPage
from tests.reading import Api
from tests.review.desk import method, post
from tests.translation.conftest import translation_of
from tests.translation.desk.reading import Desk, log_in
from tests.translation.matrix.reading import cell_of
from tests.translation.test_addresses import MEANING, assert_current


def test_a_new_address_of_a_reviewed_page(
    editor: Client, api: Api, django_capture_on_commit_callbacks: Any
) -> None:
    page, english = method("kbt"), method("cbt", "en")
    with django_capture_on_commit_callbacks(execute=True):
        response = post(editor, page, "action-publish", slug="kbt-ny", change_weight=MEANING)
    assert response.status_code == 302
    assert TherapyMethodPage.objects.get(pk=page.pk).slug == "kbt-ny"
    assert_current(translation_of(page))
    answer = api.page("/en/therapy-methods/cbt/")
    assert answer["stale_since"] is None
    assert answer["content"]["review"]
    assert Approval.objects.covering(TherapyMethodPage.objects.get(pk=english.pk))
    assert (cell_of(log_in("editor"), page.title, "English") or "").startswith("Live and current")
    desk = Desk(log_in("editor"), translation_of(page))
    assert (desk.state("slug"), desk.text("slug")) == ("done", "cbt")
    # Nothing is left to do, so that publishing again changes nothing either.
    desk.send("action-publish")
    assert TherapyMethodPage.objects.get(pk=english.pk).slug == "cbt"
