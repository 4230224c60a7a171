"""Comments on a text at the desk, of pages and snippets alike."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Comment, PageLogEntry
from wagtail_localize.models import StringTranslation, Translation

from cms.journal.models import ContentChange
from cms.translation.comments.models import SnippetComment, SnippetCommentReply
from cms.translation.models import TranslationState
from pages.models import ContentPage, SelfTestCallToAction
from tests.translation.desk.reading import Desk, log_in
from tests.translation.desk.reading_comments import (
    QUESTION,
    pk_of,
    threads,
)


def test_without_comments_a_card_has_a_button_alone(
    translator: Client, translation: Translation
) -> None:
    desk = Desk(translator, translation)
    assert threads(desk, "title") == []
    part = desk.card("title").find(class_="desk-comments")
    assert "open" not in part.details.attrs
    assert part.summary.get_text(strip=True) == "Comment"
    assert part.find("label")["for"] == part.find("textarea")["id"]


def test_a_question_and_its_answer(
    ask: Any, talked: tuple[Translation, str], editor: Client
) -> None:
    translation, path = talked
    desk = ask(translation, path)
    assert "Your comment is saved." in desk.messages()
    assert QUESTION in threads(desk, path)[0]
    assert "Tom Translator" in threads(desk, path)[0]
    assert "<b>eller" not in str(desk.card(path))
    answering = Desk(editor, translation)
    answering.send("reply", pk_of(answering), **{f"reply-{pk_of(answering)}": "Ett besök."})
    assert "Your answer is saved." in answering.messages()
    [said] = threads(Desk(desk.client, translation), path)
    assert said.index(QUESTION) < said.index("Eva Redaktör") < said.index("Ett besök.")
    answering.send("resolve", pk_of(answering))
    assert "The comment is resolved." in answering.messages()
    assert threads(answering, path) == []


def test_it_is_shown_beside_its_own_text(ask: Any, translation: Translation) -> None:
    desk = ask(translation, "introduction", rank=1)
    assert threads(desk, "title") == []
    assert threads(desk, "introduction") == []
    assert len(threads(desk, "introduction", 1)) == 1


@pytest.mark.sampled
@pytest.mark.parametrize("text", ["", "  \n ", "\u200b\x07"])
def test_an_empty_one_is_refused(ask: Any, talked: tuple[Translation, str], text: str) -> None:
    translation, path = talked
    desk = ask(translation, path, text)
    assert "Write something first." in desk.said(path)
    field = desk.card(path).find("textarea", {"name": f"comment-{desk.key(path)}"})
    assert field["aria-invalid"] == "true"
    assert desk.soup.find(id=field["aria-describedby"])
    assert threads(desk, path) == []


def test_one_that_is_too_long_is_kept_in_its_field(
    ask: Any, talked: tuple[Translation, str]
) -> None:
    translation, path = talked
    desk = ask(translation, path, "ö" * 2001)
    assert "This comment has 2001 characters; there is room for 2000." in desk.said(path)
    field = desk.card(path).find("textarea", {"name": f"comment-{desk.key(path)}"})
    assert field.get_text(strip=True) == "ö" * 2001
    assert field.find_parent("details").has_attr("open")
    assert len(threads(ask(translation, path, "ö" * 2000), path)) == 1


def test_signs_that_cannot_be_seen_are_left_out(ask: Any, translation: Translation) -> None:
    ask(translation, "title", "  Ett\r\nbesök\x07\u2028eller\x85inte? ")
    assert Comment.objects.get().text == "Ett\nbesök\neller\ninte?"


def test_a_double_click_writes_once(ask: Any, talked: tuple[Translation, str]) -> None:
    translation, path = talked
    ask(translation, path)
    desk = ask(translation, path)
    assert len(threads(desk, path)) == 1
    for _click in range(2):
        desk.send("reply", pk_of(desk), **{f"reply-{pk_of(desk)}": "Jag menar besök."})
    assert threads(desk, path)[0].count("Jag menar besök.") == 1


def test_what_is_typed_elsewhere_is_saved_too(translator: Client, translation: Translation) -> None:
    desk = Desk(translator, translation)
    title, second = desk.key("title"), desk.key("introduction")
    desk.send(
        "comment",
        title,
        **{f"comment-{title}": "Ett", f"comment-{second}": "Två", f"text-{title}": "Better said"},
    )
    assert len(threads(desk, "title")) == len(threads(desk, "introduction")) == 1
    assert desk.text("title") == "Better said"


def test_an_answer_that_is_refused_resolves_nothing(
    ask: Any, talked: tuple[Translation, str]
) -> None:
    translation, path = talked
    desk = ask(translation, path)
    long = "x" * 2001
    desk.send("resolve", pk_of(desk), **{f"reply-{pk_of(desk)}": long})
    assert "A comment could not be saved" in desk.messages()
    assert long in threads(desk, path)[0]


def test_only_ones_own_without_answers_is_deleted(
    ask: Any, talked: tuple[Translation, str], editor: Client
) -> None:
    translation, path = talked
    desk = ask(translation, path)
    pk = pk_of(desk)
    other = Desk(editor, translation)
    assert other.button("withdraw") is None
    other.send("withdraw", pk)
    assert "without answers" in other.messages()
    other.send("reply", pk, **{f"reply-{pk}": "Ett besök."})
    desk.send("withdraw", pk)
    assert "without answers" in desk.messages()
    assert len(threads(desk, path)) == 1
    desk.send("resolve", pk)
    desk = ask(translation, path, "Glöm det.")
    desk.send("withdraw", pk_of(desk))
    assert "The comment is deleted." in desk.messages()
    assert threads(desk, path) == []


def test_one_that_is_resolved_meanwhile_says_so(
    ask: Any, talked: tuple[Translation, str], editor: Client
) -> None:
    translation, path = talked
    desk = ask(translation, path)
    other = Desk(editor, translation)
    other.send("resolve", pk_of(other))
    pk = pk_of(desk)
    desk.send("resolve", pk)
    assert "This comment is resolved or deleted already." in desk.messages()
    desk.send("resolve", "9" * 19)
    desk.send("resolve", "x")


def test_comments_change_nothing_else(
    ask: Any, talked: tuple[Translation, str], editor: Client
) -> None:
    translation, path = talked
    target, source = translation.get_target_instance(), translation.source.get_source_instance()

    def everything() -> Any:
        return (
            list(TranslationState.objects.order_by("pk").values()),
            list(StringTranslation.objects.order_by("pk").values()),
            list(type(target).objects.filter(pk__in=[target.pk, source.pk]).values()),
            [list(each.revisions.values()) for each in (target, source)],
            ContentChange.objects.count(),
        )

    before = everything()
    desk = ask(translation, path)
    desk.send("reply", pk_of(desk), **{f"reply-{pk_of(desk)}": "Ett besök."})
    assert everything() == before
    desk.send("resolve", pk_of(desk))
    assert everything() == before


def test_what_is_locked_can_be_talked_about(
    ask: Any, talked: tuple[Translation, str], user: Any
) -> None:
    translation, path = talked
    target = translation.get_target_instance()
    target.locked, target.locked_by = True, user
    target.save()
    desk = ask(translation, path)
    assert "Nothing was saved" not in desk.messages()
    assert len(threads(desk, path)) == 1
    key = desk.key(path)
    desk.send("comment", key, **{f"comment-{key}": "Och?", f"text-{key}": "Better said"})
    assert "Nothing was saved: this is locked." in desk.messages()
    assert desk.text(path) == "Better said"


def test_the_script_of_the_desk_sends_one(
    translator: Client, talked: tuple[Translation, str]
) -> None:
    translation, path = talked
    desk = Desk(translator, translation)
    key = desk.key(path)
    url = desk.card(path).find(class_="desk-comments")["data-url"]
    answer = translator.post(url, {"comment": key, f"comment-{key}": QUESTION}).json()
    assert answer["told"] == "Your comment is saved."
    assert "ett prat?" in answer["comments"]
    answer = translator.post(url, {"comment": key, f"comment-{key}": ""}).json()
    assert "Write something first." in answer["comments"]
    assert translator.post(url, {"comment": key, f"comment-{key}": "\0"}).status_code == 400
    assert translator.get(url).status_code == 405


def test_others_may_not(talked: tuple[Translation, str]) -> None:
    translation, path = talked
    key = Desk(log_in("translator"), translation).key(path)
    stranger = log_in("translator-sv")
    url = f"/admin/translations/{translation.pk}/texts/{key}/comments/"
    assert stranger.post(url, {"comment": key, f"comment-{key}": "Hej"}).status_code == 403
    source = translation.source
    page = f"/admin/translations/comments/{source.object_id}/{source.locale_id}/"
    assert Client().get(page).status_code == 302
    assert not Comment.objects.exists()
    assert not SnippetComment.objects.exists()


def test_a_text_of_another_object_takes_none(
    ask: Any, translation: Translation, cta_translation: Translation, translator: Client
) -> None:
    key = Desk(translator, cta_translation).key("heading")
    desk = Desk(translator, translation)
    desk.send("comment", key, **{f"comment-{key}": "Hej"})
    assert "The original does not have this text any more. You wrote: “Hej”" in desk.messages()
    assert not Comment.objects.exists()


def test_queries_do_not_grow_with_comments(
    ask: Any, talked: tuple[Translation, str], editor: Client
) -> None:
    translation, path = talked
    desk = ask(translation, path)
    desk.send("reply", pk_of(desk), **{f"reply-{pk_of(desk)}": "Ett"})

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            Desk(editor, translation)
        return len(queries)

    count()
    few = count()
    for number in range(2):
        desk = ask(translation, path, f"Fråga {number}")
        desk.send("reply", pk_of(desk), **{f"reply-{pk_of(desk)}": f"Svar {number}"})
    assert count() == few


def test_the_history_of_a_page_tells(ask: Any, translation: Translation, editor: Client) -> None:
    ask(translation, "title")
    page = translation.source.get_source_instance()
    assert PageLogEntry.objects.filter(page=page.pk, action="wagtail.comments.create").exists()
    assert "ett prat?" in editor.get(f"/admin/pages/{page.pk}/history/").content.decode()


def test_comments_of_a_deleted_user_go_as_wagtails_do(
    ask: Any, talked: tuple[Translation, str], editor: Client
) -> None:
    translation, path = talked
    ask(translation, path)
    get_user_model().objects.get(username="translator").delete()
    assert threads(Desk(editor, translation), path) == []


def test_a_copy_has_none(ask: Any, translation: Translation, page: ContentPage) -> None:
    ask(translation, "title")
    copy = page.copy(update_attrs={"slug": "kopia", "title": "Kopia"})
    assert not Comment.objects.filter(page=copy.pk).exists()


def test_they_go_with_their_snippet(
    ask: Any, cta_translation: Translation, cta: SelfTestCallToAction
) -> None:
    desk = ask(cta_translation, "heading")
    desk.send("reply", pk_of(desk), **{f"reply-{pk_of(desk)}": "Ett"})
    cta.delete()
    assert not SnippetComment.objects.exists()
    assert not SnippetCommentReply.objects.exists()


def test_they_go_with_their_page(ask: Any, translation: Translation, page: ContentPage) -> None:
    ask(translation, "title")
    page.delete()
    assert not Comment.objects.exists()
