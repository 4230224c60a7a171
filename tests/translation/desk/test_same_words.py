"""Words that are moved, doubled, split or joined keep the translations that still fit them."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from wagtail_localize.models import Translation

from pages.models import ContentPage
from tests.translation.conftest import Submit, english, publish, state_of, translate
from tests.translation.desk.reading import Desk

SECTION = {"type": "quote", "value": {"text": "Jag sover igen.", "attribution": "Ett barn"}}


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def block(**changes: Any) -> dict[str, Any]:
    return {**SECTION, "id": str(uuid4()), **changes}


@pytest.fixture
def translation(page: ContentPage, submit: Submit) -> Translation:
    """A page with two paragraphs and a quote, each translated."""
    changed = publish(
        page,
        introduction=paragraphs("Kom som du är.", "Vi lyssnar på dig."),
        body=json.dumps([block()]),
    )
    translation = submit(changed)
    translate(translation)
    return translation


def states(desk: Desk, source: str) -> list[tuple[str, str]]:
    """State and field of each card with these words of the original."""
    return [
        (str(card["data-state"]), str(card.textarea.get_text()).removeprefix("\n"))
        for card in desk.soup.find_all("article", {"data-desk-card": True})
        if card.find(class_="desk-text").get_text(strip=True) == source
    ]


def raw(page: ContentPage) -> list[dict[str, Any]]:
    blocks: list[dict[str, Any]] = json.loads(page.get_latest_revision().content["body"])
    return blocks


def test_a_duplicated_block_comes_translated(
    editor: Client, page: ContentPage, translation: Translation
) -> None:
    page.refresh_from_db()
    publish(page, body=json.dumps([*raw(page), block()]))
    done = ("done", english("Jag sover igen."))
    assert states(Desk(editor, translation), "Jag sover igen.") == [done, done]
    state = state_of(translation)
    assert state.segments_done == state.segments_total


def test_a_paragraph_that_goes_to_another_block_keeps_its_translation(
    editor: Client, page: ContentPage, translation: Translation
) -> None:
    page.refresh_from_db()
    moved = block(value={"text": "Vi lyssnar på dig.", "attribution": ""})
    publish(
        page,
        introduction=paragraphs("Kom som du är."),
        body=json.dumps([*raw(page), moved]),
    )
    done = ("done", english("Vi lyssnar på dig."))
    assert states(Desk(editor, translation), "Vi lyssnar på dig.") == [done]


def test_a_duplicate_that_is_changed_begins_with_the_text_of_its_words(
    editor: Client, page: ContentPage, translation: Translation
) -> None:
    page.refresh_from_db()
    page = publish(page, body=json.dumps([*raw(page), block()]))
    doubled = raw(page)
    doubled[1]["value"]["text"] = "Jag sover inte igen."
    publish(page, body=json.dumps(doubled))
    desk = Desk(editor, translation)
    assert states(desk, "Jag sover inte igen.") == [("changed", english("Jag sover igen."))]
    assert states(desk, "Jag sover igen.") == [("done", english("Jag sover igen."))]


def test_both_halves_of_a_split_paragraph_are_offered_its_text(
    editor: Client, page: ContentPage, translation: Translation
) -> None:
    joined = "Kom som du är. Ta med en vän om du vill."
    publish(page, introduction=paragraphs(joined))
    Desk(editor, translation).write("introduction", "Come as you are. Bring a friend if you like.")
    publish(page, introduction=paragraphs("Kom som du är.", "Ta med en vän om du vill."))
    desk = Desk(editor, translation)
    # The first half was translated by itself before.
    assert states(desk, "Kom som du är.") == [("done", english("Kom som du är."))]
    assert states(desk, "Ta med en vän om du vill.") == [
        ("changed", "Come as you are. Bring a friend if you like.")
    ]


def test_a_paragraph_that_was_joined_begins_with_both_texts(
    editor: Client, page: ContentPage, translation: Translation
) -> None:
    publish(page, introduction=paragraphs("Kom som du är. Vi lyssnar på dig."))
    desk = Desk(editor, translation)
    assert states(desk, "Kom som du är. Vi lyssnar på dig.") == [
        ("changed", f"{english('Kom som du är.')} {english('Vi lyssnar på dig.')}")
    ]
    desk.send("accept", desk.key("introduction"))
    assert desk.state("introduction") == "done"


def test_earlier_versions_of_one_text_are_not_joined(
    editor: Client, page: ContentPage, translation: Translation
) -> None:
    for title in ("Sömn", "Sömn och vila"):
        publish(page, title=title)
        Desk(editor, translation).write("title", english(title))
    publish(page, title="Sömn och vila för alla")
    assert Desk(editor, translation).text("title") == english("Sömn och vila")


def call(number: str, block_id: str = "") -> dict[str, Any]:
    text = f'<p>Ring <a href="tel:{number}">oss</a> nu.</p>'
    value = {"heading": "Hjälp", "text": text, "level": "h2"}
    return {"type": "section", "value": value, "id": block_id or str(uuid4())}


def test_the_same_words_with_another_link_are_another_text(
    editor: Client, page: ContentPage, translation: Translation
) -> None:
    page = publish(page, body=json.dumps([call("112")]))
    desk = Desk(editor, translation)
    (name,) = (
        card.textarea["name"]
        for card in desk.soup.find_all("article", {"data-desk-card": True})
        if "Ring" in card.find(class_="desk-text").get_text()
    )
    desk.send(**{name: 'Call <a id="a1">112</a> now.'})
    publish(page, body=json.dumps([*raw(page), call("1177")]))
    found = [
        state for state, _text in states(Desk(editor, translation), 'Ring <a id="a1">oss</a> nu.')
    ]
    assert found == ["done", "missing"]


def test_pasted_blocks_with_the_same_words_keep_the_text_of_their_link(
    editor: Client, page: ContentPage, translation: Translation
) -> None:
    one, two = call("112"), call("1177")
    page = publish(page, body=json.dumps([one, two]))
    desk = Desk(editor, translation)
    names = [
        card.textarea["name"]
        for card in desk.soup.find_all("article", {"data-desk-card": True})
        if "Ring" in card.find(class_="desk-text").get_text()
    ]
    texts = [f'Call <a id="a1">{number}</a> now.' for number in ("112", "1177")]
    desk.send(**dict(zip(names, texts, strict=True)))
    publish(page, body=json.dumps([call("1177"), call("112")]))
    source = 'Ring <a id="a1">oss</a> nu.'
    assert states(Desk(editor, translation), source) == [("done", texts[1]), ("done", texts[0])]
