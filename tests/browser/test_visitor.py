"""A visitor in a real browser: on a phone, by keyboard, without JavaScript."""

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect

pytestmark = pytest.mark.browser

PATHS = [
    "/",
    "/terapimetoder/",
    "/terapimetoder/ipt/",
    "/vanliga-fragor/",
    "/sjalvtest/",
    "/kontakt/",
    "/finns-inte/",
    "/sok/?q=samtal",
    "/en/",
    "/en/therapy-methods/",
    "/en/therapy-methods/emdr/",
    "/en/faq/",
    "/en/nothing-here/",
    "/en/search/?q=sleep",
]


@pytest.mark.sampled
@pytest.mark.parametrize("path", PATHS)
def test_a_page_fits_and_asks_nobody_else(page: Page, demo_site: str, path: str) -> None:
    complaints: list[str] = []
    strangers: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type == "error" and "404" not in message.text:
            complaints.append(message.text)

    def watch(request: Request) -> None:
        if not request.url.startswith((demo_site, "data:")):
            strangers.append(request.url)

    page.on("console", listen)
    page.on("request", watch)
    page.goto(path, wait_until="networkidle")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.context.cookies() == []
    assert complaints == []
    assert strangers == []


def test_the_switcher_keeps_the_place(page: Page) -> None:
    page.goto("/terapimetoder/ipt/")
    page.get_by_role("link", name="English").click()
    page.wait_for_url("**/en/therapy-methods/ipt/")
    expect(page.locator("h1")).to_have_text("What is interpersonal therapy (IPT)?")
    page.get_by_role("link", name="Svenska").click()
    page.wait_for_url("**/terapimetoder/ipt/")
    expect(page.locator("html")).to_have_attribute("lang", "sv")


@pytest.mark.parametrize("path", ["/terapimetoder/ipt/", "/en/help-with/anxiety/"])
def test_help_in_a_crisis_is_within_reach_at_every_place(page: Page, path: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(path)
    link = page.locator(".crisis-link")
    height = page.evaluate("document.documentElement.scrollHeight")
    for share in (0, 0.2, 0.5, 0.8, 1):
        page.evaluate("place => scrollTo(0, place)", height * share)
        expect(link).to_be_in_viewport(ratio=1)
        # Nothing lies above it.
        assert link.evaluate(
            """link => {
                const {x, y, width, height} = link.getBoundingClientRect();
                return link.contains(document.elementFromPoint(x + width / 2, y + height / 2));
            }"""
        )
    link.click()
    expect(page.locator("#crisis h2")).to_be_in_viewport(ratio=1)
    # What an address leads to, and what has the focus, is not below the bar.
    bar = page.locator(".help-bar").bounding_box()
    heading = page.locator("#crisis h2").bounding_box()
    assert bar
    assert heading
    assert heading["y"] >= bar["height"]
    for _step in range(6):
        page.keyboard.press("Shift+Tab")
        box = page.locator(":focus").bounding_box()
        assert box
        assert box["y"] + box["height"] > bar["height"]


def test_by_keyboard(page: Page) -> None:
    page.goto("/en/therapy-methods/ipt/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    question = page.locator("summary").first
    question.focus()
    page.keyboard.press("Enter")
    expect(page.locator("details[open] .prose").first).to_be_visible()


def test_without_javascript(browser: Browser, demo_site: str) -> None:
    with browser.new_context(base_url=demo_site, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto("/terapimetoder/")
        page.get_by_role("link", name="Sorg").first.click()
        page.wait_for_url("**/hjalp-med/sorg/")
        expect(page.locator(".card")).to_have_count(2)
        page.goto("/vanliga-fragor/")
        page.locator("summary").first.click()
        expect(page.locator("details[open]")).to_have_count(1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out(browser: Browser, demo_site: str, scheme: str) -> None:
    """Contrast of running text and headings on their ground (WCAG 2.2, 1.4.3)."""
    with browser.new_context(base_url=demo_site, color_scheme=scheme) as context:
        page = context.new_page()
        page.goto("/terapimetoder/ipt/")
        for selector in ("h1", "main p", "main li", "footer a", ".crisis-link"):
            assert page.locator(selector).first.evaluate(CONTRAST) >= 4.5, selector


CONTRAST = """element => {
  const luminance = color => {
    const parts = color.match(/[\\d.]+/g).slice(0, 3).map(Number).map(part => part / 255)
      .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  };
  let ground = element;
  while (/rgba\\(.*, 0\\)|transparent/.test(getComputedStyle(ground).backgroundColor)
         && ground.parentElement) ground = ground.parentElement;
  const [low, high] = [getComputedStyle(element).color, getComputedStyle(ground).backgroundColor]
    .map(luminance).sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}"""
