"""The example front end, built from the running CMS and used in a real browser."""

import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from tests.browser.conftest import log_in, open_editor, open_page
from tests.contract.node import BIN, install, run
from tests.demo_server import ROOT, wait_for
from tests.reading import words
from tests.site.reference_page import TEXTS, form

pytestmark = pytest.mark.browser

FOLDER = ROOT / "examples" / "frontend"
API = "/api/delivery/v1/"


@pytest.fixture(scope="session")
def front_end(
    demo_site: str, front_end_port: int, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The address of the front end, checked, built and started as its README says."""
    install(FOLDER)
    address = f"http://127.0.0.1:{front_end_port}"
    environment = {
        "CMS_URL": demo_site,
        "SITE_URL": address,
        "HOST": "127.0.0.1",
        "PORT": str(front_end_port),
        "ASTRO_TELEMETRY_DISABLED": "1",
    }
    for command in ("check", "build"):
        done = run(FOLDER, "npm", "run", command, **environment)
        assert done.returncode == 0, done.stdout + done.stderr
    log = tmp_path_factory.mktemp("front-end") / "log"
    with log.open("w") as output:
        server = subprocess.Popen(
            [BIN / "node", "dist/server/entry.mjs"],
            cwd=FOLDER,
            env={**os.environ, **environment},
            stdout=output,
            stderr=output,
            # The environment's `node` is a program that starts the real one.
            start_new_session=True,
        )
    try:
        wait_for(address, server, log)
        yield address
    finally:
        os.killpg(server.pid, 15)
        server.wait(timeout=20)


@pytest.fixture
def visitor(browser: Browser, front_end: str, demo_site: str) -> Iterator[Page]:
    """A phone on the front end; a request to anybody else fails the test."""
    with browser.new_context(base_url=front_end, viewport={"width": 390, "height": 800}) as context:
        page = open_page(context)
        strangers: list[str] = []

        def notice(request: Any) -> None:
            if not request.url.startswith((front_end, demo_site, "data:")):
                strangers.append(request.url)

        page.on("request", notice)
        yield page
        assert strangers == []


def answer(page: Page, demo_site: str, path: str) -> Any:
    return page.request.get(f"{demo_site}{API}pages/by-path/", params={"path": path}).json()


@pytest.mark.parametrize(
    ("path", "language", "menu"),
    [("/", "sv", "Terapimetoder"), ("/en/", "en", "Therapy methods")],
)
def test_home_in_both_languages(visitor: Page, path: str, language: str, menu: str) -> None:
    visitor.goto(path)
    assert visitor.locator("html").get_attribute("lang") == language
    expect(visitor.get_by_role("navigation").get_by_role("link", name=menu)).to_be_visible()
    expect(visitor.locator("#crisis")).to_be_visible()
    assert visitor.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_language_switch_leads_there_and_back(visitor: Page) -> None:
    visitor.goto("/terapimetoder/ipt/")
    visitor.get_by_role("link", name="English").click()
    expect(visitor).to_have_url(f"{visitor.url.split('/en/')[0]}/en/therapy-methods/ipt/")
    assert visitor.locator("html").get_attribute("lang") == "en"
    visitor.get_by_role("link", name="Svenska").click()
    expect(visitor.locator("h1")).to_have_text("Vad är interpersonell terapi (IPT)?")


def test_a_concern_leads_to_the_methods_that_help_with_it(visitor: Page, demo_site: str) -> None:
    visitor.goto("/en/therapy-methods/")
    everything = visitor.locator(".cards li").count()
    visitor.get_by_role("link", name="Grief", exact=True).click()
    shown = visitor.locator(".cards li").count()
    concerns = visitor.request.get(f"{demo_site}{API}concerns/?locale=en&limit=100").json()
    grief = next(item for item in concerns["items"] if item["slug"] == "grief")
    assert 0 < shown == grief["method_count"] < everything
    expect(visitor).to_have_title("Grief – Samtal")
    expect(visitor.get_by_role("heading", name="Methods that can help")).to_be_visible()
    expect(visitor.get_by_role("heading", name="When to seek care")).to_be_visible()


@pytest.mark.parametrize("path", ["/terapimetoder/ipt/", "/en/therapy-methods/ipt/"])
def test_a_method_shows_every_block(visitor: Page, demo_site: str, path: str) -> None:
    page = answer(visitor, demo_site, path)
    visitor.goto(path)
    for block in page["content"]["body"]:
        section = visitor.locator(f"#block-{block['id']}")
        expect(section).to_be_visible()
        value = block["value"]
        for said in (value.get("heading"), value.get("button_label"), value.get("caption")):
            if said:
                expect(section).to_contain_text(said)
        for name in {"text_before", "text_after"} & value.keys():
            for paragraph in re.findall("<p>(.*?)</p>", (value[name] or {}).get("html", "")):
                expect(section).to_contain_text(words(paragraph))
        for item in value.get("items", []):
            expect(section).to_contain_text(
                item if isinstance(item, str) else item.get("title") or item["term"]
            )
        for entry in value.get("entries", []):
            expect(section).to_contain_text(entry["question"])
        for method in value.get("methods", []):
            expect(section.get_by_role("link", name=method["title"])).to_be_visible()
    label = page["content"]["summary_label"]
    expect(visitor.get_by_role("heading", name=label, exact=True)).to_be_visible()
    expect(visitor.locator(".crumbs")).to_contain_text(page["breadcrumbs"][0]["title"])
    pictures = visitor.locator("img").all()
    for picture in pictures:
        picture.scroll_into_view_if_needed()
    assert all(picture.get_attribute("alt") is not None for picture in pictures)
    # Not by a function that waits in the page: its policy evaluates no text.
    for picture in pictures:
        expect(picture).to_have_js_property("complete", True)
        assert picture.evaluate("image => image.naturalWidth") > 0


def test_every_built_page_says_its_own_address(visitor: Page, front_end: str) -> None:
    visitor.goto("/en/contact/")
    canonical = visitor.locator('link[rel="canonical"]').get_attribute("href")
    assert canonical == f"{front_end}/en/contact/"
    alternates = visitor.locator('link[rel="alternate"]')
    addresses = alternates.evaluate_all("links => links.map(link => link.href)")
    assert f"{front_end}/kontakt/" in addresses


def test_a_question_opens(visitor: Page) -> None:
    visitor.goto("/vanliga-fragor/")
    question = visitor.locator("details").first
    assert question.get_attribute("open") is None
    question.locator("summary").click()
    expect(question.locator(".prose")).to_be_visible()


def test_search_marks_words_and_leads_to_questions(visitor: Page) -> None:
    visitor.goto("/en/")
    visitor.get_by_role("link", name="Search").click()
    visitor.get_by_role("searchbox").fill("IPT")
    visitor.get_by_role("searchbox").press("Enter")
    # Beside the word itself, what it stands for is marked.
    expect(visitor.locator("mark", has_text="IPT").first).to_be_visible()
    question = visitor.locator('.hits a[href*="#question-"]').first
    title = question.text_content() or ""
    question.click()
    opened = visitor.locator("details[open]:has(:target)")
    expect(opened.locator("summary")).to_have_text(title)
    expect(opened.locator(".prose")).to_be_visible()


@pytest.mark.parametrize(
    ("address", "sentence"),
    [("/sok/?q=qwertyuiop", "Inga träffar på"), ("/en/search/?q=qwertyuiop", "No results for")],
)
def test_search_that_finds_nothing_says_so(visitor: Page, address: str, sentence: str) -> None:
    visitor.goto(address)
    expect(visitor.get_by_text(sentence)).to_be_visible()


@pytest.mark.parametrize(
    ("path", "language", "heading"),
    [("/finns/inte/", "sv", "Sidan finns inte"), ("/en/nowhere/", "en", "There is no such page")],
)
def test_an_unknown_path(visitor: Page, path: str, language: str, heading: str) -> None:
    response = visitor.goto(path)
    assert response is not None
    assert response.status == 404
    assert visitor.locator("html").get_attribute("lang") == language
    expect(visitor.get_by_role("heading", name=heading)).to_be_visible()


@pytest.fixture
def desk(browser: Browser, demo_site: str) -> Iterator[Page]:
    """An editor at the CMS."""
    with browser.new_context(
        base_url=demo_site, viewport={"width": 1400, "height": 900}
    ) as context:
        page = open_page(context)
        log_in(page, "editor")
        yield page


def write_heading(desk: Page, preview: FrameLocator, text: str) -> str:
    """Write the heading, with a number behind it, until the preview shows it; give what it shows.

    Wagtail takes what is written while it saves a draft by itself for a part of that draft, and
    shows it with the next change only; who goes on typing does not notice. It compares every half
    second, so the next change is one only where the words are others.
    """
    for attempt in range(1, 5):
        heading = f"{text} {attempt}"
        desk.locator("#id_heading").fill(heading)
        with suppress(AssertionError):
            expect(preview.locator("h1")).to_have_text(heading)
            return heading
    pytest.fail(f"The preview never showed {text!r}.")


def test_a_draft_is_previewed_in_the_front_end(desk: Page, demo_site: str, front_end: str) -> None:
    open_editor(desk, answer(desk, demo_site, "/kontakt/")["id"])
    desk.locator('[data-side-panel-toggle="preview"]').click()
    preview = desk.frame_locator("#w-preview-iframe")
    heading = write_heading(desk, preview, "Ord som bara redaktören ser")
    desk.locator("#id_preview_mode").select_option("front-end")
    expect(preview.get_by_text("Utkast.")).to_be_visible(timeout=30_000)
    expect(preview.locator("h1")).to_have_text(heading, timeout=30_000)
    write_heading(desk, preview, "Och så ändrade hen sig")
    public = desk.request.get(f"{front_end}/kontakt/").text()
    assert "Och så ändrade" not in public


def test_a_page_in_all_parts_is_shown_whole(desk: Page, demo_site: str, front_end: str) -> None:
    index = answer(desk, demo_site, "/terapimetoder/")["id"]
    address = f"{demo_site}/admin/pages/add/pages/therapymethodpage/{index}/"
    desk.goto(address)
    chosen = {
        name: [
            item["id"]
            for item in desk.request.get(f"{demo_site}{API}{name}/?locale=sv").json()["items"]
        ]
        for name in ("faqs", "self-test-ctas")
    }
    data = form(cta=chosen["self-test-ctas"][0], entries=chosen["faqs"][:5])
    del data["action-publish"]
    # Another block with the same questions.
    again = {key.replace("body-7-", "body-8-"): data[key] for key in data if "body-7-" in key}
    data |= again | {"body-count": "9", "body-8-order": "8", "body-8-value-heading": "Igen"}
    data["csrfmiddlewaretoken"] = desk.locator(
        "input[name=csrfmiddlewaretoken]"
    ).first.input_value()
    saved = desk.request.post(address, form=data, headers={"referer": address})
    found = re.search(r"/admin/pages/(\d+)/edit/", saved.url)
    assert found, saved.text()
    desk.goto(f"/admin/pages/{found[1]}/view_draft/?mode=front-end")
    assert desk.url.startswith(front_end)
    main = desk.locator("main")
    for text in TEXTS.keys() - {"gft", "GFT", data["title"]}:
        expect(main.get_by_text(text, exact=True)).to_be_visible()
    headings = desk.locator("h1, h2, h3, h4")
    levels = headings.evaluate_all("all => all.map(each => Number(each.tagName[1]))")
    assert all(below <= above + 1 for above, below in pairwise(levels)), levels
    assert all(headings.all_text_contents())
    expect(main.get_by_text("6–10 samtal", exact=True)).to_be_visible()
    expect(main.get_by_role("group", name="Vanliga frågor")).to_be_visible()
    assert main.locator("details").count() == 10
    ids = desk.locator("[id]").evaluate_all("all => all.map(each => each.id)")
    assert len(ids) == len(set(ids)), ids


def test_what_is_published_and_moved_after_the_build(
    desk: Page, visitor: Page, demo_site: str, front_end: str
) -> None:
    open_editor(desk, answer(desk, demo_site, "/terapimetoder/parterapi/")["id"])
    desk.locator("#tab-label-marknadsfor").click()
    desk.locator("#id_slug").fill("par-i-terapi")
    desk.locator("footer").get_by_role("button", name="Fler åtgärder").click()
    desk.locator("button[name=action-publish]").click()
    desk.wait_for_url(re.compile(r"/admin/pages/\d+/$"))
    new = visitor.goto(f"{front_end}/terapimetoder/par-i-terapi/")
    assert new is not None
    assert new.status == 200
    expect(visitor.locator(".crumbs")).to_contain_text("Parterapi")
    # What was built stands until it is built again; here it is dropped, as the feed would say.
    (FOLDER / "dist/client/terapimetoder/parterapi/index.html").unlink()
    old = visitor.request.get(f"{front_end}/terapimetoder/parterapi/", max_redirects=0)
    assert (old.status, old.headers["location"]) == (301, "/terapimetoder/par-i-terapi/")


def test_the_feed_says_what_to_build_again(demo_site: str) -> None:
    version = FOLDER / ".last-version"
    version.unlink(missing_ok=True)
    first = run(FOLDER, "npm", "run", "-s", "changed", CMS_URL=demo_site)
    assert first.stdout.strip().endswith("build  everything"), first.stderr
    again = run(FOLDER, "npm", "run", "-s", "changed", CMS_URL=demo_site)
    assert again.stdout.strip() == "nothing has changed", again.stderr
    version.unlink()


def test_it_runs_the_self_test(visitor: Page) -> None:
    visitor.goto("/en/self-test/")
    test = visitor.locator("[data-self-test]")
    for number in range(1, 9):
        expect(test.locator("fieldset:visible h3")).to_contain_text(f"Question {number} of 8:")
        test.locator("fieldset:visible input").last.check()
        test.get_by_role("button", name="Go on").click()
    expect(test.locator("[data-band]:visible h3")).to_have_text("You seem to be carrying a lot")
    expect(test.locator("[data-band]:visible h3")).to_be_focused()
    expect(test.get_by_role("status").locator("a[href='tel:112']")).to_be_visible()
    test.get_by_role("button", name="Start over").click()
    expect(test.locator("input:checked")).to_have_count(0)
    assert visitor.url.endswith("/en/self-test/")
