"""The admin speaks one language at a time: each page that each role can reach, in both."""

from collections import deque
from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, Page, Route

from .one_language import LINKS, TEXTS, foreign_texts, kind_of
from .people import at_the_admin

pytestmark = pytest.mark.browser

# They end the session, answer with a file or show what another address shows.
PASSED_OVER = ("/logout/", "export", "ordering=", "/admin/bulk/", "/admin/sprite")
TITLE = "PDT – Psykodynamisk terapi"
PICTURES = "**/*.{png,jpg,jpeg,webp,avif,woff2}"


# What opens over an editor, which no link leads to.
DIALOGS = (
    "choose-page/",
    "choose-page/?page_type=pages.TherapyMethodPage&multiple=1",
    *(f"choose-{kind}-link/" for kind in ("external", "email", "phone", "anchor")),
    "documents/chooser/",
    "embeds/chooser/",
    "images/chooser/",
    "images/chooser/?select_format=true",
    "snippets/choose/faq/faqentry/?locale=sv&multiple=1",
    "snippets/choose/faq/faqtopic/?locale=en",
    "snippets/choose/pages/concern/",
    "snippets/choose/pages/selftestcalltoaction/?locale=sv",
)
SHOW = """
(markup) => {
    document.querySelector("main").innerHTML = markup;
    document.querySelectorAll("main [hidden]").forEach((part) => part.removeAttribute("hidden"));
}
"""


def open_dialogs(page: Page, language: str) -> dict[str, set[str]]:
    """Show what each dialog of the editors holds, all tabs at once; gives the foreign texts."""
    found: dict[str, set[str]] = {}
    page.goto("/admin/")
    for dialog in DIALOGS:
        answer = page.request.get(f"/admin/{dialog}")
        assert answer.ok, f"{dialog} answers {answer.status}"
        page.evaluate(SHOW, answer.json()["html"])
        if wrong := foreign_texts(language, page.evaluate(TEXTS)):
            found[dialog] = wrong
    return found


def walk(page: Page, language: str) -> dict[str, set[str]]:
    """Open one page of each kind that links lead to; gives the foreign texts of each."""
    seen: set[str] = set()
    found: dict[str, set[str]] = {}
    waiting = deque(["/admin/"])
    while waiting:
        url = waiting.popleft()
        if kind_of(url) in seen or any(part in url for part in PASSED_OVER):
            continue
        seen.add(kind_of(url))
        response = page.goto(url)
        assert response is not None
        assert response.status < 400, f"A link leads to {url}, which answers {response.status}"
        if page.locator("html").get_attribute("lang") != language:
            # A preview of the site, in the language of its content.
            continue
        if wrong := foreign_texts(language, page.evaluate(TEXTS)):
            found[url] = wrong
        links = (urljoin(url, link.partition("#")[0]) for link in page.evaluate(LINKS))
        waiting.extend(link for link in links if link.startswith("/admin"))
    assert len(seen) > 20, "The walk has hardly begun."
    print(f"{len(seen)} kinds of page, {sum(map(len, found.values()))} texts found")  # noqa: T201
    return found


@pytest.mark.sampled
@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize(
    "username",
    [
        "admin",
        pytest.param("editor", marks=pytest.mark.full),
        pytest.param("translator", marks=pytest.mark.full),
        pytest.param("reviewer", marks=pytest.mark.full),
    ],
)
def test_no_word_of_another_language(
    browser: Browser, demo_site: str, tmp_path: Path, username: str, language: str
) -> None:
    if username == "reviewer":
        # Without it, a reviewer has no editor to open.
        with at_the_admin(browser, demo_site, "editor", language, tmp_path) as editor:
            editor.find_page(TITLE, "Psykodynamisk")
            editor.write("introduction", " Samtal.")
            editor.submit_for_review(language)
    with at_the_admin(browser, demo_site, username, language, tmp_path) as person:
        person.page.route(PICTURES, lambda route: drop(route))
        found = walk(person.page, language)
        if username in ("admin", "editor"):
            found |= open_dialogs(person.page, language)
        assert not found, "\n".join(f"{url}: {texts}" for url, texts in found.items())
        if username == "reviewer":
            person.page.goto("/admin/")
            person.approve(TITLE, language)


def drop(route: Route) -> None:
    route.abort()
