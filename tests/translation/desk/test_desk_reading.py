"""Tests what the desk reads of a translation: progress, groups, leftovers; no page is made."""

from typing import Any

from django.contrib.auth import get_user_model
from django.test import RequestFactory
from django.utils.translation import override
from wagtail_localize.models import String, StringSegment, Translation

from cms.translation.desk.admin_targets import AdminPage, AdminSnippet, AdminTarget
from cms.translation.desk.desk import Desk
from cms.translation.desk.field_texts import RefusedText, ShownText, TextState, shown_text
from cms.translation.desk.leftovers import Leftover, leftovers
from cms.translation.engine.segments import SegmentRow, TextKey, segment_rows, unready
from cms.translation.engine.writing import Author, TextWriter
from cms.upstream.localize_segments import StringValue
from pages.models import ContentPage

from ..conftest import english, publish

UNSEEN = ShownText("", "")
LINKED = '<p>Vi lyssnar på dig.</p><p>Ring <a href="tel:112">oss</a>.</p>'


def rows_of(translation: Translation) -> dict[str, SegmentRow]:
    return {row.source_text: row for row in segment_rows(translation)}


def test_how_far_a_translation_is(page: ContentPage, translation: Translation, user: Any) -> None:
    desk = Desk(translation, user, translation.get_target_instance())
    total = len(desk.rows)
    assert (desk.progress.total, desk.progress.done, desk.progress.open) == (total, total, 0)
    assert (desk.progress.is_ready, desk.progress.next_open, desk.has_missing) == (
        True,
        None,
        False,
    )
    assert not any(group.is_open for group in desk.groups)
    publish(page, heading="En rubrik", introduction=LINKED)
    with override("en"):
        desk = Desk(translation, user, translation.get_target_instance())
        rows = rows_of(translation)
        heading, linked = rows["En rubrik"], rows['Ring <a id="a1">oss</a>.']
        assert (desk.progress.total, desk.progress.open) == (total + 1, 2)
        assert (desk.progress.is_ready, desk.has_missing) == (False, True)
        assert desk.progress.next_open == heading.key
        groups = [(each.heading, each.is_open, len(each.texts)) for each in desk.groups]
    assert groups == [
        ("Title", False, 1),
        ("Heading", True, 1),
        ("Introduction", True, 2),
        ("Slug", False, 1),
    ]
    assert [card.row.source_text for card in desk.texts][:3] == [
        *("Behandling", "En rubrik", "Vi lyssnar på dig.")
    ]
    card = desk.text(linked.key)
    assert card is not None
    assert card.state is TextState.MISSING
    assert card.comments is None
    assert desk.text(TextKey(0, 0)) is None
    # Its field remembers where the links of the original lead.
    assert shown_text(linked, rich=True).version.startswith("~")
    # What was refused is open, also where something is stored.
    title = rows["Behandling"]
    desk = Desk(translation, user, translation.get_target_instance())
    desk.refused = {title.key: RefusedText("Mine", UNSEEN)}
    assert desk.progress.next_open == title.key
    conflict = desk.text(title.key)
    assert conflict is not None
    assert (conflict.state, conflict.text) == (TextState.CONFLICT, "Mine")
    writer = TextWriter(translation, Author(user))
    for row, text in [(heading, "A heading"), (linked, 'Call <a id="a1">us</a>.')]:
        writer.write(row.segment.context, row.segment.string, text, row.translation)
    assert len(unready(desk.rows)) == 2
    desk.lock_texts()
    assert unready(desk.rows) == unready(desk.distinct_rows) == []
    assert all(card.comments is not None for card in desk.texts)


def test_texts_for_words_that_are_gone_are_left_over(
    page: ContentPage, translation: Translation, user: Any
) -> None:
    old = rows_of(translation)["Du väljer takten."]
    publish(page, introduction="<p>Vi lyssnar på dig.</p>")
    places = Desk(translation, user, translation.get_target_instance()).places

    def found(refused: Any = None) -> list[Leftover]:
        translation.refresh_from_db()
        with override("en"):
            return leftovers(translation, segment_rows(translation), places, refused or {})

    # Of what was written before the words went nobody has to be told.
    assert found() == []
    context, string = old.segment.context, old.segment.string
    stored = TextWriter(translation, Author(user)).write(context, string, "Your <b>pace</b> &amp;")
    assert stored is not None
    left = Leftover(
        label="Introduction",
        source="Du väljer takten.",
        text="Your <b>pace</b> &",
        told="It is kept in case the words come back. Use what fits elsewhere.",
        key=old.key,
        seen=ShownText.of(stored, "Your <b>pace</b> &", {}),
    )
    assert found() == [left]
    bold = String.from_value(translation.source.locale, StringValue("Din <b>takt</b>."))
    typed = {
        old.key: RefusedText("Mine", UNSEEN, error="Wrong"),
        TextKey(context.pk, bold.pk): RefusedText("Bold", UNSEEN),
        TextKey(context.pk, 0): RefusedText("Theirs", UNSEEN),
        TextKey(0, string.pk): RefusedText("Other", UNSEEN),
        rows_of(translation)["Behandling"].key: RefusedText("Shown at its place", UNSEEN),
    }
    other = "It is not saved: somebody has written another text for the same words meanwhile."
    assert found(typed) == [
        left,
        Leftover("Introduction", "Du väljer takten.", "Mine", "Wrong"),
        Leftover("Introduction", "Din <b>takt</b>.", "Bold", other),
        Leftover("Introduction", "", "Theirs", other),
        Leftover("", "Du väljer takten.", "Other", other),
    ]
    # A string of the place takes it up, and then has a newer text.
    publish(page, introduction="<p>Vi lyssnar på dig.</p><p>Du väljer själv takten.</p>")
    TextWriter(translation, Author(user)).write(context, string, "Your pace", stored)
    assert found() == []
    new = rows_of(translation)["Du väljer själv takten."]
    assert new.previous_source == "Du väljer takten."
    assert new.previous_text == "Your pace"
    TextWriter(translation, Author(user)).write(new.segment.context, new.segment.string, "Yours")
    assert found() == []
    publish(page, introduction="<p>Vi lyssnar på dig.</p><p>Helt andra ord om vatten.</p>")
    another = rows_of(translation)["Helt andra ord om vatten."]
    TextWriter(translation, Author(user)).write(context, string, "Late", stored)
    segment: StringSegment = another.segment
    TextWriter(translation, Author(user)).write(segment.context, segment.string, "Water")
    assert [each.text for each in found()] == ["Late"]


def test_what_the_admin_knows_of_a_target(
    page: ContentPage, translation: Translation, cta_translation: Translation, rf: RequestFactory
) -> None:
    def target(translation: Translation, name: str) -> AdminTarget:
        request = rf.get("/admin/")
        request.user = get_user_model().objects.get(username=name)
        return AdminTarget.of(translation.get_target_instance(), request)

    live = target(translation, "editor")
    assert isinstance(live, AdminPage)
    assert live.live_url == live.target.full_url
    assert live.title == english("Behandling")
    assert (live.is_locked, live.is_scheduled, live.lock) == (False, False, None)
    assert live.url("history") == f"/admin/pages/{live.target.pk}/history/"
    switch = live.translations()
    assert [(each["locale"].language_code, each["url"]) for each in switch] == [
        ("sv", f"/admin/pages/{page.pk}/edit/")
    ]
    assert [live.may(action) for action in ("edit", "publish", "delete")] == [True, True, True]
    assert live.may_schedule()
    by_translator = target(translation, "translator")
    assert [by_translator.may(action) for action in ("edit", "publish")] == [True, False]
    assert not by_translator.may_schedule()
    live.target.unpublish()
    assert target(translation, "editor").live_url is None
    snippet = target(cta_translation, "editor")
    assert isinstance(snippet, AdminSnippet)
    assert snippet.target.live
    assert snippet.live_url is None
    key = snippet.target.pk
    assert snippet.url("history") == f"/admin/snippets/pages/selftestcalltoaction/history/{key}/"
    assert [each["locale"].language_code for each in snippet.translations()] == ["sv"]
    with override("en"):
        told = [(each.label, each.url) for each in snippet.more_buttons()]
        crumbs = [each["label"] for each in snippet.breadcrumbs()]
    assert told[0] == ("History", snippet.url("history"))
    assert crumbs[-1] == snippet.title
    assert snippet.breadcrumbs()[-2]["url"] == "/admin/snippets/pages/selftestcalltoaction/"
