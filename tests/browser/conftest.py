"""A demo site started by `manage.py demo`, and Debian's Chromium."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from pages.seeding.users import PASSWORD
from tests.chromium import ARGUMENTS, CHROMIUM
from tests.demo_server import demo_server, free_port

# Three times as long as anything takes on a busy machine; what comes at once costs no waiting.
PATIENCE_MILLISECONDS = 20_000
expect.set_options(timeout=PATIENCE_MILLISECONDS)
NOTE_THE_WATCH = """
    let awaited = 0;
    addEventListener("w-unsaved:ready", () => { awaited += 1; });
    addEventListener("w-unsaved:watch-edits", () => {
        awaited -= 1;
        if (awaited === 0) document.documentElement.dataset.watched = "yes";
    });
"""


@pytest.fixture(scope="session")
def front_end_port() -> int:
    """Return the example front end's port, which the demo site is configured with."""
    return free_port()


@pytest.fixture(scope="session")
def demo_site(tmp_path_factory: pytest.TempPathFactory, front_end_port: int) -> Iterator[str]:
    """The address of a running demo site with fresh data."""
    front_end = f"http://127.0.0.1:{front_end_port}"
    with demo_server(tmp_path_factory.mktemp("demo"), FRONTEND_URL=front_end) as server:
        yield server.address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(params=[390, 1280], ids=["phone", "desktop"])
def page(request: pytest.FixtureRequest, browser: Browser, demo_site: str) -> Iterator[Page]:
    """An empty browser profile on the demo site, at phone and at desktop width."""
    with browser.new_context(
        base_url=demo_site, viewport={"width": request.param, "height": 800}
    ) as context:
        yield open_page(context)


def open_page(context: BrowserContext) -> Page:
    """A page whose console errors fail the test that meets them."""
    page = context.new_page()
    page.add_init_script(NOTE_THE_WATCH)
    page.set_default_timeout(PATIENCE_MILLISECONDS)
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    return page


def open_editor(page: Page, page_id: int) -> None:
    page.goto(f"/admin/pages/{page_id}/edit/")
    read_before_writing(page)


def read_before_writing(page: Page) -> None:
    """Wait until Wagtail watches a form that was opened.

    It compares with what the form holds two seconds after that; what is written earlier is no
    change to it. While a page loads, it opens a form twice and compares with the later one.
    """
    page.locator("html[data-watched]").wait_for(state="attached")


_cookies: dict[str, Any] = {}


def log_in(page: Page, username: str) -> None:
    """Come to the first page of the admin as a user, whose session is taken up in later tests."""
    if username in _cookies:
        page.context.add_cookies(_cookies[username])
        page.goto("/admin/")
        # A change of the account ends a session and begins another.
        if "/login/" not in page.url:
            return
    page.goto("/admin/login/")
    page.locator("input[name=username]").fill(username)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("button[type=submit]").click()
    page.wait_for_url("**/admin/")
    session = [each for each in page.context.cookies() if each["name"] == "sessionid"]
    assert session
    _cookies[username] = session
