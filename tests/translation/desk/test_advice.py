"""The desk advises with earlier translations of similar texts and with terms of the glossary."""

import pytest
from django.test import Client
from wagtail_localize.models import Translation

from pages.models import ContentPage
from tests.factories import ContentPageFactory
from tests.translation.conftest import Submit, publish
from tests.translation.desk.reading import Desk

SENTENCE = "Vi svarar på alla frågor inom två dagar"


@pytest.fixture
def other(page: ContentPage, submit: Submit) -> Translation:
    """Another page, from whose translation texts come."""
    made = ContentPageFactory(
        parent=page.get_parent(),
        slug="minnet",
        title="En annan sida",
        heading=f"{SENTENCE}.",
        introduction=f"<p>{SENTENCE} &amp; <b>nätter</b>.</p>",
    )
    return submit(publish(made))


def offers(desk: Desk, path: str) -> list[str]:
    found = desk.card(path).find(class_="desk-offers")
    return [" ".join(each.get_text(" ").split()) for each in found.find_all("li")] if found else []


def test_earlier_translations_are_offered_with_where_they_are_from(
    translator: Client, page: ContentPage, submit: Submit, other: Translation
) -> None:
    desk = Desk(translator, other)
    desk.write("heading", "We answer every question in two days.")
    desk.write("introduction", "We answer every question in two days & <b>nights</b>.")
    desk = Desk(translator, submit(publish(page, heading=f"{SENTENCE}.")))
    assert offers(desk, "heading") == [
        "We answer every question in two days. The same text, En annan sida Use this",
        "We answer every question in two days & nights. 90 per cent alike, En annan sida : "
        f"“{SENTENCE} & nätter.” Use this",
    ]
    card = desk.card("heading")
    (address,) = {link["href"] for link in card.find_all("a")}
    assert address == Desk(translator, other).url
    button = card.find_all("button", {"data-desk-insert": True})[1]
    desk.send(button["name"], button["value"])
    assert desk.text("heading") == "We answer every question in two days & nights."


def test_what_the_field_holds_already_is_not_offered(
    translator: Client, page: ContentPage, submit: Submit
) -> None:
    translation = submit(publish(page, heading=f"{SENTENCE}."))
    Desk(translator, translation).write("heading", "We answer every question in two days.")
    publish(page, heading=f"{SENTENCE} nu.")
    desk = Desk(translator, translation)
    assert desk.text("heading") == "We answer every question in two days."
    assert offers(desk, "heading") == []


def test_terms_of_the_glossary_are_shown_while_a_text_needs_work(
    translator: Client, page: ContentPage, submit: Submit
) -> None:
    translation = submit(publish(page, heading="Gör ett självtest med en psykolog"))
    desk = Desk(translator, translation)
    terms = desk.card("heading").find(class_="desk-terms")
    assert [" ".join(each.get_text(" ").split()) for each in terms.find_all("li")] == [
        "självtest → self-test (Never “diagnosis” or “quiz”.)",
        "psykolog → psychologist",
    ]
    # Nothing is lacking in a text that is not there.
    assert "which is not in the text" not in desk.said("heading")
    assert desk.card("title").find(class_="desk-terms") is None
    desk.write("heading", "Take a quiz with a psychologist")
    assert "The glossary says “self-test” for “självtest”, which is not in the text." in desk.said(
        "heading"
    )
    assert desk.said("heading").count("which is not in the text") == 1
    assert desk.card("heading").find(class_="desk-terms") is None
    desk.write("heading", "Take a self-test with a psychologist")
    assert "The glossary says" not in desk.said("heading")
