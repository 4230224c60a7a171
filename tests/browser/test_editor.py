"""An editor in a real browser: a changed paragraph is published and seen at once."""

import re

import pytest
from playwright.sync_api import APIRequestContext, Browser, expect

from .conftest import log_in, open_editor, open_page

pytestmark = pytest.mark.browser

SENTENCE = "En helt ny mening om relationer."


def answer(request: APIRequestContext, path: str) -> str:
    return request.get("/api/delivery/v1/pages/by-path/", params={"path": path}).text()


def test_a_changed_paragraph_is_published(browser: Browser, demo_site: str) -> None:
    with browser.new_context(
        base_url=demo_site, viewport={"width": 1280, "height": 900}
    ) as context:
        page = open_page(context)
        request = context.request
        english = answer(request, "/en/contact/")
        page_id = request.get(
            "/api/delivery/v1/pages/by-path/", params={"path": "/kontakt/"}
        ).json()["id"]
        log_in(page, "editor")
        open_editor(page, page_id)
        expect(page.locator("html")).to_have_attribute("lang", "sv")
        text = page.locator("[data-contentpath=introduction] [contenteditable=true]")
        text.click()
        page.keyboard.press("Control+End")
        page.keyboard.type(f" {SENTENCE}")
        # Draftail hands its text to the form a moment after the last key.
        expect(page.locator("input[name=introduction]")).to_have_value(re.compile(SENTENCE))
        page.locator("button[name=action-publish]").click()
        page.wait_for_url(re.compile(r"/admin/pages/\d+/$"))
        page.goto("/kontakt/")
        assert SENTENCE in page.locator("main").inner_text()
        assert SENTENCE in answer(request, "/kontakt/")
        assert answer(request, "/en/contact/") == english
