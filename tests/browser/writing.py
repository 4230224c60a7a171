"""The page editor as a person fills it in with a pointer and a keyboard."""

import re
from typing import Any

from django.utils import translation
from playwright.sync_api import Locator, expect

from pages.blocks import BodyBlock

from .people import Person

PAGES = {"sv": "Sidor", "en": "Pages"}
SEVERAL = {"sv": "Välj flera", "en": "Choose several"}


class Writer:
    """Fills in the form of a page in the admin's language; clicks are the person's.

    What has the focus already needs no click. The keyboard is needed for the texts alone.
    """

    def __init__(self, person: Person, language: str) -> None:
        self.person, self.page, self.language = person, person.page, language
        self.blocks = 0

    def text(self, name: str, text: str, *, focused: bool = False) -> None:
        field = self.page.locator(f"main input[name={name}]")
        if focused:
            expect(field).to_be_focused()
        else:
            self.person.click(field)
        self.page.keyboard.type(text)
        expect(field).to_have_value(text)

    def rich_text(self, name: str, *paragraphs: str) -> None:
        value = self.page.locator(f"input[name={name}]")
        editor = value.locator("xpath=..").locator("[contenteditable=true]")
        self.person.click(editor)
        expect(editor).to_be_focused()
        for number, paragraph in enumerate(paragraphs):
            if number:
                self.page.keyboard.press("Enter")
            self.page.keyboard.type(paragraph)
        expect(value).to_have_value(re.compile(re.escape(paragraphs[-1])))

    def block(self, kind: str) -> str:
        """Add a block at the end; return the prefix of its fields."""
        self.person.click(self.page.locator("[data-contentpath=body] .c-sf-add-button").last)
        with translation.override(self.language):
            label = str(BodyBlock().child_blocks[kind].label)
        self.person.click(self.page.get_by_role("option", name=label, exact=True))
        prefix = f"body-{self.blocks}-value-"
        self.blocks += 1
        return prefix

    def items(self, name: str, items: list[Any]) -> None:
        """Fill in a list that has one empty item: texts, or a title and a text each."""
        part = self.page.locator(f"input[name={name}-count]").locator("xpath=..")
        for number, item in enumerate(items):
            if number:
                self.person.click(part.locator(".c-sf-add-button").last)
            prefix = f"{name}-{number}-value"
            if isinstance(item, str):
                self.text(prefix, item, focused=number > 0)
            else:
                (first, title), (second, text) = item.items()
                self.text(f"{prefix}-{first}", title, focused=number > 0)
                self.rich_text(f"{prefix}-{second}", text)

    def choose(self, name: str, title: str) -> None:
        chooser = self.page.locator(f"input[name={name}]").locator("xpath=..")
        self.person.click(chooser.get_by_role("button").locator("visible=true").first)
        self.person.click(self.page.locator(".modal").get_by_role("link", name=title, exact=True))
        expect(self.page.locator(".modal")).to_have_count(0)

    def choose_several(self, prefix: str) -> Locator:
        """Open the dialog of a list of questions; return it."""
        part = self.page.locator(f"input[name={prefix}entries-count]").locator("xpath=..")
        self.person.click(part.get_by_role("button", name=SEVERAL[self.language]))
        dialog = self.page.locator(".modal")
        expect(dialog.locator("[data-multiple-choice-select]").first).to_be_visible()
        return dialog
