"""A button that is pressed twice acts once, and nobody is told of an error."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, Request, expect

from .people import APPROVE, SUBMIT, at_the_admin

pytestmark = pytest.mark.browser

TITLE = "PDT – Psykodynamisk terapi"
PRESS_TWICE = "(button) => { button.click(); setTimeout(() => button.click(), 100); }"


def press_twice(page: Page, button: Locator) -> None:
    """Press again while the server is at work with the first; assert that only that is sent."""
    sent: list[str] = []
    page.on("request", lambda request: _note(sent, request))
    button.evaluate(PRESS_TWICE)
    expect(page.locator(".messages .success")).to_contain_text(TITLE)
    expect(page.locator(".messages li")).to_have_count(1)
    assert len(sent) == 1


def _note(sent: list[str], request: Request) -> None:
    if request.method == "POST" and request.is_navigation_request():
        sent.append(request.url)


def test_two_presses_submit_and_approve_once(
    browser: Browser, demo_site: str, tmp_path: Path
) -> None:
    with at_the_admin(browser, demo_site, "editor", "sv", tmp_path) as editor:
        editor.find_page(TITLE, "Psykodynamisk")
        editor.write("introduction", " Ett ord till.")
        # Within the second in which the draft is saved by itself.
        footer = editor.page.locator("footer")
        press_twice(editor.page, footer.get_by_role("button", name=SUBMIT["sv"]))
        assert re.search(r"/admin/pages/\d+/$", editor.page.url)
    with at_the_admin(browser, demo_site, "reviewer", "sv", tmp_path) as reviewer:
        row = reviewer.page.locator("tr", has=reviewer.page.get_by_role("link", name=TITLE))
        expect(row).to_have_count(1)
        press_twice(reviewer.page, row.get_by_role("button", name=APPROVE["sv"]))
        expect(row).to_have_count(0)
