"""From nothing to a page in two languages, and what it takes to keep it in step.

Four people do it by the admin alone, all of them in Swedish and then all of them in English:
an editor, a translator and a clinical reviewer, and a visitor who reads what becomes of it.
"""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from .conftest import open_page, read_before_writing
from .people import Person, at_the_admin

pytestmark = pytest.mark.browser

# "One paragraph changed → English up to date", by an editor, a translator and a reviewer, each
# from the first page of the admin as somebody new to it goes: by its search and its lists.
MOST_CLICKS = 8
# Results of the search, the editor, the list of pages; the first page again; the desk, and the
# desk again; the first page again.
MOST_LOADS = 7


@dataclass(frozen=True)
class Method:
    """The texts to type, in Swedish and in English."""

    titles: tuple[str, str]
    slugs: tuple[str, str]
    section: str


METHODS = {
    "sv": Method(("Skrivterapi", "Writing therapy"), ("skrivterapi", "writing-therapy"), "Avsnitt"),
    "en": Method(("Dansterapi", "Dance therapy"), ("dansterapi", "dance-therapy"), "Section"),
}
INTRODUCTION = "I KBT övar du en liten stund om dagen."
WITHOUT_THE_TERM = "In therapy you practise for a short while each day."
SUMMARY = "Du övar hemma."
HEADING = "Så går det till"
PARAGRAPH = "Du börjar med det som känns lätt."
ENGLISH = {
    INTRODUCTION: "In CBT you practise for a short while each day.",
    SUMMARY: "You practise at home.",
    HEADING: "How it works",
    PARAGRAPH: "You begin with what feels easy.",
}
ADDED = "Sedan gör du lite till."
ADDED_IN_ENGLISH = "Then you do a little more."


@dataclass
class Team:
    editor: Person
    translator: Person
    reviewer: Person
    visitor: Page

    @property
    def clicks(self) -> dict[str, int]:
        return {
            "editor": self.editor.clicks,
            "translator": self.translator.clicks,
            "reviewer": self.reviewer.clicks,
        }

    @property
    def loads(self) -> dict[str, int]:
        return {
            "editor": self.editor.loads,
            "translator": self.translator.loads,
            "reviewer": self.reviewer.loads,
        }

    def begin(self) -> None:
        for person in (self.editor, self.translator, self.reviewer):
            person.begin()


@pytest.fixture(params=["sv", "en"])
def language(request: pytest.FixtureRequest) -> str:
    language: str = request.param
    return language


@pytest.fixture
def team(browser: Browser, demo_site: str, language: str, tmp_path: Path) -> Iterator[Team]:
    with ExitStack() as stack:
        people = [
            stack.enter_context(at_the_admin(browser, demo_site, name, language, tmp_path))
            for name in ("editor", "translator", "reviewer")
        ]
        visitor = stack.enter_context(
            browser.new_context(base_url=demo_site, viewport={"width": 390, "height": 800})
        )
        yield Team(*people, visitor=open_page(visitor))


@pytest.mark.sampled
def test_a_method_from_nothing_to_two_languages_in_step(team: Team, language: str) -> None:
    method = METHODS[language]
    page_id = create(team.editor, method, language)
    ask_for_english(team.editor, page_id)
    translate(team.translator, method)
    publish_both(team, method, language)
    team.begin()
    change_a_paragraph(team, method, language)
    bring_up_to_date(team, method, language)
    assert sum(team.clicks.values()) <= MOST_CLICKS, team.clicks
    assert sum(team.loads.values()) <= MOST_LOADS, team.loads


def create(editor: Person, method: Method, language: str) -> int:
    page = editor.page
    index = page.request.get(
        "/api/delivery/v1/pages/by-path/", params={"path": "/terapimetoder/"}
    ).json()
    page.goto(f"/admin/pages/{index['id']}/")
    page.locator("header a[href*='/add_subpage/'], a[href*='/add_subpage/']").first.click()
    page.wait_for_url("**/admin/pages/add/pages/therapymethodpage/**")
    read_before_writing(page)
    page.locator("#id_title").fill(method.titles[0])
    editor.write("introduction", INTRODUCTION)
    editor.write("summary", SUMMARY)
    page.locator("[data-contentpath=body] .c-sf-add-button").first.click()
    page.get_by_role("option", name=method.section, exact=True).click()
    page.locator("input[name=body-0-value-heading]").fill(HEADING)
    editor.write("body-0-value-text", PARAGRAPH)
    editor.picture("written")
    # A draft that is not saved yet would become two pages.
    page.wait_for_timeout(1000)
    expect(page.locator(".w-autosave-indicator__state--saved")).to_be_visible()
    editor.submit_for_review(language)
    page.get_by_role("link", name=re.compile(method.titles[0])).first.click()
    page.wait_for_url("**/edit/")
    return int(page.url.split("/")[-3])


def ask_for_english(editor: Person, page_id: int) -> None:
    page = editor.page
    page.locator('[data-side-panel-toggle="status"]').click()
    page.locator(f"a[href*='/localize/submit/page/{page_id}/']").locator("visible=true").click()
    editor.picture("asked-for-english")
    page.locator("form:has(input[name=locales]) [type=submit]").click()
    page.locator("[data-desk]").wait_for()


def translate(translator: Person, method: Method) -> None:
    page = translator.page
    page.goto("/admin/")
    translator.picture("what-a-translator-finds")
    # Among all that has begun: what the tests before this one left behind may be first in line.
    page.locator(".matrix-summary a[href*='language=en'][href*='status=in-translation']").click()
    page.locator("a.matrix-cell__step", has_text=method.titles[0]).click()
    # The first text that needs work is where the writing begins.
    expect(text_of(page, method.titles[0])).to_be_focused()
    texts = {method.titles[0]: method.titles[1], method.slugs[0]: method.slugs[1], **ENGLISH}
    for source, text in texts.items():
        expect(page.locator("button[name=action-submit]")).to_be_disabled()
        text_of(page, source).fill(WITHOUT_THE_TERM if source == INTRODUCTION else text)
        text_of(page, source).blur()
        expect(card_of(page, source)).to_have_attribute("data-open", "false")
    warning = card_of(page, INTRODUCTION).locator(".desk-warning")
    expect(warning).to_contain_text("CBT")
    translator.picture("warned-by-the-glossary")
    text_of(page, INTRODUCTION).fill(ENGLISH[INTRODUCTION])
    text_of(page, INTRODUCTION).blur()
    expect(warning).to_have_count(0)
    translator.picture("translated")
    page.locator("button[name=action-submit]").click()
    expect(page.locator(".messages .success")).to_contain_text(method.titles[1])


def publish_both(team: Team, method: Method, language: str) -> None:
    swedish, english = addresses(method)
    for title, address in zip(method.titles, (swedish, english), strict=True):
        answer = team.visitor.goto(address)
        assert answer is not None
        assert answer.status == 404
        team.reviewer.begin()
        team.reviewer.approve(title, language)
        team.visitor.reload()
        expect(team.visitor.locator("h1")).to_have_text(title)
    expect(team.visitor.locator("main")).to_contain_text(ENGLISH[PARAGRAPH])
    expect(team.visitor.locator("main")).to_contain_text("Rut Granskare, made-up psychologist")


def change_a_paragraph(team: Team, method: Method, language: str) -> None:
    editor, visitor = team.editor, team.visitor
    editor.picture("first-page-of-an-editor")
    editor.find_page(method.titles[0])
    read_before_writing(editor.page)
    editor.write("body-0-value-text", f" {ADDED}")
    meaning = editor.page.locator("input[name=change_weight][value=meaning]")
    expect(meaning).to_be_checked()
    editor.picture("changed")
    editor.submit_for_review(language)
    see_what_is_new(team.reviewer)
    team.reviewer.picture("what-a-reviewer-finds")
    team.reviewer.approve(method.titles[0], language)
    visitor.goto(addresses(method)[0])
    expect(visitor.locator("main")).to_contain_text(ADDED)
    visitor.goto(addresses(method)[1])
    expect(visitor.locator("main")).to_contain_text(ENGLISH[PARAGRAPH])
    expect(visitor.locator("main")).to_contain_text("This translation is being revised.")
    stale = visitor.request.get(
        "/api/delivery/v1/pages/by-path/", params={"path": addresses(method)[1]}
    ).json()
    assert stale["stale_since"]
    visitor.screenshot(path=team.editor.pictures / "stale-for-visitors.png", full_page=True)


def bring_up_to_date(team: Team, method: Method, language: str) -> None:
    translator, visitor = team.translator, team.visitor
    see_what_is_new(translator)
    translator.picture("behind")
    # Beside what the tests before this one have left behind.
    first = translator.page.locator(".matrix-summary__first a", has_text=method.titles[1])
    translator.click(first)
    changed = translator.page.locator("[data-desk-card][data-state=changed]")
    expect(changed.locator("ins, .desk-ins").first).to_contain_text(ADDED)
    expect(changed.locator("textarea[name^=text-]")).to_be_focused()
    translator.picture("what-has-changed")
    translator.page.keyboard.press("Control+End")
    translator.page.keyboard.type(f" {ADDED_IN_ENGLISH}")
    translator.click(translator.page.locator("button[name=action-submit]"))
    expect(translator.page.locator(".messages .success")).to_be_visible()
    see_what_is_new(team.reviewer)
    team.reviewer.approve(method.titles[1], language)
    visitor.goto(addresses(method)[1])
    expect(visitor.locator("main")).to_contain_text(f"{ENGLISH[PARAGRAPH]} {ADDED_IN_ENGLISH}")
    expect(visitor.locator("main")).not_to_contain_text("being revised")
    visitor.goto(addresses(method)[0])
    expect(visitor.locator("main")).to_contain_text(f"{PARAGRAPH} {ADDED}")


def see_what_is_new(person: Person) -> None:
    """Come back to the first page of the admin later: no step of the work, so not counted."""
    person.page.goto("/admin/")
    person.loads -= 1


def addresses(method: Method) -> tuple[str, str]:
    swedish, english = method.slugs
    return f"/terapimetoder/{swedish}/", f"/en/therapy-methods/{english}/"


def card_of(page: Page, source: str) -> Locator:
    said = page.locator(".desk-text").get_by_text(source, exact=True)
    return page.locator("[data-desk-card]", has=said)


def text_of(page: Page, source: str) -> Locator:
    return card_of(page, source).locator("textarea[name^=text-]")
