"""Tests parts that can be left out: headings, texts around items, buttons, minutes, labels."""

import json
from itertools import pairwise
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from wagtail.models import Page

from cms.content.content_digest import content_digest
from cms.translation.engine.parts import parts_of
from faq.models import FaqEntry
from pages.models import ContentPage, TherapyMethodPage
from tests.factories import ContentPageFactory
from tests.reading import Api, soup_of

TEXT = "<p>En text.</p>"
EMPTY = '<p data-block-key="a1b2c"></p>'


def with_body(*blocks: tuple[str, Any]) -> ContentPage:
    """Publish a page with a body of stored blocks, in which items have ids."""

    def stored(value: Any) -> Any:
        if isinstance(value, list):
            return [{"type": "item", "id": str(uuid4()), "value": item} for item in value]
        return value

    body = [
        {
            "type": kind,
            "id": str(uuid4()),
            "value": {name: stored(child) for name, child in value.items()},
        }
        for kind, value in blocks
    ]
    page: ContentPage = ContentPageFactory(
        parent=Page.objects.get(slug="hem"), slug="delar", body=json.dumps(body)
    )
    page.save_revision().publish()
    return page


def values(api: Api) -> list[Any]:
    return [block["value"] for block in api.page("/delar/")["content"]["body"]]


ITEMS = {
    "list": ["Sömn"],
    "steps": [{"title": "Först", "text": TEXT}],
    "key_points": [{"term": "Kort", "description": TEXT}],
}


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ITEMS)
def test_what_was_stored_before_has_no_texts(api: Api, client: Client, kind: str) -> None:
    with_body((kind, {"heading": "Rubrik", "items": ITEMS[kind]}))
    (value,) = values(api)
    assert (value["text_before"], value["text_after"]) == (None, None)
    block = soup_of(client, "/delar/").select_one(".body .block")
    assert block.h2.get_text() == "Rubrik"
    assert len(block.select(".items > *")) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ITEMS)
def test_texts_stand_before_and_after_the_items(api: Api, client: Client, kind: str) -> None:
    contact = Page.objects.get(slug="kontakt")
    before = f'<p>Före med <a linktype="page" id="{contact.pk}">länk</a>.</p>'
    around = {"text_before": before, "text_after": "<p>Avrundning.</p>"}
    page = with_body((kind, {"heading": "Rubrik", "items": ITEMS[kind], **around}))
    (value,) = values(api)
    assert value["text_before"] == {"html": '<p>Före med <a href="/kontakt/">länk</a>.</p>'}
    assert value["text_after"] == {"html": "<p>Avrundning.</p>"}
    parts = soup_of(client, "/delar/").select(".body .items > *")
    assert [part.name for part in parts] == [
        "div",
        "dl" if kind == "key_points" else parts[1].name,
        "div",
    ]
    assert parts[0].decode_contents() == value["text_before"]["html"]
    assert parts[2].get_text() == "Avrundning."
    markdown = api.get("pages/by-path/", path="/delar/", rich_text="markdown")
    assert markdown["content"]["body"][0]["value"]["text_before"] == {
        "markdown": "Före med [länk](/kontakt/)."
    }
    second = api.client.get(f"/api/v2/pages/{page.pk}/?rich_text_format=html").json()["body"][0][
        "value"
    ]
    assert {name: second[name] for name in around} == {name: value[name]["html"] for name in around}
    found = api.get("search/", locale="sv", q="Avrundning")["items"]
    assert "/delar/" in {hit["path"] for hit in found}


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ITEMS)
def test_empty_texts_are_none_and_change_nothing(api: Api, kind: str) -> None:
    page = with_body((kind, {"heading": "Rubrik", "items": ITEMS[kind]}))
    digest, parts = content_digest(page), parts_of(ContentPage, page.serializable_data())
    block = page.body.raw_data[0]
    block["value"] |= {"text_before": "", "text_after": EMPTY}
    page.save_revision().publish()
    (value,) = values(api)
    assert (value["text_before"], value["text_after"]) == (None, None)
    assert content_digest(page) == digest
    after = parts_of(ContentPage, page.serializable_data())
    assert {name for name in after if name.split("#")[0].endswith("text_before")} == set()
    assert parts.items() <= after.items()


@pytest.mark.django_db
@pytest.mark.sampled
@pytest.mark.parametrize("kind", [*ITEMS, "faq_list", "section"])
@pytest.mark.parametrize("heading", ["", "Rubrik"])
def test_the_outline_skips_no_level(api: Api, client: Client, kind: str, heading: str) -> None:
    if kind == "section":
        value: dict[str, Any] = {"text": TEXT}
    elif kind == "faq_list":
        value = {"entries": [FaqEntry.objects.filter(locale__language_code="sv").first().pk]}
    else:
        value = {"items": ITEMS[kind]}
    with_body((kind, {"heading": heading, **value}), ("section", {"heading": "Sen", "text": TEXT}))
    assert values(api)[0]["heading"] == heading
    main = soup_of(client, "/delar/").main
    levels = [int(element.name[1]) for element in main.find_all(["h1", "h2", "h3", "h4"])]
    assert levels[0] == 1
    assert all(below <= above + 1 for above, below in pairwise(levels)), levels
    assert [each for each in main.find_all(["h2", "h3"]) if not each.get_text(strip=True)] == []
    if kind == "steps":
        assert ("h3" if heading else "h2") == main.find(class_="step").find(["h2", "h3"]).name
    if kind == "faq_list":
        group = main.find(class_="faqs")
        named = None if heading else "Vanliga frågor"
        assert group.get("aria-label") == named
        assert group.get("role") == (named and "group")


@pytest.mark.django_db
def test_a_contact_without_a_button_is_a_callout(api: Api, client: Client) -> None:
    """Front ends of the first day read a button in every contact call to action."""
    with_body(("contact_cta", {"heading": "Hör av dig", "text": TEXT, "page": None}))
    (block,) = api.page("/delar/")["content"]["body"]
    assert block["type"] == "callout"
    assert block["value"] == {"tone": "info", "heading": "Hör av dig", "text": {"html": TEXT}}
    shown = soup_of(client, "/delar/").select_one(".body .block")
    assert shown.h2.get_text() == "Hör av dig"
    assert shown.find("a") is None
    page = ContentPage.objects.get(slug="delar")
    stored = api.client.get(f"/api/v2/pages/{page.pk}/").json()["body"][0]
    assert stored["type"] == "contact_cta"
    assert stored["value"]["button_label"] == ""


@pytest.mark.django_db
def test_a_contact_whose_page_is_hidden_is_left_out(api: Api) -> None:
    hidden = ContentPageFactory(parent=Page.objects.get(slug="hem"), slug="gomd", live=False)
    with_body(
        ("contact_cta", {"heading": "H", "text": TEXT, "button_label": "B", "page": hidden.pk})
    )
    assert values(api) == []


@pytest.fixture
def method(site: Any) -> TherapyMethodPage:
    return TherapyMethodPage.objects.get(slug="ipt", locale__language_code="sv")


def test_sessions_without_minutes(api: Api, client: Client, method: TherapyMethodPage) -> None:
    method.session_minutes = None
    method.full_clean()
    method.save_revision().publish()
    content = api.page("/terapimetoder/ipt/")["content"]
    assert content["sessions"] is None
    assert content["session_count"] == {"minimum": 12, "maximum": 16}
    (summary,) = [
        item
        for item in api.get("pages/", locale="sv", type="therapy_method")["items"]
        if item["id"] == method.pk
    ]
    assert (summary["sessions"], summary["session_count"]) == (None, content["session_count"])
    facts = soup_of(client, "/terapimetoder/ipt/").select_one(".facts")
    assert (
        facts.find("dt", string="Hur länge").find_next("dd").get_text(strip=True) == "12–16 samtal"
    )
    card = soup_of(client, "/terapimetoder/").find(
        "a", href="/terapimetoder/ipt/", class_="card-link"
    )
    sessions = card.find_parent(class_="card").select_one(".card-sessions")
    assert sessions.get_text(strip=True) == "12–16 samtal"


@pytest.mark.parametrize(
    ("path", "default"),
    [("/terapimetoder/kbt/", "I korthet"), ("/en/therapy-methods/cbt/", "In short")],
)
def test_the_summary_has_the_label_of_its_language(
    api: Api, client: Client, site: Any, path: str, default: str
) -> None:
    page = TherapyMethodPage.objects.get(pk=api.page(path)["id"])
    assert page.summary_label == ""
    for label in ("", "TL;DR"):
        page.summary_label = label
        page.save_revision().publish()
        expected = label or default
        assert api.page(path)["content"]["summary_label"] == expected
        assert soup_of(client, path).select_one(".in-short h2").get_text() == expected
    stored = api.client.get(f"/api/v2/pages/{page.pk}/").json()
    assert stored["summary_label"] == "TL;DR"
