"""Whoever publishes by approving, or without review, is told what is behind in other languages."""

import json
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import reverse
from wagtail.users.models import UserProfile

from cms.translation.matrix import after_publishing
from tests.review.desk import act, edit_url, form_of, method, put_in_review, submit

TOLD = {"en": "Not yet in English: ", "sv": "Inte på engelska än: "}


@pytest.fixture(autouse=True)
def committed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what follows the commit follow at once: a test's transaction outlives its answers."""
    monkeypatch.setattr(after_publishing, "after_commit", lambda run, *args: run(*args))


def speak(username: str, language: str) -> None:
    user = get_user_model().objects.get(username=username)
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})


def messages_on(client: Client) -> str:
    return client.get("/admin/").content.decode()


def approve_in_a_dialog(client: Client, page: Any) -> Any:
    return act(client, page)


def approve_in_the_editor(client: Client, page: Any) -> Any:
    data = form_of(client, page) | {
        "action-workflow-action": "true",
        "workflow-action-name": "approve",
        "workflow-action-extra-data": json.dumps({}),
    }
    return client.post(edit_url(page), data)


@pytest.mark.sampled
@pytest.mark.parametrize("language", TOLD)
@pytest.mark.parametrize("approve", [approve_in_a_dialog, approve_in_the_editor])
def test_who_approves_is_told_what_is_behind(
    approve: Any,
    language: str,
    reviewer: Client,
) -> None:
    page = put_in_review(method(), sessions_maximum=40)
    speak("reviewer", language)
    assert approve(reviewer, page).status_code == 302
    assert method().sessions_maximum == 40
    assert TOLD[language] in messages_on(reviewer)


def test_who_asks_for_changes_is_told_of_no_publication(reviewer: Client) -> None:
    page = put_in_review(method(), sessions_maximum=40)
    speak("reviewer", "en")
    act(reviewer, page, "reject", comment="Nej.")
    assert "Not yet in" not in messages_on(reviewer)


def test_who_publishes_without_review_is_told(log_in: Any) -> None:
    page = method()
    page.sessions_maximum = 40
    page.save_revision()
    admin = log_in("admin")
    speak("admin", "en")
    kind = ContentType.objects.get_for_model(page)
    url = reverse("publish_without_review", args=[kind.pk, page.pk])
    assert admin.post(url, {"reason": "Brådskar."}).status_code == 302
    assert TOLD["en"] in messages_on(admin)


def test_who_submits_is_told_of_no_publication(editor: Client) -> None:
    speak("editor", "en")
    submit(editor, method(), sessions_maximum="40")
    assert "Not yet in" not in messages_on(editor)
