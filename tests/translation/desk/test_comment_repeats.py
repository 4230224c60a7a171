"""Answers are stored once, mail goes to who may read it, and aliases have no comments."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.test import Client
from wagtail.models import Comment, CommentReply, Page, PageSubscription
from wagtail_localize.models import Translation

from cms.content.clinical_review import without_review
from pages.models import ContentPage
from tests.translation.conftest import publish
from tests.translation.desk.reading import Desk, edit_url, log_in
from tests.translation.desk.reading_comments import pk_of, threads
from tests.translation.desk.test_comments_meanwhile import with_comment
from tests.translation.test_change_weight import page_data


def test_a_form_that_is_sent_again_answers_once(ask: Any, talked: tuple[Translation, str]) -> None:
    translation, path = talked
    pk = pk_of(ask(translation, path))
    tab, again = (Desk(log_in("translator"), translation) for _time in range(2))
    answer = {f"reply-{pk}": "Menar du besök?"}
    tab.send("reply", pk, **answer)
    Desk(log_in("editor"), translation).send("reply", pk, **{f"reply-{pk}": "Ja."})
    again.send("reply", pk, **answer)
    (thread,) = threads(Desk(log_in("editor"), translation), path)
    assert thread.count("Menar du besök?") == 1


def test_the_same_words_after_another_answer_are_an_answer(
    ask: Any, talked: tuple[Translation, str]
) -> None:
    translation, path = talked
    pk = pk_of(ask(translation, path))
    for username, words in (("editor", "Ja."), ("translator", "Säkert?"), ("editor", "Ja.")):
        Desk(log_in(username), translation).send("reply", pk, **{f"reply-{pk}": words})
    (thread,) = threads(Desk(log_in("editor"), translation), path)
    assert thread.count("Ja.") == 2


@pytest.fixture
def followed(page: ContentPage, translation: Translation) -> dict[str, Any]:
    """Followers of a page: two editors, and two who have written in a thread on it."""
    users = get_user_model().objects
    names = ("editor", "translator", "reviewer", "translator-sv")
    found = {name: users.get(username=name) for name in names}
    PageSubscription.objects.create(user=found["reviewer"], page=page, comment_notifications=True)
    comment = Comment.objects.create(
        page=page, user=found["translator"], contentpath="title", text="Vad?"
    )
    CommentReply.objects.create(comment=comment, user=found["translator-sv"], text="Det.")
    return {**found, "comment": comment}


@pytest.mark.parametrize("lost", [False, True])
def test_a_follower_without_rights_gets_no_mail_of_the_editor(
    page: ContentPage,
    followed: dict[str, Any],
    editor: Client,
    lost: bool,
    django_capture_on_commit_callbacks: Any,
) -> None:
    for name in ("reviewer", "translator"):
        if lost:
            followed[name].groups.clear()
        else:
            followed[name].is_superuser = True
            followed[name].save()
    pk = str(followed["comment"].pk)
    answer = {
        "comments-0-text": "Vad?",
        "comments-0-replies-TOTAL_FORMS": "1",
        "comments-0-replies-0-id": "",
        "comments-0-replies-0-text": "Ett besök.",
    }
    data = page_data(page) | with_comment(pk, **answer)
    with without_review(), django_capture_on_commit_callbacks(execute=True):
        assert editor.post(edit_url(page), data).status_code == 302
    told = {address for letter in mail.outbox for address in letter.to}
    assert (followed["reviewer"].email in told) is not lost
    assert (followed["translator"].email in told) is not lost


def test_aliases_get_no_copies_of_comments(
    ask: Any, page: ContentPage, translation: Translation
) -> None:
    alias = page.create_alias(parent=page.get_parent(), update_slug="alias")
    ask(translation, "title")
    publish(page, title="Ny rubrik")
    assert Page.objects.get(pk=alias.pk).title == "Ny rubrik"
    assert not Comment.objects.filter(page=alias.pk).exists()
    assert Comment.objects.filter(page=page.pk).count() == 1


def test_copies_from_before_go_with_the_next_publication(
    ask: Any, page: ContentPage, translation: Translation, user: Any
) -> None:
    alias = page.create_alias(parent=page.get_parent(), update_slug="alias")
    Comment.objects.create(page=alias, user=user, contentpath="title", text="Vad?")
    publish(page, title="Ny rubrik")
    assert not Comment.objects.filter(page=alias.pk).exists()
