"""The admin's history and headings name groups, workflows and tasks in the reader's language."""

import json

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.models import ModelLogEntry, PageLogEntry, Workflow
from wagtail.users.models import UserProfile

from cms.upstream.shown_names import as_in_templates

from .desk import act, put_in_review, self_test

pytestmark = pytest.mark.django_db
SITE_HISTORY = "wagtailadmin_reports:site_history"


def read(client: Client, url: str, language: str) -> str:
    UserProfile.objects.update_or_create(
        user_id=client.session["_auth_user_id"], defaults={"preferred_language": language}
    )
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_history_names_a_review_in_the_readers_language(
    editor: Client, reviewer: Client, admin_client: Client
) -> None:
    page = put_in_review(self_test())
    act(reviewer, page)
    for url in (reverse(SITE_HISTORY), reverse("wagtailadmin_pages:history", args=[page.pk])):
        swedish, english = read(admin_client, url, "sv"), read(admin_client, url, "en")
        assert "Klinisk granskning (engelska)" in swedish
        assert "Clinical review (English)" in english
        assert "Klinisk granskning" not in english
    stored = {json.dumps(entry.data, ensure_ascii=False) for entry in PageLogEntry.objects.all()}
    assert any("Clinical review (English)" in data for data in stored)
    assert not any("Klinisk granskning (engelska)" in data for data in stored)


def test_headings_and_entries_name_groups_and_workflows(admin_client: Client) -> None:
    group = Group.objects.get(name="Clinical reviewers")
    workflow = Workflow.objects.get(name__startswith="Klinisk granskning")
    for found, stored in (
        (group, "Clinical reviewers"),
        (workflow, "Klinisk granskning (Svenska)"),
    ):
        assert str(found) == stored
        ModelLogEntry.objects.log_action(found, "wagtail.edit")
    addresses = [
        reverse("wagtailusers_groups:edit", args=[group.pk]),
        reverse("wagtailusers_groups:history", args=[group.pk]),
        reverse("wagtailusers_groups:delete", args=[group.pk]),
        reverse("wagtailadmin_workflows:edit", args=[workflow.pk]),
        reverse("wagtailadmin_workflows:usage", args=[workflow.pk]),
        reverse("wagtailadmin_workflows:disable", args=[workflow.pk]),
        reverse(SITE_HISTORY),
    ]
    for url in addresses:
        swedish = read(admin_client, url, "sv")
        text = swedish.replace('value="Clinical reviewers"', "")
        text = text.replace('value="Klinisk granskning (Svenska)"', "")
        assert "Clinical reviewers" not in text, url
        assert "Klinisk granskning (Svenska)" not in text, url
    for shown in ("Kliniska granskare", "Klinisk granskning (svenska)"):
        assert shown in read(admin_client, reverse(SITE_HISTORY), "sv")
    form = read(admin_client, addresses[0], "sv")
    assert 'value="Clinical reviewers"' in form


def test_an_object_that_is_called_like_a_group_keeps_its_name(admin_client: Client) -> None:
    page = self_test()
    PageLogEntry.objects.log_action(page, "wagtail.edit")
    PageLogEntry.objects.update(label="Editors")
    assert "Redaktörer" not in read(admin_client, reverse(SITE_HISTORY), "sv")


def test_a_message_names_a_review_in_the_readers_language(db: None) -> None:
    workflow = Workflow.objects.get(name="Klinisk granskning (Svenska)")
    for language, shown in (
        ("sv", "Klinisk granskning (svenska)"),
        ("en", "Clinical review (Swedish)"),
    ):
        with translation.override(language):
            assert as_in_templates(workflow) == shown
    assert workflow.name == "Klinisk granskning (Svenska)"
