"""A visitor searches in a real browser: on a small phone, by keyboard, without JavaScript."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

PHONE = {"width": 320, "height": 640}
SHIFTS = """
    () => new Promise((resolve) => {
        let sum = 0;
        new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) sum += entry.value;
        }).observe({type: "layout-shift", buffered: true});
        setTimeout(() => resolve(sum), 200);
    })
"""


@pytest.fixture
def phone(browser: Browser, demo_site: str) -> Iterator[Page]:
    context = browser.new_context(base_url=demo_site, viewport=PHONE)
    yield context.new_page()
    context.close()


def assert_calm(page: Page) -> None:
    """Nothing sticks out, moves, runs or is left behind."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate(SHIFTS) == 0
    assert page.locator("script").count() == 0
    assert page.context.cookies() == []
    small = page.evaluate(
        """() => [...document.querySelectorAll("main a, main button, main summary, main input")]
            .filter((each) => each.closest("p, h3") === null)
            .filter((each) => each.getBoundingClientRect().height < 44)
            .map((each) => each.outerHTML)"""
    )
    assert small == []


@pytest.mark.parametrize(
    ("start", "query", "heading", "first", "question"),
    [
        ("/", "hur bokar jag", "Sökresultat", "Hur bokar jag en tid?", "08-465 004 20"),
        ("/en/faq/", "book a session", "Search results", "How do I book a session?", "08-465 004"),
    ],
)
def test_from_the_header_to_an_answer_by_keyboard(
    phone: Page, start: str, query: str, heading: str, first: str, question: str
) -> None:
    phone.goto(start)
    assert_calm_header(phone)
    field = phone.locator('header input[name="q"]')
    for _press in range(8):
        phone.keyboard.press("Tab")
        if field.evaluate("(each) => each === document.activeElement"):
            break
    expect(field).to_be_focused()
    phone.keyboard.type(query)
    phone.keyboard.press("Enter")
    expect(phone.locator("h1")).to_have_text(heading)
    assert query.split()[0] not in phone.title()
    assert_calm(phone)
    summary = phone.locator(".search-hit summary").first
    expect(summary).to_contain_text(first)
    summary.focus()
    phone.keyboard.press("Enter")
    expect(phone.locator(".search-hit details[open] .prose").first).to_contain_text(question)
    expect(phone.locator('main input[name="q"]')).to_have_value(query)


def assert_calm_header(page: Page) -> None:
    field = page.locator('header form[role="search"]')
    expect(field).to_be_in_viewport()
    assert page.evaluate("document.activeElement === document.body")
    assert field.locator("input").evaluate("(each) => each.getBoundingClientRect().height") >= 44


@pytest.mark.parametrize("address", ["/sok/?q=vill+d%C3%B6", "/en/search/?q=kill+myself"])
def test_help_in_a_crisis_is_what_one_sees_first(phone: Page, address: str) -> None:
    phone.goto(address)
    expect(phone.locator(".crisis h2")).to_be_in_viewport()
    expect(phone.locator(".crisis")).to_have_count(1)
    assert_calm(phone)
