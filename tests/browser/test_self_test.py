"""The self-test in a real browser: by keyboard, in danger, on paper, without JavaScript."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from .conftest import open_page

pytestmark = pytest.mark.browser

PATHS = {"sv": "/sjalvtest/", "en": "/en/self-test/"}
STORED = """async () => [
    localStorage.length, sessionStorage.length, (await indexedDB.databases()).length,
    (await caches.keys()).length, document.cookie, location.href, history.length,
]"""

Open = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser, demo_site: str) -> Iterator[Open]:
    """Open the self-test in a language, in a browser profile of its own."""
    contexts = []

    def visit(language: str = "en", **options: Any) -> Page:
        options = {"viewport": {"width": 320, "height": 640}, **options}
        context = browser.new_context(base_url=demo_site, **options)
        contexts.append(context)
        page = open_page(context)
        page.goto(PATHS[language], wait_until="networkidle")
        return page

    yield visit
    for context in contexts:
        context.close()


def assert_readable(page: Page) -> None:
    """Assert that axe finds nothing on the page, and that it needs no sideways scrolling."""
    found = Axe().run(page).response["violations"]
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def answer(page: Page, *places: int) -> None:
    """Choose the answers with these places, one for each question, and go on after each."""
    for place in places:
        page.locator(".self-test-question:visible input").nth(place).check()
        page.locator("[data-action=next]:visible, [data-action=finish]:visible").click()


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent")).strip()


def test_a_run_by_keyboard_leaves_no_trace(visit: Open) -> None:
    page = visit("en")
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    before = page.evaluate(STORED)
    assert before[:5] == [0, 0, 0, 0, ""]
    page.locator(".self-test-question:visible input").first.focus()
    for number in range(1, 9):
        assert_readable(page)
        assert f"Question {number} of 8" in page.locator(".self-test-question:visible").inner_text()
        expect(page.locator(".self-test-help a[href='tel:112']")).to_be_visible()
        page.keyboard.press("Space")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Tab")
        if number > 1:
            assert focused(page) == "Back"
            page.keyboard.press("Tab")
        assert focused(page) == ("See what it can mean" if number == 8 else "Next question")
        page.keyboard.press("Enter")
        if number < 8:
            assert f"Question {number + 1} of 8" in focused(page)
            page.keyboard.press("Tab")
    assert focused(page) == "Some things seem heavy right now"
    assert page.evaluate("document.activeElement.matches('h3')")
    expect(page.locator(".self-test-band:visible")).to_have_count(1)
    expect(page.get_by_role("link", name="Contact us")).to_be_visible()
    assert_readable(page)
    page.get_by_role("button", name="Change your answers").click()
    assert "Question 1 of 8" in focused(page)
    expect(page.locator(".self-test-question:visible input:checked")).to_have_count(1)
    page.get_by_role("button", name="Next question").click()
    page.get_by_role("button", name="Back").click()
    assert "Question 1 of 8" in focused(page)
    assert page.evaluate(STORED) == before
    assert page.context.cookies() == []
    assert requests == []


def test_going_on_without_an_answer_asks_for_one(visit: Open) -> None:
    page = visit("sv")
    page.get_by_role("button", name="Nästa fråga").click()
    expect(page.get_by_role("alert")).to_have_text("Välj det svar som känns närmast och gå vidare.")
    assert page.evaluate("document.activeElement.type") == "radio"
    assert_readable(page)


@pytest.mark.parametrize("language", PATHS)
def test_an_answer_that_points_to_danger_shows_help_at_once(visit: Open, language: str) -> None:
    page = visit(language)
    answer(page, *[0] * 7)
    help_ = page.get_by_role("status")
    expect(help_).to_be_empty()
    page.locator(".self-test-question:visible input").last.check()
    expect(help_.locator("a[href='tel:112']")).to_be_visible()
    # What is being read is not left.
    assert page.evaluate("document.activeElement.matches('[data-danger]')")
    assert_readable(page)
    page.locator("[data-action=back]").click()
    expect(help_.locator("a[href='tel:112']")).to_be_visible()
    answer(page, 0)
    page.locator("[data-action=finish]").click()
    expect(help_.locator("a[href='tel:112']")).to_be_visible()
    # Not the words of the lowest band, whatever the other answers are.
    expect(page.locator(".self-test-band").first).to_be_hidden()
    assert_readable(page)
    page.locator("[data-action=restart]").click()
    expect(help_).to_be_empty()
    expect(page.locator(".self-test-question:visible input:checked")).to_have_count(0)


def test_answers_are_gone_when_the_page_is_left(visit: Open) -> None:
    page = visit("en")
    answer(page, 1, 1)
    page.reload()
    expect(page.locator("input:checked")).to_have_count(0)
    answer(page, 1, 1)
    page.goto("/en/contact/")
    page.go_back()
    expect(page.locator("input:checked")).to_have_count(0)
    assert "Question 1 of 8" in page.locator(".self-test-question:visible").inner_text()


def test_on_paper(visit: Open) -> None:
    page = visit("en")
    page.emulate_media(media="print")
    expect(page.locator(".self-test-question:visible")).to_have_count(8)
    expect(page.locator(".self-test-band:visible")).to_have_count(3)
    expect(page.get_by_text("(3 points)").first).to_be_visible()
    page.emulate_media(media="screen")
    answer(page, *[1] * 8)
    page.emulate_media(media="print")
    expect(page.locator(".self-test-question:visible")).to_have_count(8)
    expect(page.locator(".self-test-band:visible")).to_have_count(1)
    expect(page.locator("[data-action]:visible")).to_have_count(0)


def test_without_javascript(visit: Open) -> None:
    page = visit("sv", java_script_enabled=False)
    expect(page.locator(".self-test-question:visible")).to_have_count(8)
    expect(page.locator(".self-test-band:visible")).to_have_count(3)
    expect(page.get_by_text("JavaScript är avstängt")).to_be_visible()
    expect(page.get_by_text("15 till 31 poäng")).to_be_visible()
    page.get_by_label("Jag sover tillräckligt bra").check()
    page.get_by_role("link", name="prata med någon nu").click()
    expect(page.locator("#crisis")).to_be_in_viewport()
