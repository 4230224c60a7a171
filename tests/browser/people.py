"""Users of the admin in a real browser; counts their clicks and takes screenshots."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, Request, expect

from .conftest import log_in, open_page

APPROVE = {"sv": "Godkänn", "en": "Approve"}
SUBMIT = {"sv": "Skicka till granskning", "en": "Submit for review"}


class Person:
    """A user of the admin with a browser profile of their own. Takes a folder for screenshots.

    Counts what a person does and waits for: `clicks`, also those into a field, and `loads`, the
    pages that a click has the browser load.
    """

    def __init__(self, page: Page, pictures: Path) -> None:
        self.page = page
        self.pictures = pictures
        self.clicks = 0
        self.loads = 0
        page.on("request", self._count)

    def _count(self, request: Request) -> None:
        is_page = request.is_navigation_request() and request.frame == self.page.main_frame
        if is_page and request.redirected_from is None:
            self.loads += 1

    def begin(self) -> None:
        """Come to the first page of the admin, and count from there."""
        self.page.goto("/admin/")
        self.clicks = self.loads = 0

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
        self.click(editor)
        expect(editor).to_be_focused()
        self.page.keyboard.press("Control+End")
        self.page.keyboard.type(text)
        expect(editor).to_contain_text(text.strip())
        value = self.page.locator(f"input[name={field}]")
        expect(value).to_have_value(re.compile(re.escape(text.strip())))

    def find_page(self, title: str, words: str = "") -> None:
        """Open the editor of a page by the search on the first page of the admin.

        Searches for words of the title, or for all of it.
        """
        self.click(self.page.locator("form[role=search] input[name=q]").last)
        self.page.keyboard.type(words or title)
        self.page.keyboard.press("Enter")
        self.page.wait_for_url("**q=*")
        self.click(self.page.locator("main table").get_by_role("link", name=title, exact=True))
        self.page.wait_for_url("**/edit/")

    def submit_for_review(self, language: str) -> None:
        """Press the main button of the editor, without waiting for the draft to be saved."""
        submit = self.page.locator("footer").get_by_role(
            "button", name=SUBMIT[language], exact=True
        )
        self.click(submit)
        self.page.wait_for_url(re.compile(r"/admin/pages/\d+/$"))

    def approve(self, title: str, language: str) -> None:
        """From the first page of the admin, where what waits for a reviewer is listed."""
        row = self.page.locator("tr", has=self.page.get_by_role("link", name=title, exact=True))
        self.click(row.get_by_role("button", name=APPROVE[language]))
        expect(self.page.locator(".messages .success")).to_contain_text(title)
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
