"""Test texts written while the source is published again: kept if they fit, else shown again."""

from typing import Any

import polib
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail_localize.models import String, StringSegment, StringTranslation, Translation

from cms.translation.engine.segments import segment_rows
from cms.upstream.localize_segments import StringValue
from pages.models import ContentPage, SelfTestCallToAction
from tests.translation.conftest import Submit, publish
from tests.translation.desk.reading import Desk, edit_url, log_in
from tests.translation.tools.exchanging import give_back

TWO = "<p>Ett är här.</p><p>Två går dit.</p>"


@pytest.fixture
def twofold(page: ContentPage, submit: Submit) -> Translation:
    """A page with two paragraphs that waits for its translation."""
    return submit(publish(page, introduction=TWO))


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def cards(desk: Desk, source: str) -> list[Any]:
    return [
        card
        for card in desk.soup.find_all("article", {"data-desk-card": True})
        if card.find(class_="desk-text").get_text(strip=True) == source
    ]


def field(desk: Desk, source: str) -> str:
    """The name of the field beside the words of the original."""
    (card,) = cards(desk, source)
    return str(card.textarea["name"])


def text(desk: Desk, source: str) -> str:
    (card,) = cards(desk, source)
    return str(card.textarea.get_text()).removeprefix("\n")


def fields(desk: Desk) -> str:
    return " ".join(each.get_text() for each in desk.soup.find_all("textarea"))


def leftovers(desk: Desk) -> str:
    found = desk.soup.find(class_="desk-leftovers")
    return " ".join(found.get_text(" ").split()) if found else ""


@pytest.mark.parametrize(
    "meanwhile",
    [
        ("Nytt.", "Ett är här.", "Två går dit."),
        ("Två går dit.",),
        ("Två går dit.", "Ett är här."),
        ("Ett är här.", "Två går dit.", "Två går dit."),
    ],
    ids=["inserted", "removed", "swapped", "duplicated"],
)
def test_a_text_finds_its_words_wherever_they_have_gone(
    editor: Client, page: ContentPage, twofold: Translation, meanwhile: tuple[str, ...]
) -> None:
    desk = Desk(editor, twofold)
    publish(page, introduction=paragraphs(*meanwhile))
    desk.send(**{field(desk, "Två går dit."): "Two goes there."})
    assert text(desk, "Två går dit.") == "Two goes there."
    assert desk.messages() == "The draft of “Behandling” is saved."
    assert not leftovers(desk)


@pytest.mark.parametrize(
    "meanwhile",
    [("Ett är här.",), ("Ett är här. Två går dit.",), ("Något helt annat.", "Ett är här.")],
    ids=["removed", "merged", "replaced"],
)
def test_what_fits_nowhere_is_shown_again(
    editor: Client, page: ContentPage, twofold: Translation, meanwhile: tuple[str, ...]
) -> None:
    desk = Desk(editor, twofold)
    written = {
        field(desk, "Ett är här."): "One is here.",
        field(desk, "Två går dit."): "Two goes there.",
    }
    publish(page, introduction=paragraphs(*meanwhile))
    desk.send("action-publish", **written)
    assert desk.messages() == (
        "The original has changed while you were writing. What you wrote for words that it no "
        "longer has is shown below."
    )
    for words in written.values():
        assert words in leftovers(desk) + fields(desk)
    # Nor is it gone for who comes back later, until it is taken away.
    later = Desk(editor, twofold)
    assert leftovers(later) == leftovers(desk)
    if button := later.soup.find("button", {"name": "discard"}):
        later.send("discard", button["value"])
        assert button["value"] not in str(later.soup)


def test_a_changed_text_begins_with_what_was_written_for_it_before(
    editor: Client, page: ContentPage, twofold: Translation
) -> None:
    desk = Desk(editor, twofold)
    publish(page, introduction=paragraphs("Ett är här.", "Två går inte dit."))
    desk.send(**{field(desk, "Två går dit."): "Two goes there."})
    assert text(desk, "Två går inte dit.") == "Two goes there."
    (card,) = cards(desk, "Två går inte dit.")
    assert card["data-state"] == "changed"
    assert not leftovers(desk)
    desk.send(**{field(desk, "Två går inte dit."): "Two does not go there."})
    assert not leftovers(desk)


def test_texts_that_save_themselves_find_their_words_too(
    editor: Client, page: ContentPage, twofold: Translation
) -> None:
    desk = Desk(editor, twofold)
    stays, goes = (cards(desk, source)[0] for source in ("Två går dit.", "Ett är här."))
    publish(page, introduction=paragraphs("Nytt.", "Två går dit."))

    def save(card: Any, words: str) -> Any:
        seen = card.find("input", {"type": "hidden"})
        data = {card.textarea["name"]: words, seen["name"]: seen["value"]}
        return editor.post(card["data-url"], data)

    assert "Two goes there." in save(stays, "Two goes there.").json()["card"]
    refused = save(goes, "One is here.")
    assert (refused.status_code, refused.json()["error"]) == (
        409,
        "The original has changed meanwhile and no longer has these words. What you wrote is kept: "
        "load the page again to see it.",
    )
    assert "One is here." in leftovers(Desk(editor, twofold))
    # What another has written for them in between is not written over.
    refused = save(goes, "One was here.")
    assert (refused.status_code, refused.json()["error"]) == (
        409,
        "Not saved: the original no longer has these words, and somebody else has translated them "
        "meanwhile. Copy your text before you load the page again.",
    )
    # The form that is sent afterwards tells of it once more.
    desk.send(**{goes.textarea["name"]: "One is here."})
    assert "One is here." in leftovers(desk)


def test_a_text_without_a_place_here_is_not_stored(
    editor: Client, twofold: Translation, cta_translation: Translation
) -> None:
    """Neither for a place of another object nor for a string of another language."""
    title, _slash, string = Desk(editor, twofold).key("title").partition("-")
    other = Desk(editor, cta_translation).key("heading").partition("-")[0]
    english = String.from_value(twofold.target_locale, StringValue("Care"))
    for key in (f"{other}-{string}", f"{title}-{english.pk}"):
        desk = Desk(editor, twofold)
        desk.send(**{f"text-{key}": "Lost"})
        assert desk.messages() == "Some texts could not be saved: see below."
        assert "Lost This text is not saved: its place is not known here." in leftovers(desk)
        assert not StringTranslation.objects.filter(data="Lost").exists()


def test_still_right_confirms_the_text_that_was_shown(
    editor: Client, page: ContentPage, twofold: Translation
) -> None:
    Desk(editor, twofold).write("introduction", "Two goes there.", rank=1)
    publish(page, introduction=paragraphs("Ett är här.", "Två går dit nu."))
    desk = Desk(editor, twofold)
    (card,) = cards(desk, "Två går dit nu.")
    publish(page, introduction=paragraphs("Två går dit!", "Två går dit nu."))
    desk.send("accept", card.find("button", {"name": "accept"})["value"])
    assert text(desk, "Två går dit nu.") == "Two goes there."
    assert cards(desk, "Två går dit nu.")[0]["data-state"] == "done"


def test_a_locked_desk_keeps_words_that_are_gone_in_sight(
    editor: Client, page: ContentPage, twofold: Translation, admin_user: Any
) -> None:
    desk = Desk(editor, twofold)
    name = field(desk, "Två går dit.")
    publish(page, introduction=paragraphs("Ett är här."))
    target = twofold.get_target_instance()
    type(target).objects.filter(pk=target.pk).update(locked=True, locked_by=admin_user)
    desk.send(**{name: "Two goes there."})
    assert "Two goes there." in leftovers(desk)
    assert not StringTranslation.objects.filter(data="Two goes there.").exists()


def test_a_translation_that_is_edited_directly_meanwhile_takes_nothing_and_loses_nothing(
    editor: Client, twofold: Translation
) -> None:
    desk = Desk(editor, twofold)
    editor.post(f"/admin/localize/translate/{twofold.pk}/disable/", {"next": desk.url})
    desk.send(**{field(desk, "Två går dit."): "Two goes there."})
    assert (
        " Nothing was saved: this is edited directly now. Copy your texts from here."
        in desk.messages()
    )
    assert text(desk, "Två går dit.") == "Two goes there."
    assert not StringTranslation.objects.filter(data="Two goes there.").exists()


def test_a_value_of_ones_own_finds_its_place(
    editor: Client, cta: SelfTestCallToAction, cta_translation: Translation
) -> None:
    desk = Desk(editor, cta_translation)
    (own,) = (
        each["name"]
        for each in desk.soup.find_all("input", {"type": "url"})
        if each["name"].startswith("override-")
    )
    publish(cta, target_url="https://nytt.example/", text="<p>Ny text.</p><p>Prova här.</p>")
    desk.send(**{own: "https://test.example/en/"})
    assert desk.soup.find("input", {"name": own})["value"] == "https://test.example/en/"


def test_a_value_whose_place_is_gone_or_taken_is_shown_again(
    editor: Client, page: ContentPage, submit: Submit
) -> None:
    link = '<p>Läs <a href="https://gammal.example/">mer</a>.</p>'
    translation = submit(publish(page, introduction=link))
    first, second = Desk(editor, translation), Desk(editor, translation)
    (own,) = (name for name in first.form() if name.startswith("override-"))
    second.send(**{own: "https://theirs.example/"})
    first.send(**{own: "https://mine.example/"})
    assert "https://mine.example/" in leftovers(first)
    assert first.soup.find("input", {"name": own})["value"] == "https://theirs.example/"
    publish(page, introduction=link.replace("gammal", "ny"))
    first.send(**{own: "https://late.example/"})
    assert "https://late.example/" in leftovers(first)


def test_a_file_finds_its_words_too(
    editor: Client, page: ContentPage, twofold: Translation
) -> None:
    address = f"/admin/translations/{twofold.pk}"
    client = log_in("editor")
    file = polib.pofile(editor.get(f"{address}/export/po/").content.decode())
    for entry in file:
        entry.msgstr = f"English: {entry.msgid}" if entry.msgctxt == "introduction" else ""
    publish(page, introduction=paragraphs("Nytt.", "Två går dit.", "Ett är här."))
    assert give_back(client, twofold, str(file).encode(), "po").status_code == 302
    desk = Desk(editor, twofold)
    for words in ("Ett är här.", "Två går dit."):
        assert text(desk, words) == f"English: {words}"


def test_a_paragraph_in_front_leaves_all_others_the_segments_that_they_are(
    page: ContentPage, submit: Submit
) -> None:
    words = [f"Stycke {at}." for at in range(60)]
    translation = submit(publish(page, introduction=paragraphs(*words)))

    def segments() -> dict[str, int]:
        rows = StringSegment.objects.filter(source=translation.source_id)
        return dict(rows.values_list("string__data", "pk"))

    before = segments()
    with CaptureQueriesContext(connection) as queries:
        publish(page, introduction=paragraphs("Nytt.", *words))
    assert before.items() < segments().items()
    assert sum("stringsegment" in query["sql"] for query in queries) < 20
    rows = [row for row in segment_rows(translation) if row.path == "introduction"]
    assert [row.source_text for row in rows] == ["Nytt.", *words]


def test_a_page_may_have_many_texts(
    editor: Client, page: ContentPage, twofold: Translation
) -> None:
    desk = Desk(editor, twofold)
    as_long = {f"seen-0-{number}": "/" for number in range(1200)}
    desk.send(**as_long, **{field(desk, "Två går dit."): "Two goes there."})
    assert text(desk, "Två går dit.") == "Two goes there."
    original = editor.post(edit_url(page), as_long | {"body-count": "0"})
    assert original.status_code == 200
