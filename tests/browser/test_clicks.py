"""How many clicks the work of editors takes, by the way that somebody new to the admin goes.

Counted are presses of the pointer, also those into a field; none of them needs the keyboard, which
is there for the texts. What the counts are is printed (`-s`).
"""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.site.reference_page import TEXTS

from .conftest import read_before_writing
from .people import APPROVE, SUBMIT, Person, at_the_admin
from .writing import PAGES, Writer

pytestmark = pytest.mark.browser

MOST_TO_BUILD = 72
MOST_TO_TRANSLATE = {"next text": 55, "Ctrl+Enter": 5}
MOST_FOR_A_QUESTION = 25

TITLE = "GFT – Gestaltningsfokuserad terapi"
# The address is made of the title.
ENGLISH = {text: english for text, english in TEXTS.items() if text != "gft"} | {
    "gft-gestaltningsfokuserad-terapi": "ift-imagery-focused-therapy"
}
LISTS = (
    [
        "Mardrömmar",
        "Skamfyllda minnen",
        "Rädsla inför det som väntar",
        "Saknad",
        "Spänningar i kroppen",
    ],
    [
        "Du ser ofta samma bild",
        "Du har svårt att hitta ord",
        "Du vill arbeta i små steg",
        "Du har gått i terapi förut",
        "Du är nyfiken",
    ],
)
STEPS = {
    "Landa": "Ni börjar med hur du har det.",
    "Välja": "Du väljer en bild att stanna vid.",
    "Utforska": "Ni ser på den från flera håll.",
    "Avsluta": "Du lämnar bilden för den här gången.",
}
POINTS = {
    "Bilder": "De kommer före orden.",
    "Takten": "Du bestämmer den.",
    "Hemma": "Övningarna är korta.",
}
QUESTIONS = 5
PARTS = [
    "list",
    "self_test_cta",
    "steps",
    "list",
    "key_points",
    "section",
    "callout",
    "faq_list",
]
# Methods with questions whose original is Swedish.
METHODS = ("KBT – Kognitiv beteendeterapi", "PDT – Psykodynamisk terapi", "Parterapi")
QUESTION = "Kan jag byta tid?"
NEW_QUESTION = {"sv": ("Ny fråga", "Skapa fråga"), "en": ("New question", "Create question")}
METHODS_LIST = "Terapimetoder"


@pytest.fixture(params=["sv", pytest.param("en", marks=pytest.mark.full)])
def language(request: pytest.FixtureRequest) -> str:
    language: str = request.param
    return language


@pytest.mark.full
@pytest.mark.parametrize("by", ["Ctrl+Enter", pytest.param("next text", marks=pytest.mark.full)])
def test_the_reference_page_from_nothing_to_its_translation(
    browser: Browser, demo_site: str, tmp_path: Path, by: str
) -> None:
    language = "sv" if by == "Ctrl+Enter" else "en"
    with at_the_admin(browser, demo_site, "editor", language, tmp_path) as editor:
        editor.begin()
        build(editor, language)
        tell("reference page from nothing", editor.clicks, MOST_TO_BUILD)
        editor.clicks = 0
        ask_for_english(editor)
        asked = editor.clicks
    with at_the_admin(browser, demo_site, "reviewer", language, tmp_path) as reviewer:
        reviewer.begin()
        reviewer.approve(TITLE, language)
        methods = reviewer.page.request.get(
            "/api/delivery/v1/pages/", params={"locale": "sv", "type": "therapy_method"}
        ).json()
        path = next(each["path"] for each in methods["items"] if each["title"] == TITLE)
        page = reviewer.page.request.get(
            "/api/delivery/v1/pages/by-path/", params={"path": path}
        ).json()
        assert [block["type"] for block in page["content"]["body"]] == PARTS
        assert len(page["content"]["body"][-1]["value"]["entries"]) == QUESTIONS
    with at_the_admin(browser, demo_site, "translator", language, tmp_path) as translator:
        translator.begin()
        translate(translator, by)
        tell(f"its translation, by {by}", asked + translator.clicks, MOST_TO_TRANSLATE[by])


def tell(what: str, clicks: int, most: int) -> None:
    print(f"\n{what}: {clicks} clicks")  # noqa: T201
    assert clicks <= most


def build(editor: Person, language: str) -> None:
    open_new_method(editor, language)
    form = Writer(editor, language)
    form.text("title", TITLE)
    form.text("heading", "Hur kan inre bilder hjälpa?")
    form.rich_text(
        "introduction",
        "Alla bär på bilder av det som har varit.",
        "En del av dem gör ont när de kommer.",
        "Här får du veta hur ni arbetar med dem.",
    )
    form.text("summary_label", "Det viktigaste")
    form.rich_text("summary", "GFT är en samtalsterapi om inre bilder.")
    form.text("abbreviation", "GFT")
    form.text("sessions_minimum", "6")
    form.text("sessions_maximum", "10")
    part = form.block("list")
    form.text(f"{part}heading", "Vad hjälper metoden mot?", focused=True)
    form.rich_text(f"{part}text_before", "Den används ofta när något kommer tillbaka:")
    form.items(f"{part}items", LISTS[0])
    form.rich_text(f"{part}text_after", "Du behöver inte veta varifrån de kommer.")
    form.choose(f"{form.block('self_test_cta')}cta", "Hur har du mått på sistone?")
    part = form.block("steps")
    form.text(f"{part}heading", "Hur går ett möte till?", focused=True)
    form.rich_text(f"{part}text_before", "Varje gång följer samma ordning.")
    form.items(f"{part}items", [{"title": title, "text": text} for title, text in STEPS.items()])
    form.rich_text(f"{part}text_after", "Mellan gångerna övar du i egen takt.")
    part = form.block("list")
    form.text(f"{part}heading", "Vem passar den för?", focused=True)
    form.rich_text(
        f"{part}text_before",
        "Du behöver inte ha livlig fantasi.",
        "Det räcker att något av det här stämmer:",
    )
    form.items(f"{part}items", LISTS[1])
    form.rich_text(f"{part}text_after", "Är du osäker pratar vi om det.")
    part = form.block("key_points")
    form.text(f"{part}heading", "Vad är särskilt med den?", focused=True)
    form.rich_text(f"{part}text_before", "Framför allt:")
    form.items(f"{part}items", [{"term": term, "description": d} for term, d in POINTS.items()])
    form.rich_text(f"{part}text_after", "Annat liknar andra samtal.")
    part = form.block("section")
    form.text(f"{part}heading", "Hur börjar man?", focused=True)
    form.rich_text(f"{part}text", "Skriv några rader till oss.", "Vi svarar inom två dagar.")
    part = form.block("contact_cta")
    form.text(f"{part}heading", "Hör av dig", focused=True)
    form.rich_text(f"{part}text", "Du kan också ringa.")
    dialog = form.choose_several(form.block("faq_list"))
    for row in dialog.locator("[data-multiple-choice-select]").all()[:QUESTIONS]:
        editor.click(row)
    editor.click(dialog.locator("[data-multiple-choice-submit]"))
    expect(dialog).to_have_count(0)
    editor.picture("reference-page")
    editor.submit_for_review(language)


def open_new_method(editor: Person, language: str) -> None:
    """By the menu, the pages below the first one, and the plus sign of the list of methods."""
    page = editor.page
    editor.click(page.get_by_role("button", name=PAGES[language], exact=True))
    explorer = page.locator(".c-page-explorer")
    below = explorer.locator(".c-page-explorer__item", has_text="Startsida")
    editor.click(below.locator(".c-page-explorer__item__action").last)
    editor.click(explorer.get_by_role("link", name=METHODS_LIST, exact=True))
    page.wait_for_url(re.compile(r"/admin/pages/\d+/$"))
    editor.click(page.locator("header a[href*='/add_subpage/']").first)
    page.wait_for_url("**/admin/pages/add/pages/therapymethodpage/**")
    read_before_writing(page)


def ask_for_english(editor: Person) -> None:
    """From the list in which one lands after a page was submitted."""
    page = editor.page
    row = page.locator("tr", has=page.get_by_role("link", name=TITLE, exact=True))
    editor.click(row.locator("[data-controller~=w-dropdown] button").first)
    editor.click(page.locator("a[href*='/localize/submit/page/']").locator("visible=true"))
    editor.click(page.locator("form:has(input[name=locales]) [type=submit]"))
    page.locator("[data-desk]").wait_for(timeout=60_000)


def translate(translator: Person, by: str) -> None:
    page = translator.page
    translator.click(page.locator(".matrix-summary__first").get_by_role("link", name=TITLE))
    for number in range(len(ENGLISH)):
        card = page.locator("[data-desk-card]", has=page.locator("textarea[name^=text-]:focus"))
        key = str(card.get_attribute("id"))
        source = card.locator(".desk-text").first.inner_text().strip()
        page.keyboard.type(ENGLISH[source])
        if number == len(ENGLISH) - 1:
            page.keyboard.press("Tab")
        elif by == "Ctrl+Enter":
            page.keyboard.press("Control+Enter")
        else:
            translator.click(page.locator("[data-desk-next]").locator("visible=true").first)
        expect(page.locator(f"#{key}")).to_have_attribute("data-open", "false")
    translator.picture("reference-page-translated")
    translator.click(page.locator("button[name=action-submit]"))
    expect(page.locator(".messages .success")).to_contain_text(TEXTS[TITLE])


def test_a_question_on_three_pages(
    browser: Browser, demo_site: str, tmp_path: Path, language: str
) -> None:
    question = f"{QUESTION} ({language})"
    ways: list[Callable[[Writer, Locator], None]] = [
        lambda form, dialog: make_question(form, dialog, question, language),
        *[lambda form, dialog: find_question(form, dialog, question)] * 2,
    ]
    with at_the_admin(browser, demo_site, "editor", language, tmp_path) as editor:
        editor.begin()
        for title, choose in zip(METHODS, ways, strict=True):
            if title == METHODS[0]:
                editor.find_page(title, title.split()[0])
            else:
                # In the list in which one lands after a page was submitted.
                rows = editor.page.locator("main table")
                editor.click(rows.get_by_role("link", name=title, exact=True))
                editor.page.wait_for_url("**/edit/")
            read_before_writing(editor.page)
            mark = editor.page.locator('input[value="faq_list"][name$="-type"]').first
            prefix = str(mark.get_attribute("name")).removesuffix("type") + "value-"
            form = Writer(editor, language)
            choose(form, form.choose_several(prefix))
            chosen = editor.page.locator("[data-chooser-title]", has_text=question)
            expect(chosen.locator("visible=true")).to_have_count(1)
            # A draft that is saved while the form is refused is taken for one of another window.
            expect(editor.page.locator(".w-autosave-indicator__state--saved")).to_be_visible()
            # Each page says that its English readers will miss the question until it is translated.
            button = editor.page.locator("footer").get_by_role("button", name=SUBMIT[language])
            editor.click(button.first)
            expect(editor.page.locator(".messages")).to_contain_text(question)
            editor.submit_for_review(language)
        tell("a new question on three pages", editor.clicks, MOST_FOR_A_QUESTION)
    with at_the_admin(browser, demo_site, "reviewer", language, tmp_path) as reviewer:
        reviewer.begin()
        for title in METHODS:
            approve_with_loss(reviewer, title, question, language)
        for path in ("kbt", "pdt", "parterapi"):
            assert question in reviewer.page.request.get(f"/terapimetoder/{path}/").text()


def approve_with_loss(reviewer: Person, title: str, question: str, language: str) -> None:
    """Approve on the first page, and once more where one is told what readers will miss."""
    page = reviewer.page
    row = page.locator("tr", has=page.get_by_role("link", name=title, exact=True))
    row.get_by_role("button", name=APPROVE[language]).click()
    expect(page.locator("main")).to_contain_text(question)
    page.locator("main form [type=submit]").locator("visible=true").first.click()
    expect(page.locator(".messages .success")).to_contain_text(title)
    page.goto("/admin/")


def make_question(form: Writer, dialog: Locator, question: str, language: str) -> None:
    """In the dialog of the first page, where it is missed."""
    tab, create = NEW_QUESTION[language]
    form.person.click(dialog.get_by_role("tab", name=tab))
    # The tab takes the focus once more, before anybody has found the field.
    form.page.wait_for_timeout(1500)
    field = dialog.locator("[name=question]")
    form.person.click(field)
    field.fill(question)
    answer = dialog.locator("[contenteditable=true]")
    form.person.click(answer)
    expect(answer).to_be_focused()
    form.page.keyboard.type("Ja, fram till dagen före.")
    expect(dialog.locator("[name=answer]")).to_have_value(re.compile("dagen före"))
    # One click opens the list, another chooses.
    dialog.locator("[name=topic]").select_option(index=1)
    form.person.clicks += 2
    form.person.click(dialog.get_by_role("button", name=create))
    expect(dialog).to_have_count(0)


def find_question(form: Writer, dialog: Locator, question: str) -> None:
    words = dialog.locator("input[name=q]")
    form.person.click(words)
    # All at once: the dialog's tab may take the focus while somebody types. Return asks for what
    # stood there before the dialog listened.
    words.fill(question)
    words.press("Enter")
    row = dialog.locator("tr", has_text=question)
    expect(dialog.locator("[data-multiple-choice-select]")).to_have_count(1)
    # Typing asks as well, a moment later: those rows take the place of these, and nothing is
    # chosen in them.
    form.page.wait_for_timeout(1000)
    form.page.wait_for_load_state("networkidle")
    form.person.click(row.locator("[data-multiple-choice-select]"))
    form.person.click(dialog.locator("[data-multiple-choice-submit]"))
    expect(dialog).to_have_count(0)
