"""Every page of the demo, as readers with other widths, zooms, spacings and colours see it."""

from typing import Any, Final

import pytest
from playwright.sync_api import Browser, Page

from .test_reading import TROUBLE, paths

pytestmark = pytest.mark.browser

# 320 and 640 px are 1280 px at a zoom of 400 % and 200 % (WCAG 2.2, 1.4.4 and 1.4.10).
ZOOMED, WIDE = (320, 640), 1280
# The text area of A4 with the margins of `@page`, in CSS pixels.
SHEET = 658
# WCAG 2.2, 1.4.12.
SPACED: Final = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
    word-spacing: .16em !important; } p { margin-bottom: 2em !important; }`);
  document.adoptedStyleSheets = [sheet];
}"""
UNSPACED: Final = "document.adoptedStyleSheets = []"
# Lines of text that stand on one another. A line's box is higher than its letters.
OVERLAPS: Final = """() => {
  const lines = [], found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, parent = node.parentElement;
    if (!node.data.trim() || !parent.checkVisibility({ visibilityProperty: true })
      || parent.closest(".said-only, .skip-link, script, style, option")) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      const { left, right, width, height } = box;
      const [top, bottom] = [box.top + height / 4, box.bottom - height / 4];
      if (width > 1) lines.push({ parent, left, right, top, bottom });
    }
  }
  lines.sort((a, b) => a.top - b.top);
  lines.forEach((a, index) => {
    for (let next = index + 1; next < lines.length && lines[next].top < a.bottom; next += 1) {
      const b = lines[next];
      if (a.parent !== b.parent && Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1)
        found.push(`${a.parent.textContent.trim()} on ${b.parent.textContent.trim()}`.slice(0, 90));
    }
  });
  return found.slice(0, 5);
}"""
# Text that does not stand out from its ground (WCAG 2.2, 1.4.3).
FAINT: Final = """() => {
  const parts = colour => colour.match(/[\\d.]+/g).map(Number);
  const luminance = colour => parts(colour).slice(0, 3).map(part => part / 255)
    .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
  const found = new Set();
  for (const element of document.querySelectorAll("body *")) {
    const own = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
    if (!own || !element.checkVisibility() || element.closest(".said-only, .skip-link")) continue;
    let ground = element;
    while ((parts(getComputedStyle(ground).backgroundColor)[3] ?? 1) === 0 && ground.parentElement)
      ground = ground.parentElement;
    const style = getComputedStyle(element), size = parseFloat(style.fontSize);
    const [low, high] = [style.color, getComputedStyle(ground).backgroundColor]
      .map(luminance).sort((a, b) => a - b);
    const least = size >= 24 || (size >= 18.66 && style.fontWeight >= 700) ? 3 : 4.5;
    if ((high + 0.05) / (low + 0.05) < least)
      found.add(`${element.tagName} ${element.className}: ${style.color}`);
  }
  return [...found].slice(0, 5);
}"""
# Boxes that only their ground tells apart, which forced colours take away.
UNFRAMED: Final = """() => [
  ...document.querySelectorAll(".callout, .invitation, .in-short, .crisis")
].filter(box => box.checkVisibility() && !parseFloat(getComputedStyle(box).borderTopWidth))
  .map(box => box.className)"""


def test_every_page_fits_and_stays_readable(browser: Browser, demo_site: str) -> None:
    """Each page is loaded once, and looked at in all ways."""
    trouble: dict[str, list[str]] = {}
    with browser.new_context(base_url=demo_site) as context:
        page = context.new_page()
        for path in paths(page):
            page.goto(path)
            if found := list(_faults(page)):
                trouble[path] = found
    assert trouble == {}


def test_the_checks_find_what_is_wrong(browser: Browser, demo_site: str) -> None:
    with browser.new_context(base_url=demo_site) as context:
        page = context.new_page()
        page.goto("/kontakt/")
        page.emulate_media(forced_colors="active")
        page.evaluate("document.querySelector('.callout').style.border = 'none'")
        assert page.evaluate(UNFRAMED) == ["block callout callout-important"]
        page.emulate_media(forced_colors="none")
        page.evaluate("document.querySelector('.lead').style.marginTop = '-3rem'")
        assert page.evaluate(OVERLAPS) != []
        page.evaluate("document.querySelector('h1').style.color = '#ddd'")
        assert page.evaluate(FAINT) == ["H1 : rgb(221, 221, 221)"]
        page.evaluate("document.querySelector('h1').style.minWidth = '2000px'")
        assert page.evaluate(TROUBLE) != []
        spacing = "getComputedStyle(document.querySelector('h1')).letterSpacing"
        before = page.evaluate(spacing)
        page.evaluate(SPACED)
        assert page.evaluate(spacing) != before


def _faults(page: Page) -> Any:
    """Yield what is wrong with the page that is open, each with the way of looking at it."""
    for width in (*ZOOMED, WIDE):
        yield from _named(f"{width} px", page, width, TROUBLE, OVERLAPS)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of its literals
        yield from _named(scheme, page, WIDE, FAINT)
    page.emulate_media(color_scheme="light", forced_colors="active")
    yield from _named("forced colours", page, ZOOMED[0], TROUBLE, UNFRAMED)
    page.emulate_media(forced_colors="none")
    page.evaluate(SPACED)
    for width in (ZOOMED[0], WIDE):
        yield from _named(f"text spacing at {width} px", page, width, TROUBLE, OVERLAPS)
    page.evaluate(UNSPACED)
    page.emulate_media(media="print")
    for width in (ZOOMED[0], SHEET):
        yield from _named(f"print at {width} px", page, width, TROUBLE, OVERLAPS)
    page.emulate_media(media="screen")


def _named(way: str, page: Page, width: int, *checks: str) -> Any:
    page.set_viewport_size({"width": width, "height": 800})
    for check in checks:
        yield from (f"{way}: {fault}" for fault in page.evaluate(check))
