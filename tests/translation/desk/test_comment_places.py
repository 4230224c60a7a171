"""A comment stays with its text, and is seen wherever people work on the object."""

import uuid
from typing import Any

from bs4 import BeautifulSoup
from django.test import Client
from wagtail.models import Comment, CommentReply
from wagtail_localize.models import Translation

from cms.content.clinical_review import without_review
from pages.models import ContentPage, SelfTestCallToAction
from tests.translation.conftest import Submit, publish
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

FIRST = "<p>Vi lyssnar på dig.</p>"
SECOND = "<p>Du väljer takten.</p>"


def section(heading: str) -> dict[str, Any]:
    value = {"heading": heading, "text": "<p>Text.</p>"}
    return {"type": "section", "id": str(uuid.uuid4()), "value": value}


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
    # Of the translation, and of the original.
    assert log_in("translator").get(url).status_code == 200
    assert log_in("translator-sv").get(url).status_code == 200
    stranger = log_in("reviewer")
    assert stranger.get(url, follow=True).redirect_chain
    assert QUESTION not in stranger.get(url, follow=True).content.decode()
    stranger.post(url, {"comment-1-1": "Hej"})
    assert len(threads(Desk(log_in("translator"), translation), path)) == 1
    nowhere = f"/admin/translations/comments/{uuid.uuid4()}/1/"
    assert log_in("admin").get(nowhere).status_code == 404


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
