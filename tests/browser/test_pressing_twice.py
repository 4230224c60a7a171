"""A button that is pressed twice acts once, and nobody is told of an error."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from .people import APPROVE, SUBMIT, at_the_admin

pytestmark = pytest.mark.browser

TITLE = "PDT – Psykodynamisk terapi"


def test_a_double_click_submits_and_approves_once(
    browser: Browser, demo_site: str, tmp_path: Path
) -> None:
    with at_the_admin(browser, demo_site, "editor", "sv", tmp_path) as editor:
        editor.find_page(TITLE, "Psykodynamisk")
        editor.write("introduction", " Ett ord till.")
        # Within the second in which the draft is saved by itself.
        editor.page.locator("footer").get_by_role("button", name=SUBMIT["sv"]).dblclick()
        editor.page.wait_for_url(re.compile(r"/admin/pages/\d+/$"))
        expect(editor.page.locator(".messages li")).to_have_count(1)
        expect(editor.page.locator(".messages .success")).to_contain_text(TITLE)
    with at_the_admin(browser, demo_site, "reviewer", "sv", tmp_path) as reviewer:
        row = reviewer.page.locator("tr", has=reviewer.page.get_by_role("link", name=TITLE))
        expect(row).to_have_count(1)
        row.get_by_role("button", name=APPROVE["sv"]).dblclick()
        expect(reviewer.page.locator(".messages .success")).to_contain_text(TITLE)
        expect(reviewer.page.locator(".messages li")).to_have_count(1)
        expect(row).to_have_count(0)
