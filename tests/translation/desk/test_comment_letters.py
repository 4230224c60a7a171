"""E-mails about comments: who gets them, in which language, and where they lead."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from wagtail.models import PageSubscription
from wagtail.users.models import UserProfile
from wagtail_localize.models import Translation

from cms.content.clinical_review import without_review
from pages.models import ContentPage
from tests.translation.desk.reading import Desk, edit_url, log_in
from tests.translation.desk.reading_comments import (
    QUESTION,
    comments_url,
    pk_of,
    threads,
)
from tests.translation.test_change_weight import page_data


@pytest.fixture
def told_in(db: None) -> Any:
    """Sets the language of a demo user's admin."""

    def choose(username: str, language: str, **preferences: Any) -> None:
        client = log_in(username)
        profile = UserProfile.objects.get(user=client.session["_auth_user_id"])
        profile.preferred_language = language
        for name, value in preferences.items():
            setattr(profile, name, value)
        profile.save()

    return choose


def test_followers_are_told_in_their_language(
    ask: Any,
    talked: tuple[Translation, str],
    user: Any,
    told_in: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    translation, path = talked
    source = translation.source.get_source_instance()
    with without_review():
        source.save_revision(user=user)
    told_in("editor", "sv")
    with django_capture_on_commit_callbacks(execute=True):
        desk = ask(translation, path)
    [letter] = mail.outbox
    assert letter.to == [user.email]
    assert letter.subject.startswith("Tom Translator har kommenterat")
    assert QUESTION in letter.body
    assert f"{comments_url(translation)}#comment-{pk_of(desk)}" in letter.body
    mail.outbox.clear()
    answering = Desk(log_in("editor"), translation)
    with django_capture_on_commit_callbacks(execute=True):
        answering.send("reply", pk_of(desk), **{f"reply-{pk_of(desk)}": "Ett besök."})
    [letter] = mail.outbox
    assert letter.to == ["translator@samtal.example"]
    assert letter.subject.startswith("Eva Redaktör has answered")
    assert "Ett besök." in letter.body
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        answering.send("resolve", pk_of(desk))
    assert [each.subject.startswith("Eva Redaktör has resolved") for each in mail.outbox] == [True]


@pytest.mark.sampled
@pytest.mark.parametrize("how", ["account", "page", "inactive", "no_address", "no_right"])
def test_who_does_not_want_or_may_not_is_not_told(
    ask: Any,
    translation: Translation,
    page: ContentPage,
    user: Any,
    told_in: Any,
    django_capture_on_commit_callbacks: Any,
    how: str,
) -> None:
    page.save_revision(user=user)
    match how:
        case "account":
            told_in("editor", "sv", updated_comments_notifications=False)
        case "page":
            PageSubscription.objects.create(page=page, user=user, comment_notifications=False)
        case "inactive":
            user.is_active = False
        case "no_address":
            user.email = ""
        case "no_right":
            user.groups.clear()
    user.save()
    with django_capture_on_commit_callbacks(execute=True):
        ask(translation, "title")
    assert mail.outbox == []


def test_subscribers_of_the_page_are_told(
    ask: Any, translation: Translation, page: ContentPage, django_capture_on_commit_callbacks: Any
) -> None:
    admin = log_in("admin").session["_auth_user_id"]
    PageSubscription.objects.create(page=page, user_id=admin, comment_notifications=True)
    with django_capture_on_commit_callbacks(execute=True):
        ask(translation, "title")
    assert [each.to for each in mail.outbox] == [["admin@samtal.example"]]


def test_a_letter_that_cannot_be_sent_stops_nothing(
    ask: Any,
    translation: Translation,
    page: ContentPage,
    user: Any,
    settings: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    page.save_revision(user=user)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 1
    with django_capture_on_commit_callbacks(execute=True):
        desk = ask(translation, "title")
    assert len(threads(desk, "title")) == 1


def test_an_answer_in_wagtails_editor_reaches_the_translator(
    ask: Any,
    translation: Translation,
    page: ContentPage,
    editor: Client,
    django_capture_on_commit_callbacks: Any,
) -> None:
    pk = pk_of(ask(translation, "title"))
    data = page_data(page) | {
        "comments-TOTAL_FORMS": "1",
        "comments-INITIAL_FORMS": "1",
        "comments-0-id": pk,
        "comments-0-text": QUESTION,
        "comments-0-contentpath": "title",
        "comments-0-position": "",
        "comments-0-replies-TOTAL_FORMS": "1",
        "comments-0-replies-INITIAL_FORMS": "0",
        "comments-0-replies-0-text": "Ett besök.",
    }
    with django_capture_on_commit_callbacks(execute=True):
        assert editor.post(edit_url(page), data).status_code == 302
    desk = Desk(log_in("translator"), translation)
    assert "Ett besök." in threads(desk, "title")[0]
    [letter] = mail.outbox
    assert letter.to == ["translator@samtal.example"]
    assert comments_url(translation) in letter.body
    data |= {"comments-0-resolved": "on", "comments-0-replies-TOTAL_FORMS": "0"}
    assert editor.post(edit_url(page), data).status_code == 302
    assert threads(Desk(log_in("translator"), translation), "title") == []
