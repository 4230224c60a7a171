"""Readers with a small screen, large text or an address into a page, in a real browser."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from .conftest import ARGUMENTS, CHROMIUM

pytestmark = pytest.mark.browser

API = "/api/delivery/v1/"
NOWHERE = ("/finns-inte/", "/en/nothing-here/")
# A name that no hyphen helps, as Swedish and German make them.
LONG_WORD = "Samtalsterapeututbildningsansvarignämndsordförandesammanträde"

# What is wider than the window, and what of the frame stands on something else.
TROUBLE = """() => {
  const found = [], root = document.documentElement, width = root.clientWidth;
  if (root.scrollWidth > width) found.push(`scrolls to ${root.scrollWidth}`);
  const shown = element => element.getClientRects().length
    && !element.closest(".skip-link, .faq:not([open]) > :not(summary)");
  for (const element of document.querySelectorAll("body *")) {
    const box = element.getBoundingClientRect();
    if (box.width && shown(element) && (box.right > width + 1 || box.left < -1))
      found.push(`${element.tagName} ${element.className} from ${box.left} to ${box.right}`);
  }
  const items = [...document.querySelectorAll(
    `.site-header a, .site-header .language, .breadcrumbs :is(a, span), h1, .chip,
    .crisis a, .site-footer a`
  )].filter(shown);
  items.forEach((one, index) => items.slice(index + 1).forEach(other => {
    if (one.contains(other) || other.contains(one)) return;
    const a = one.getBoundingClientRect(), b = other.getBoundingClientRect();
    if (Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
        && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1)
      found.push(`${one.textContent.trim()} stands on ${other.textContent.trim()}`);
  }));
  return found.slice(0, 5);
}"""


@pytest.fixture(scope="module")
def large_text(browser: Browser) -> Iterator[Browser]:
    """A browser whose reader has chosen text of twice the usual size."""
    large = browser.browser_type.launch(
        executable_path=CHROMIUM, args=[*ARGUMENTS, "--blink-settings=defaultFontSize=32"]
    )
    yield large
    large.close()


def paths(page: Page) -> list[str]:
    """Every page of both languages, the list for an unknown choice, and an address of nothing."""
    found = []
    for locale in ("sv", "en"):
        query = {"locale": locale, "limit": "100"}
        for item in page.request.get(f"{API}pages/", params=query).json()["items"]:
            found.append(item["path"])
            if item["type"] == "therapy_method_index":
                found.append(f"{item['path']}?concern=x")
    # Other tests add pages.
    assert len(found) >= 58
    return [*found, *NOWHERE]


@pytest.mark.parametrize("width", [320, 390])
def test_large_text_is_not_too_wide_or_in_the_way(
    large_text: Browser, demo_site: str, width: int
) -> None:
    """The usual size of text is in `test_every_width`."""
    with large_text.new_context(
        base_url=demo_site, viewport={"width": width, "height": 800}
    ) as context:
        page = context.new_page()
        trouble: dict[str, Any] = {}
        for path in paths(page):
            page.goto(path)
            if found := page.evaluate(TROUBLE):
                trouble[path] = found
        assert trouble == {}
        page.goto("/terapimetoder/pdt/")
        for selector in (
            "h1",
            "summary >> nth=0",
            ".button >> nth=0",
            ".main-menu a >> nth=0",
            ".tags li >> nth=0",
            ".points li >> nth=0",
            ".chip >> nth=0",
        ):
            page.locator(selector).evaluate("(element, word) => element.append(word)", LONG_WORD)
        assert page.evaluate(TROUBLE) == []


@pytest.mark.parametrize("has_script", [True, False])
@pytest.mark.parametrize(("locale", "words"), [("sv", "boka"), ("en", "book")])
def test_an_address_into_a_page_arrives_at_an_open_answer(
    browser: Browser, demo_site: str, locale: str, words: str, has_script: bool
) -> None:
    with browser.new_context(base_url=demo_site, java_script_enabled=has_script) as context:
        page = context.new_page()
        query = {"locale": locale, "q": words}
        hits = page.request.get(f"{API}search/", params=query).json()["items"]
        path = next(hit["path"] for hit in hits if hit["type"] == "faq_entry")
        page.goto(path)
        question = page.locator(f"details:has(#{path.split('#')[1]})")
        expect(question.locator(".prose")).to_be_visible()
        expect(question.locator("summary")).to_be_in_viewport(ratio=1)
        expect(page.locator("details[open]")).to_have_count(1)
        # Another on the same page, as from a link or a typed address.
        other = page.locator(".faq-answer").first.get_attribute("id")
        page.goto(f"{path.split('#')[0]}#{other}")
        expect(page.locator(f"#{other} .prose")).to_be_visible()
        expect(page.locator(f"details:has(#{other}) summary")).to_be_in_viewport(ratio=1)


def test_a_chosen_concern_leads_to_its_page(page: Page) -> None:
    page.goto("/en/therapy-methods/ipt/")
    page.get_by_role("link", name="Grief", exact=True).first.click()
    expect(page).to_have_url("/en/help-with/grief/")
    expect(page.locator("h1")).to_be_in_viewport(ratio=1)
    page.get_by_role("link", name="Methods that can help").click()
    expect(page.get_by_role("heading", name="Methods that can help")).to_be_in_viewport(ratio=1)
    expect(page.locator("#methods .card")).to_have_count(2)
    page.goto("/terapimetoder/?concern=sorg")
    expect(page).to_have_url("/hjalp-med/sorg/")
