"""Tests that each type of page has no fault that axe finds, no shift, no script and no trace."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.page_types import PAGE_OF_TYPE

pytestmark = pytest.mark.browser

# Layout shifts so far, as Core Web Vitals add them up within one window.
SHIFTS = """() => new Promise((resolve) => {
  let sum = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) sum += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => resolve(sum), 100);
})"""
SCRIPTS = """[...document.scripts].filter((script) => script.type !== "application/ld+json")
  .map((script) => new URL(script.src).pathname)"""
STORED = """async () => localStorage.length + sessionStorage.length + (await caches.keys()).length
  + (await indexedDB.databases()).length"""


@pytest.mark.parametrize("kind", PAGE_OF_TYPE)
def test_a_page_of_each_type(browser: Browser, demo_site: str, kind: str) -> None:
    with browser.new_context(base_url=demo_site, viewport={"width": 390, "height": 844}) as context:
        page = context.new_page()
        for path in PAGE_OF_TYPE[kind]:
            page.goto(path, wait_until="networkidle")
            # Pictures further down are loaded when they come near.
            page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
            page.wait_for_load_state("networkidle")
            assert page.evaluate(SHIFTS) == 0, path
            found = Axe().run(page).response["violations"]
            assert [(each["id"], each["nodes"][0]["html"]) for each in found] == [], path
            scripts = page.evaluate(SCRIPTS)
            assert len(scripts) == (1 if kind == "self_test" else 0), path
            assert page.evaluate(STORED) == 0
            assert context.cookies() == []
