"""The desk names the place of each text as the edit form does, in the order of the form."""

from typing import Any

from django.test import Client
from wagtail_localize.models import Translation

from pages.models import ContentPage, SiteFurniture, TherapyMethodPage
from tests.translation.conftest import Submit, publish, translation_of
from tests.translation.desk.reading import Desk

STEPS = {
    "heading": "Så gör du",
    "items": [
        {"title": "Ett", "text": "<p>Först.</p>"},
        {"title": "Två", "text": "<p>Sedan.</p>"},
    ],
}


def headings(desk: Desk) -> list[str]:
    return [each.get_text(strip=True) for each in desk.soup.find_all("h3", "desk-group__heading")]


def labels(desk: Desk) -> dict[str, str]:
    """The label of each text by the text."""
    return {
        card.find(class_="desk-text").get_text(strip=True): card.find("h4").get_text(strip=True)
        for card in desk.soup.find_all("article", {"data-desk-card": True})
        if card.find("h4")
    }


def test_items_of_a_list_are_numbered(editor: Client, page: ContentPage, submit: Submit) -> None:
    items = ["Vatten", "Kläder"]
    body = [("steps", STEPS), ("list", {"heading": "Ta med", "items": items})]
    found = labels(Desk(editor, submit(publish(page, body=body))))
    assert found == {
        "Så gör du": "Heading",
        "Ett": "Steps · Step 1 · Title",
        "Först.": "Steps · Step 1 · Text",
        "Två": "Steps · Step 2 · Title",
        "Sedan.": "Steps · Step 2 · Text",
        "Ta med": "Heading",
        "Vatten": "Items · Item 1",
        "Kläder": "Items · Item 2",
    }


def test_a_text_of_an_item_is_as_long_as_its_block_lets_it_be(
    editor: Client, page: ContentPage, submit: Submit
) -> None:
    desk = Desk(editor, submit(publish(page, body=[("steps", STEPS)])))
    limits = {
        card.find(class_="desk-text").get_text(strip=True): card.textarea.get("maxlength")
        for card in desk.soup.find_all("article", {"data-desk-card": True})
    }
    assert (limits["Två"], limits["Sedan."]) == ("120", None)


def test_a_link_is_named_by_its_field(editor: Client, page: ContentPage, submit: Submit) -> None:
    text = '<p>Läs <a href="https://samtal.example/">mer</a>.</p>'
    body = [("section", {"heading": "Avsnitt", "text": text})]
    desk = Desk(editor, submit(publish(page, introduction=text, body=body)))
    cards = desk.soup.find_all("details", "desk-card")
    told = [each.find(class_="desk-side").get_text(strip=True) for each in cards]
    assert told[-2:] == ["Link address:", "Text · Link address:"]


def test_groups_of_shared_content_come_in_the_order_of_its_form(site: Any, editor: Client) -> None:
    furniture = SiteFurniture.objects.get(locale__language_code="sv")
    translation: Translation = translation_of(furniture)
    found = list(dict.fromkeys(headings(Desk(editor, translation))))
    assert found == [
        "Heading of the crisis help",
        "Text of the crisis help",
        "Crisis contact",
        "Heading of the contact",
        "Text of the contact",
        "Phone number",
        "E-mail address",
        "Page",
        "Footer text",
    ]


def test_children_are_named_by_their_panel(site: Any, editor: Client) -> None:
    method = TherapyMethodPage.objects.get(slug="kbt", locale__language_code="sv")
    desk = Desk(editor, translation_of(method))
    found = headings(desk)
    assert found.index("Abbreviation") < found.index("Concerns it helps with")
    assert found.index("Concerns it helps with") < found.index("Slug")
