"""An editor in a real browser chooses, makes and sorts questions, and describes an image."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from .conftest import log_in, open_editor, open_page

pytestmark = pytest.mark.browser

PATHS = {"sv": "/terapimetoder/ipt/", "en": "/en/therapy-methods/ipt/"}


@pytest.fixture
def desk(browser: Browser, demo_site: str) -> Iterator[Page]:
    with browser.new_context(
        base_url=demo_site, viewport={"width": 1400, "height": 1000}
    ) as context:
        page = open_page(context)
        log_in(page, "editor")
        yield page


def open_method(desk: Page) -> int:
    answer = desk.request.get("/api/delivery/v1/pages/by-path/", params={"path": PATHS["sv"]})
    page_id: int = answer.json()["id"]
    open_editor(desk, page_id)
    return page_id


def block(desk: Page, kind: str) -> Locator:
    """Return the first block of a type in the body."""
    marks = desk.locator(f'input[type=hidden][value="{kind}"][name$="-type"]')
    return marks.first.locator("xpath=..")


def chosen_titles(block: Locator) -> list[str]:
    chosen = block.locator("[data-chooser-title]").locator("visible=true")
    return [text.strip() for text in chosen.all_text_contents()]


def choose_several(desk: Page, block: Locator) -> Locator:
    block.get_by_role("button", name="Välj flera").click()
    modal = desk.locator(".modal")
    expect(modal.locator("[data-multiple-choice-select]").first).to_be_visible()
    return modal


def test_several_questions_are_added_at_once(desk: Page) -> None:
    open_method(desk)
    faq = block(desk, "faq_list")
    before = chosen_titles(faq)
    modal = choose_several(desk, faq)
    titles = []
    for row in modal.locator("tr", has=desk.locator("[data-multiple-choice-select]")).all():
        title = row.locator("td").nth(1).inner_text().strip()
        # One that the list has already, and two that it has not.
        if title == before[0] or (title not in before and len(titles) < 2):
            row.locator("[data-multiple-choice-select]").check()
            titles += [title] if title not in before else []
    modal.locator("[data-multiple-choice-submit]").click()
    expect(modal).to_have_count(0)
    assert len(titles) == 2
    assert chosen_titles(faq) == before + titles


def test_several_methods_are_added_at_once(desk: Page) -> None:
    open_method(desk)
    related = block(desk, "related_methods")
    before = chosen_titles(related)
    related.get_by_role("button", name="Välj flera").click()
    modal = desk.locator(".modal")
    for name in ("EMDR", "DBT"):
        modal.locator("tr", has_text=name).locator("input[type=checkbox]").check()
    modal.locator("[data-multiple-choice-submit]").click()
    expect(modal).to_have_count(0)
    added = chosen_titles(related)[len(before) :]
    assert [title.split()[0] for title in added] == ["EMDR", "DBT"]


def test_a_new_question_is_made_in_the_chooser(desk: Page) -> None:
    open_method(desk)
    faq = block(desk, "faq_list")
    before = chosen_titles(faq)
    modal = choose_several(desk, faq)
    modal.get_by_role("tab", name="Ny fråga").click()
    # The tab takes the focus once more, before anybody has found the field.
    desk.wait_for_timeout(1500)
    modal.locator("[name=question]").fill("Hur känns det efteråt?")
    answer = modal.locator("[contenteditable=true]")
    answer.click()
    expect(answer).to_be_focused()
    answer.press_sequentially("Många känner sig lättade.")
    expect(answer).to_contain_text("lättade")
    expect(modal.locator("[name=answer]")).to_have_value(re.compile("lättade"))
    modal.locator("[name=topic]").select_option(index=1)
    modal.locator("[name=publish]").uncheck()
    modal.get_by_role("button", name="Skapa fråga").click()
    expect(modal).to_have_count(0)
    assert chosen_titles(faq) == [*before, "Hur känns det efteråt?"]
    public = desk.request.get("/api/delivery/v1/faqs/?locale=sv&limit=100").text()
    assert "Hur känns det efteråt?" not in public


def test_items_are_dragged_into_another_order(desk: Page) -> None:
    open_method(desk)
    faq = block(desk, "faq_list")
    before = chosen_titles(faq)
    handles = faq.locator('[data-streamfield-action="DRAG"]').locator("visible=true")
    # The first handle is that of the block itself.
    handles.nth(1).scroll_into_view_if_needed()
    source, target = handles.nth(1).bounding_box(), handles.nth(2).bounding_box()
    assert source
    assert target
    desk.mouse.move(source["x"] + 5, source["y"] + 5)
    desk.mouse.down()
    for step in range(1, 21):
        desk.mouse.move(
            target["x"] + 5, source["y"] + 5 + (target["y"] + 40 - source["y"]) * step / 20
        )
    desk.mouse.up()
    expect(faq.locator("[data-chooser-title]").first).to_have_text(before[1])
    assert chosen_titles(faq) == [before[1], before[0], *before[2:]]


def test_the_description_of_an_image_is_offered_in_its_language(desk: Page) -> None:
    page_id = open_method(desk)
    figure = block(desk, "image")
    image_id = figure.locator('input[name$="-image"]').input_value()
    desk.goto(f"/admin/images/{image_id}/")
    desk.locator("input[name=description]").fill("Två pratbubblor")
    desk.locator("form button[type=submit]").filter(has_text="Spara").first.click()
    desk.wait_for_url("**/admin/images/")
    open_editor(desk, page_id)
    text = block(desk, "image").locator('input[name$="-alt_text"]')
    offer = block(desk, "image").get_by_role("button", name="Två pratbubblor")
    expect(text).to_have_value("Två mjuka pratbubblor som går in i varandra")
    offer.click()
    expect(text).to_have_value("Två pratbubblor")
    expect(offer).to_be_hidden()
    text.fill("Egna ord")
    expect(offer).to_be_visible()
    # The image of the page itself.
    desk.locator("#id_image-chooser [data-chooser-action-choose]").last.evaluate("e => e.click()")
    desk.locator(f'.modal a[href*="/chosen/{image_id}/"]').click()
    desk.locator(".w-panel", has=desk.locator("#id_image_alt_text")).last.get_by_role(
        "button", name="Två pratbubblor"
    ).click()
    expect(desk.locator("#id_image_alt_text")).to_have_value("Två pratbubblor")
    # A page whose original is English: nothing in Swedish is offered.
    english = desk.request.get(
        "/api/delivery/v1/pages/by-path/", params={"path": "/en/therapy-methods/"}
    ).json()["id"]
    desk.goto(f"/admin/pages/add/pages/therapymethodpage/{english}/")
    desk.locator("[data-contentpath=body] .c-sf-add-button").first.click()
    desk.get_by_role("option", name=re.compile("^Bild")).first.click()
    added = block(desk, "image")
    expect(added.locator('input[name$="-alt_text"]')).to_be_visible()
    added.get_by_role("button", name="Välj en bild").click()
    desk.locator(
        f'.modal a[href*="/chosen/{image_id}/"], .modal a[href*="/{image_id}/"]'
    ).first.click()
    expect(added.locator('input[name$="-image"]')).to_have_value(image_id)
    expect(added.get_by_text("Två pratbubblor")).to_have_count(0)
    expect(added.locator('input[name$="-alt_text"]')).to_have_value("")
