"""Users of the admin in a real browser; counts their clicks and takes screenshots."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect

from .conftest import log_in, open_page

# What Wagtail calls its buttons.
APPROVE = {"sv": "Godkänn", "en": "Approve"}


class Person:
    """A user of the admin with a browser profile of their own. Takes a folder for screenshots."""

    def __init__(self, page: Page, pictures: Path) -> None:
        self.page = page
        self.pictures = pictures
        self.clicks = 0

    def click(self, target: Locator) -> None:
        target.click()
        self.clicks += 1

    def picture(self, name: str) -> None:
        number = len(list(self.pictures.iterdir())) + 1
        self.page.screenshot(path=self.pictures / f"{number:02}-{name}.png", full_page=True)

    def speak(self, language: str) -> None:
        """Choose the language of the admin, in the account as everybody does."""
        self.page.goto("/admin/account/")
        self.page.locator("select[name=locale-preferred_language]").select_option(language)
        self.page.locator("main button[type=submit], form button[type=submit]").locator(
            "visible=true"
        ).last.click()
        self.page.goto("/admin/")
        expect(self.page.locator("html")).to_have_attribute("lang", language)

    def write(self, field: str, text: str) -> None:
        """Write at the end of a rich text, and wait for the moment in which the form has it.

        Takes the name of the field, which for a block begins with that of its stream.
        """
        panel = self.page.locator(f"[data-contentpath={field.split('-')[0]}]")
        editor = panel.locator("[contenteditable=true]").last
        editor.click()
        expect(editor).to_be_focused()
        self.page.keyboard.press("Control+End")
        self.page.keyboard.type(text)
        expect(editor).to_contain_text(text.strip())
        value = self.page.locator(f"input[name={field}]")
        expect(value).to_have_value(re.compile(re.escape(text.strip())))

    def submit_for_review(self) -> None:
        """From the editor, whose menu holds it, when the draft has been saved.

        Wagtail would make a new page twice where its draft saves itself as the form is sent.
        """
        self.page.wait_for_timeout(1000)
        saved = self.page.locator(".w-autosave-indicator__state--saved")
        expect(saved).to_be_visible()
        self.click(self.page.locator("footer [data-w-dropdown-target=toggle]"))
        self.click(self.page.locator("button[name=action-submit]"))
        self.page.wait_for_url(re.compile(r"/admin/pages/\d+/$"))

    def approve(self, title: str, language: str) -> None:
        """From the first page of the admin, where what waits for a reviewer is listed."""
        self.page.goto("/admin/")
        row = self.page.locator("tr", has=self.page.get_by_role("link", name=title, exact=True))
        self.click(row.locator("[data-w-dropdown-target=toggle]"))
        approve = self.page.get_by_role("button", name=APPROVE[language], exact=True)
        self.click(approve.locator("visible=true"))
        expect(row).to_have_count(0)


@contextmanager
def at_the_admin(
    browser: Browser, demo_site: str, username: str, language: str, pictures: Path
) -> Iterator[Person]:
    with browser.new_context(
        base_url=demo_site, viewport={"width": 1400, "height": 1000}
    ) as context:
        person = Person(open_page(context), pictures)
        log_in(person.page, username)
        own = person.page.locator("html").get_attribute("lang") or language
        person.speak(language)
        try:
            yield person
        finally:
            # Other tests meet the same people.
            person.speak(own)
