"""Long titles and messages are read in whole below and above the editor, at every width."""

import re

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from .conftest import log_in, open_page, read_before_writing

pytestmark = pytest.mark.browser

TITLE = (
    "Kognitiv beteendeterapi för långvarig sömnlöshet och nattliga grubblerier hos vuxna som "
    "arbetar skift eller har småbarn"
)
REASON = (
    "Någon annan har sparat en nyare version av det här medan du skrev. Ladda om sidan för att se "
    "den, eller spara över den."
)
IS_WHOLE = "(element) => element.scrollHeight <= element.clientHeight + 1"
# Nothing lies upon the corners of the text.
IS_IN_SIGHT = """(element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    return [...range.getClientRects()].every((box) =>
        [box.left + 2, box.right - 2].every((x) =>
            element.contains(document.elementFromPoint(x, box.top + box.height / 2))));
}"""


def refuse_autosave(route: Route) -> None:
    if route.request.method == "POST":
        refused = {"success": False, "error_code": "locked", "error_message": REASON}
        route.fulfill(status=400, json=refused)
    else:
        route.continue_()


def rename(page: Page, title: str) -> None:
    page.locator("#id_title").fill(title)
    page.locator("#id_title").press("Enter")
    expect(page.locator(".messages .success")).to_contain_text(title)


def write(page: Page) -> None:
    text = page.locator("[data-contentpath=introduction] [contenteditable=true]")
    text.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Mer.")


def wait_until_in_sight(page: Page, selector: str) -> None:
    """Wait for what slides into the page."""
    expect(page.locator(selector)).to_be_in_viewport(ratio=1)
    page.wait_for_function(
        f"(selector) => ({IS_IN_SIGHT})(document.querySelector(selector))", arg=selector
    )


@pytest.mark.parametrize("width", [390, 1280])
def test_title_and_message_are_read_in_whole(browser: Browser, demo_site: str, width: int) -> None:
    with browser.new_context(
        base_url=demo_site, viewport={"width": width, "height": 800}
    ) as context:
        page = open_page(context)
        log_in(page, "editor")
        found = context.request.get("/api/delivery/v1/pages/by-path/", params={"path": "/kontakt/"})
        key = found.json()["id"]
        page.goto(f"/admin/pages/{key}/edit/")
        read_before_writing(page)
        before = page.locator("#id_title").input_value()
        try:
            rename(page, TITLE)
            wait_until_in_sight(page, ".messages .success")
            page.goto(f"/admin/pages/{key}/edit/")
            read_before_writing(page)
            title = page.locator(".w-slim-header li.w-font-bold a")
            expect(title).to_contain_text(TITLE)
            assert title.evaluate(IS_WHOLE)
            page.route(re.compile(rf"/admin/pages/{key}/edit/$"), refuse_autosave)
            write(page)
            message = ".footer__save-warning p"
            expect(page.locator(message)).to_have_text(REASON)
            assert title.evaluate(IS_WHOLE)
            wait_until_in_sight(page, message)
            if width > 1000:
                page.locator('[data-side-panel-toggle="status"]').click()
                wait_until_in_sight(page, message)
        finally:
            page.unroute_all()
            rename(page, before)


@pytest.mark.parametrize("path", ["reports/reviews/", "snippets/faq/faqentry/"])
def test_a_list_is_scrolled_and_not_cut_on_a_phone(
    browser: Browser, demo_site: str, path: str
) -> None:
    with browser.new_context(base_url=demo_site, viewport={"width": 390, "height": 800}) as context:
        page = open_page(context)
        log_in(page, "editor")
        page.goto(f"/admin/{path}")
        table = page.locator("#listing-results table")
        assert table.locator("td.title").first.evaluate("cell => cell.clientWidth") > 150
        table.hover(position={"x": 40, "y": 120})
        page.mouse.wheel(2000, 0)
        expect(table.locator("th").last).to_be_in_viewport(ratio=0.9)


def test_an_empty_text_in_a_dialog_says_so_on_one_line(browser: Browser, demo_site: str) -> None:
    with browser.new_context(base_url=demo_site, viewport={"width": 390, "height": 800}) as context:
        page = open_page(context)
        log_in(page, "editor")
        found = context.request.get(
            "/api/delivery/v1/pages/by-path/", params={"path": "/terapimetoder/ipt/"}
        )
        page.goto(f"/admin/pages/{found.json()['id']}/edit/")
        page.get_by_role("button", name="Välj flera").first.click()
        dialog = page.locator(".modal")
        expect(dialog.locator("td.title").first).to_be_visible()
        assert dialog.locator("td.title").first.evaluate("cell => cell.clientWidth") > 150
        dialog.get_by_role("tab", name="Ny fråga").click()
        empty = dialog.locator(".Draftail-block--empty")
        height = empty.evaluate("block => getComputedStyle(block, '::before').height")
        line = empty.evaluate("block => getComputedStyle(block, '::before').lineHeight")
        assert float(height.removesuffix("px")) <= float(line.removesuffix("px")) + 1
