"""A comment stays with its text, and is seen wherever people work on the object."""

import uuid
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.test import Client
from wagtail.models import Comment, CommentReply, PageSubscription
from wagtail.users.models import UserProfile
from wagtail_localize.models import Translation

from cms.content.clinical_review import without_review
from pages.models import ContentPage, SelfTestCallToAction
from tests.translation.conftest import Submit, publish
from tests.translation.desk.reading import Desk, edit_url, log_in
from tests.translation.desk.test_comments import QUESTION, ask, others, pk_of, talked, threads
from tests.translation.test_change_weight import page_data

__all__ = ["ask", "talked"]

FIRST = "<p>Vi lyssnar på dig.</p>"
SECOND = "<p>Du väljer takten.</p>"


def section(heading: str) -> dict[str, Any]:
    value = {"heading": heading, "text": "<p>Text.</p>"}
    return {"type": "section", "id": str(uuid.uuid4()), "value": value}


def comments_url(translation: Translation) -> str:
    source = translation.source
    return f"/admin/translations/comments/{source.object_id}/{source.locale_id}/"


def said(response: Any) -> str:
    assert response.status_code == 200
    soup = BeautifulSoup(response.content.decode(), "html.parser")
    return " ".join(soup.get_text(" ").split())


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


def test_it_follows_its_block(ask: Any, page: ContentPage, submit: Submit) -> None:
    blocks = [section("Besök"), section("Samtal")]
    translation = submit(publish(page, body=blocks))
    path = f"body.{blocks[1]['id']}.heading"
    ask(translation, path)
    publish(page, body=[blocks[1], section("Ny"), blocks[0]])
    desk = Desk(log_in("translator"), translation)
    assert len(threads(desk, path)) == 1
    assert others(desk) == ""
    publish(page, body=[blocks[0]])
    desk = Desk(log_in("translator"), translation)
    assert "On a text that is no longer there: Samtal" in others(desk)
    assert QUESTION in others(desk)
    desk.send("resolve", pk_of(desk))
    assert others(desk) == ""


def test_it_follows_its_paragraph(ask: Any, page: ContentPage, translation: Translation) -> None:
    ask(translation, "introduction", rank=1)
    publish(page, introduction=f"<p>Nytt.</p>{SECOND}{FIRST}")
    assert len(threads(Desk(log_in("translator"), translation), "introduction", 1)) == 1
    publish(page, introduction="<p>Du väljer själv takten.</p><p>Nytt.</p>")
    assert len(threads(Desk(log_in("translator"), translation), "introduction", 0)) == 1
    publish(page, introduction="<p>Nytt.</p><p>Vi ses.</p>")
    assert "Du väljer takten." in others(Desk(log_in("translator"), translation))


def test_it_stays_with_a_field_whose_words_are_others(
    ask: Any, page: ContentPage, translation: Translation
) -> None:
    ask(translation, "title")
    publish(page, title="Helt annorlunda")
    assert len(threads(Desk(log_in("translator"), translation), "title")) == 1


def test_wagtails_editor_of_a_page_shows_it(ask: Any, translation: Translation) -> None:
    ask(translation, "introduction", rank=1)
    source = translation.source.get_source_instance()
    html = log_in("editor").get(edit_url(source)).content.decode()
    data = BeautifulSoup(html, "html.parser").find("script", id="comments-data")
    assert data is not None
    assert "ett prat?" in data.get_text()
    assert Comment.objects.get().position == "[]"
    assert Comment.objects.get().contentpath == "introduction"


def test_what_is_written_in_wagtails_editor_is_at_the_desk(
    translation: Translation, page: ContentPage, user: Any, translator: Client
) -> None:
    comment = Comment.objects.create(
        page=page, user=user, contentpath="introduction", text="Ny text!", position="[]"
    )
    CommentReply.objects.create(comment=comment, user=user, text="Läs den.")
    Comment.objects.create(page=page, user=user, contentpath="search_image", text="Var?")
    Comment.objects.create(page=page, user=user, contentpath="gone.x", text="Borta?")
    desk = Desk(translator, translation)
    assert "Läs den." in threads(desk, "introduction")[0]
    assert "Var?" in others(desk)
    assert "Borta?" in others(desk)


def test_a_form_from_before_it_was_written_keeps_it(
    ask: Any, translation: Translation, page: ContentPage, editor: Client
) -> None:
    ask(translation, "title")
    data = page_data(page) | {"action-publish": "yes"}
    assert editor.post(edit_url(page), data).status_code == 302
    assert len(threads(Desk(log_in("translator"), translation), "title")) == 1


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


def test_saving_and_publishing_the_page_keeps_it(
    ask: Any, translation: Translation, page: ContentPage
) -> None:
    desk = ask(translation, "title")
    desk.send("reply", pk_of(desk), **{f"reply-{pk_of(desk)}": "Ett besök."})
    page.refresh_from_db()
    revision = page.get_latest_revision_as_object().save_revision()
    revision.publish()
    [thread] = threads(Desk(log_in("translator"), translation), "title")
    assert QUESTION in thread
    assert "Ett besök." in thread


def test_the_editor_of_the_original_is_led_to_all_of_them(
    ask: Any, talked: tuple[Translation, str]
) -> None:
    translation, path = talked
    ask(translation, path)
    source = translation.source.get_source_instance()
    editor = log_in("admin")
    html = editor.get(edit_url(source)).content.decode()
    assert "1 open comment" in html
    assert comments_url(translation) in html
    page = editor.get(comments_url(translation))
    assert QUESTION in said(page)
    [pk] = [each["value"] for each in _buttons(page, "resolve")]
    answer = {"reply": pk, f"reply-{pk}": "x" * 2001}
    assert "there is room for 2000" in said(editor.post(comments_url(translation), answer))
    answer = {"reply": pk, f"reply-{pk}": "Ett besök."}
    assert "Ett besök." in said(editor.post(comments_url(translation), answer, follow=True))
    page = editor.post(comments_url(translation), {"resolve": pk}, follow=True)
    assert "There are no open comments." in said(page)
    assert "open comment" not in editor.get(edit_url(source)).content.decode()
    assert editor.post(comments_url(translation), {"resolve": "\0"}).status_code == 400


def test_the_page_of_comments_is_for_those_who_may_edit(
    ask: Any, talked: tuple[Translation, str]
) -> None:
    translation, path = talked
    ask(translation, path)
    url = comments_url(translation)
    assert log_in("translator").get(url).status_code == 200
    stranger = log_in("translator-sv")
    source = translation.source.get_source_instance()
    may = stranger.get(edit_url(source)).status_code == 200
    assert (stranger.get(url).status_code == 200) is may
    assert log_in("reviewer").get(url).status_code in (302, 403)
    assert log_in("admin").get(url.replace("/1/", "/99/")).status_code in (200, 404)


def _buttons(response: Any, name: str) -> Any:
    soup = BeautifulSoup(response.content.decode(), "html.parser")
    return soup.find_all("button", {"name": name})


def test_the_report_counts_the_open_ones(ask: Any, talked: tuple[Translation, str]) -> None:
    translation, path = talked
    ask(translation, path)
    ask(translation, path, "Och?")
    source = translation.source.get_source_instance()
    report = f"/admin/reports/translations/?q={str(source).split()[0]}"
    html = log_in("admin").get(report).content.decode()
    link = BeautifulSoup(html, "html.parser").find("a", href=comments_url(translation))
    assert link.get_text(" ").startswith("2 open comments")


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


def test_visitors_see_nothing_of_it(ask: Any, translation: Translation, page: ContentPage) -> None:
    ask(translation, "title", "Hemlig fråga")
    publish(page)
    visitor = Client()
    for address in (page.url, f"/api/v1/pages/{page.pk}/", f"/api/v2/pages/{page.pk}/"):
        assert "Hemlig" not in visitor.get(address).content.decode()


def test_a_removed_snippet_text_is_still_talked_about(
    ask: Any, cta_translation: Translation, cta: SelfTestCallToAction
) -> None:
    with without_review():
        publish(cta, text="<p>Prova här.</p><p>Det går fort.</p>")
        ask(cta_translation, "text", rank=1)
        publish(cta, text="<p>Prova här.</p><p>Vi ses!</p>")
    assert "no longer there: Det går fort." in others(Desk(log_in("translator"), cta_translation))
