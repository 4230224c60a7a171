"""Comments that change at the desk while others have them in a form, and what else goes wrong."""

from typing import Any
from unittest.mock import patch

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.test import Client
from wagtail.models import Comment, CommentReply
from wagtail_localize.models import Translation

from cms.translation.comments.models import CommentedString
from cms.translation.engine.segments import segment_rows
from pages.models import ContentPage
from tests.translation.conftest import publish
from tests.translation.desk.reading import Desk, edit_url, log_in
from tests.translation.desk.reading_comments import (
    QUESTION,
    comments_url,
    others,
    pk_of,
    said,
    threads,
)
from tests.translation.test_change_weight import page_data

MODES: list[dict[str, str]] = [{}, {"HTTP_ACCEPT": "application/json"}]


def with_comment(pk: str, **more: str) -> dict[str, str]:
    """The fields of a page's form with a comment on its title."""
    return {
        "comments-TOTAL_FORMS": "1",
        "comments-INITIAL_FORMS": "1",
        "comments-0-id": pk,
        "comments-0-text": QUESTION,
        "comments-0-contentpath": "title",
        "comments-0-position": "",
        "comments-0-replies-TOTAL_FORMS": "0",
        "comments-0-replies-INITIAL_FORMS": "0",
        **more,
    }


@pytest.mark.sampled
@pytest.mark.parametrize("action", ["resolve", "withdraw"])
@pytest.mark.parametrize("mode", MODES, ids=["save", "autosave"])
def test_an_open_editor_saves_on(
    ask: Any, translation: Translation, page: ContentPage, editor: Client, action: str, mode: Any
) -> None:
    desk = ask(translation, "title")
    pk = pk_of(desk)
    first = page_data(page, title="Utkast") | with_comment(pk)
    assert editor.post(edit_url(page), first).status_code == 302
    desk.send(action, pk)
    for title in ("Nytt", "Nyare"):
        data = page_data(page, title=title) | with_comment(pk)
        response = editor.post(edit_url(page), data, **mode)
        assert response.status_code == (200 if mode else 302), response.content
    page.refresh_from_db()
    assert page.get_latest_revision().content["title"] == "Nyare"
    assert not Comment.objects.filter(resolved_at=None).exists()
    assert not Comment.objects.exclude(user__username="translator").exists()


def test_an_answer_in_an_open_editor_opens_the_comment_again(
    ask: Any, translation: Translation, page: ContentPage, editor: Client
) -> None:
    desk = ask(translation, "title")
    pk = pk_of(desk)
    desk.send("resolve", pk)
    answer = {
        "comments-0-replies-TOTAL_FORMS": "1",
        "comments-0-replies-0-id": "",
        "comments-0-replies-0-text": "Ett besök.",
    }
    data = page_data(page) | with_comment(pk, **answer)
    assert editor.post(edit_url(page), data).status_code == 302
    [thread] = threads(Desk(log_in("translator"), translation), "title")
    assert "Tom Translator" in thread
    assert "Ett besök." in thread


def test_an_answer_at_the_desk_opens_the_comment_again(
    ask: Any, talked: tuple[Translation, str], editor: Client
) -> None:
    translation, path = talked
    desk = ask(translation, path)
    answering = Desk(editor, translation)
    desk.send("resolve", pk_of(desk))
    pk = pk_of(answering)
    answering.send("reply", pk, **{f"reply-{pk}": "Ett besök."})
    assert "Ett besök." in threads(Desk(desk.client, translation), path)[0]


@pytest.mark.sampled
@pytest.mark.parametrize("place", ["desk", "list", "card"])
def test_an_answer_to_a_deleted_comment_is_shown(
    ask: Any, talked: tuple[Translation, str], editor: Client, place: str
) -> None:
    translation, path = talked
    desk = ask(translation, path)
    answering = Desk(editor, translation)
    pk = pk_of(answering)
    desk.send("withdraw", pk)
    sent = {"reply": pk, f"reply-{pk}": "Ett besök."}
    if place == "desk":
        shown = editor.post(answering.url, answering.form() | sent, follow=True)
        assert "Your answer was: “Ett besök.”" in said(shown)
    elif place == "list":
        assert "Your answer was: “Ett besök.”" in said(
            editor.post(comments_url(translation), sent, follow=True)
        )
    else:
        part = answering.card(path).find(class_="desk-comments")
        told = editor.post(part["data-url"], sent).json()["told"]
        assert "Your answer was: “Ett besök.”" in told


def test_the_same_words_may_be_about_two_paragraphs(ask: Any, translation: Translation) -> None:
    ask(translation, "introduction", "Vad betyder det?", 0)
    desk = ask(translation, "introduction", "Vad betyder det?", 1)
    assert len(threads(desk, "introduction", 0)) == len(threads(desk, "introduction", 1)) == 1
    desk = ask(translation, "introduction", "Vad betyder det?", 1)
    assert len(threads(desk, "introduction", 1)) == 1


def test_a_comment_goes_to_no_other_paragraph(
    ask: Any, page: ContentPage, translation: Translation
) -> None:
    ask(translation, "introduction", rank=1)
    publish(page, introduction="<p>Vi lyssnar på dig.</p>")
    desk = Desk(log_in("translator"), translation)
    assert threads(desk, "introduction", 0) == []
    assert "On a text that is no longer there" in others(desk)


def test_texts_of_something_else_are_not_shown(
    translator: Client, translation: Translation, cta_translation: Translation
) -> None:
    desk = Desk(translator, translation)
    context = desk.key("title").partition("-")[0]
    key = f"{context}-{segment_rows(cta_translation)[0].segment.string_id}"
    sent = {"comment": key, f"comment-{key}": "Vad?"}
    shown = translator.post(comments_url(translation), sent, follow=True)
    assert "You wrote: “Vad?”" in said(shown)
    assert not CommentedString.objects.exists()


@pytest.mark.sampled
@pytest.mark.parametrize("error", [UnicodeError, ValueError, OSError])
def test_an_email_that_fails_stops_no_other(
    ask: Any,
    translation: Translation,
    editor: Client,
    django_capture_on_commit_callbacks: Any,
    error: type[Exception],
) -> None:
    desk = ask(translation, "title")
    pk = pk_of(desk)
    users = get_user_model().objects
    CommentReply.objects.create(
        comment_id=int(pk), user=users.get(username="reviewer"), text="Jag undrar också."
    )
    get_user_model().objects.filter(username="reviewer").update(is_superuser=True)
    send, failed = mail.EmailMessage.send, []

    def fail_once(message: Any, *args: Any, **kwargs: Any) -> int:
        if not failed:
            failed.append(message.to)
            raise error("The first address is broken.")
        return int(send(message, *args, **kwargs))

    with (
        patch.object(mail.EmailMessage, "send", fail_once),
        django_capture_on_commit_callbacks(execute=True),
    ):
        answering = Desk(editor, translation)
        answering.send("reply", pk, **{f"reply-{pk}": "Ett besök."})
    assert failed
    assert len(mail.outbox) == 1
    assert mail.outbox[0].to != failed[0]
