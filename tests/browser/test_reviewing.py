"""A reviewer approves in the page editor itself, over a slow network."""

import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Route, expect

from .conftest import log_in, open_editor, open_page

pytestmark = pytest.mark.browser

SLOWEST = 4


def slow(form: float, autosave: float) -> Callable[[Route], None]:
    """Holds the form and the autosave of an editor back, each by some seconds."""

    def hold(route: Route) -> None:
        if route.request.method == "POST":
            by_itself = "json" in (route.request.headers.get("accept") or "").split(",")[0]
            time.sleep(autosave if by_itself else form)
        route.continue_()

    return hold


@pytest.mark.sampled
@pytest.mark.parametrize(("form", "autosave"), [(0, SLOWEST), (1, 0), (SLOWEST, 0)])
def test_an_approval_in_the_editor_publishes(
    browser: Browser, demo_site: str, form: float, autosave: float
) -> None:
    words = f"Granskat {form} {autosave}."
    with browser.new_context(base_url=demo_site) as context:
        page = open_page(context)
        found = context.request.get(
            "/api/delivery/v1/pages/by-path/", params={"path": "/terapimetoder/ipt/"}
        )
        key = found.json()["id"]
        log_in(page, "editor")
        open_editor(page, key)
        text = page.locator("[data-contentpath=introduction] [contenteditable=true]")
        text.click()
        page.keyboard.press("Control+End")
        page.keyboard.type(f" {words}")
        expect(page.locator("input[name=introduction]")).to_have_value(re.compile(words))
        expect(page.locator(".w-autosave-indicator__state--saved")).to_be_visible()
        page.locator("button[name=action-submit]").click()
        page.wait_for_url(re.compile(r"/admin/pages/\d+/$"))
    with browser.new_context(base_url=demo_site) as context:
        page = open_page(context)
        log_in(page, "reviewer")
        open_editor(page, key)
        # The autosave begins while the form is under way: the button's fields are a change.
        page.wait_for_timeout(2500)
        page.route(re.compile(rf"/admin/pages/{key}/edit/$"), slow(form, autosave))
        page.locator(
            "[data-workflow-action-name=approve]:not([data-workflow-action-modal-url])"
        ).click()
        page.wait_for_url(re.compile(r"/admin/$"))
        messages = page.locator(".messages")
        expect(messages).to_contain_text("Du har godkänt")
        expect(messages).not_to_contain_text("rättigheter")
        assert words in context.request.get("/terapimetoder/ipt/").text()
