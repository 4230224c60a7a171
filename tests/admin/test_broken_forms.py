"""Malformed forms get an explanation in the editor's language and change no content."""

import json
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from wagtail.models import APIToken, Page

from faq.models import FaqEntry
from pages.models import SiteFurniture
from tests.admin.test_editing import method_form

NUL = "a\0b"


@pytest.fixture
def page(db: None) -> Any:
    return Page.objects.get(slug="ipt", locale__language_code="sv").specific


def edit(page: Any) -> str:
    return f"/admin/pages/{page.pk}/edit/"


def without(form: dict[str, str], name: str) -> dict[str, str]:
    assert name in form
    return {key: value for key, value in form.items() if key != name}


def rich_text_json(text: str = "x", **entity: Any) -> str:
    """Rich text as Draftail sends it, with an entity on the first character if one is given."""
    ranges = [{"offset": 0, "length": 1, "key": 0}] if entity else []
    block = {
        "key": "a",
        "text": text,
        "type": "unstyled",
        "depth": 0,
        "inlineStyleRanges": [],
        "entityRanges": ranges,
    }
    entities = {"0": {"mutability": "MUTABLE", **entity}} if entity else {}
    return json.dumps({"blocks": [block], "entityMap": entities})


def link_json(key: Any, kind: str = "LINK") -> str:
    return rich_text_json(type=kind, data={"id": key})


RICH_BLOCK = "body-2-value-items-0-value-text"
FIRST_LIST = "body-0-value-items"
BROKEN: dict[str, dict[str, str | None]] = {
    "no count": {"body-count": None},
    "a word as count": {"body-count": "nonsense"},
    "a negative count": {"body-count": "-5"},
    "too small a count": {"body-count": "1"},
    "none where there are some": {"body-count": "0"},
    "too large a count": {"body-count": "99999999999999999999"},
    "no count of a list": {f"{FIRST_LIST}-count": None},
    "too small a count of a list": {f"{FIRST_LIST}-count": "1"},
    "no type": {"body-0-type": None},
    "unknown type": {"body-0-type": "nonsense"},
    "no order": {"body-0-order": None},
    "a word as order": {"body-0-order": "nonsense"},
    "the same order": {"body-0-type": "list", "body-3-type": "list", "body-3-order": "0"},
    "no mark of deletion": {"body-0-deleted": None},
    "no mark in a list": {f"{FIRST_LIST}-0-deleted": None},
    "no rich text": {"introduction": "nonsense"},
    "rich text of another shape": {"introduction": json.dumps({"blocks": 7, "entityMap": []})},
    "no rich text in a block": {RICH_BLOCK: "[]"},
    "a link to a word": {"introduction": link_json("abc")},
    "a link to a word in a block": {RICH_BLOCK: link_json("abc")},
    "a link to too large a number": {"introduction": link_json(10**30)},
    "a link to NUL": {"introduction": link_json("\0")},
    "a link to markup": {RICH_BLOCK: link_json('3" onmouseover="alert(1)')},
    "a link to a document that is a word": {"introduction": link_json("abc", "DOCUMENT")},
}


@pytest.mark.sampled
@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_page_form_changes_nothing(editor: Client, page: Any, kind: str) -> None:
    form = method_form(slug="ipt")
    for name, value in BROKEN[kind].items():
        form = without(form, name) if value is None else {**form, name: value}
    before = (page.revisions.count(), page.latest_revision_id)
    response = editor.post(edit(page), form)
    assert response.status_code == 400
    assert "Gå tillbaka med webbläsarens bakåtknapp" in response.content.decode()
    autosave = {name: value for name, value in form.items() if not name.startswith("action-")}
    saved = editor.post(edit(page), autosave, headers={"accept": "application/json"})
    assert (saved.status_code, saved.json()["success"]) == (400, False)
    assert "Din text finns kvar" in saved.json()["error_message"]
    page.refresh_from_db()
    assert (page.revisions.count(), page.latest_revision_id) == before


def test_every_editor_reads_it_in_their_language(english_editor: Client, page: Any) -> None:
    response = english_editor.post(edit(page), without(method_form(), "body-count"))
    assert response.status_code == 400
    assert "Go back with your browser" in response.content.decode()
    assert 'lang="en"' in response.content.decode()


def test_streams_elsewhere_are_no_other(admin_client: Client, db: None) -> None:
    furniture = SiteFurniture.objects.get(locale__language_code="sv")
    address = f"/admin/snippets/pages/sitefurniture/edit/{furniture.pk}/"
    assert admin_client.get(address).status_code == 200
    before = furniture.crisis_contacts.raw_data[:]
    response = admin_client.post(address, {"footer_text": "null", "footer_pages-count": "0"})
    assert response.status_code == 400
    furniture.refresh_from_db()
    assert list(furniture.crisis_contacts.raw_data) == list(before)


@pytest.mark.sampled
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("concern_links-TOTAL_FORMS", None),
        ("concern_links-TOTAL_FORMS", "nonsense"),
        ("concern_links-INITIAL_FORMS", None),
        ("comments-TOTAL_FORMS", None),
        ("comments-INITIAL_FORMS", "nonsense"),
    ],
)
def test_rows_of_a_form_without_their_numbers(
    editor: Client, page: Any, name: str, value: str | None
) -> None:
    form = without(method_form(slug="ipt"), name) | ({name: value} if value else {})
    links = list(page.concern_links.values_list("concern"))
    response = editor.post(edit(page), form)
    assert response.status_code in (200, 302, 400)
    page.refresh_from_db()
    if name.startswith("concern"):
        assert (
            list(page.get_latest_revision_as_object().concern_links.values_list("concern")) == links
        )


def test_a_nul_in_each_field_of_a_page_is_told_beside_it(
    editor: Client, page: Any, strict: None
) -> None:
    form = method_form(slug="ipt")
    for name in ("title", "slug", "heading", "seo_title", "abbreviation", "body-0-value-heading"):
        response = editor.post(edit(page), {**form, name: NUL})
        assert response.status_code == 200, name
        assert "Null-tecken" in response.content.decode(), name
        assert form["heading"] in response.content.decode() or name == "heading"
    revisions = page.revisions.count()
    for name in ("body-0-id", f"{FIRST_LIST}-0-id", "next"):
        response = editor.post(edit(page), {**form, name: NUL})
        assert response.status_code == 400, name
        assert "bakåtknapp" in response.content.decode(), name
    assert page.revisions.count() == revisions
    for name in ("comments-0-text", "change_weight", "concern_links-0-id", "concern_links-0-ORDER"):
        assert editor.post(edit(page), {**form, name: NUL}).status_code < 500, name


def test_an_address_to_go_on_to_is_one(editor: Client, page: Any) -> None:
    """Wagtail looked for a view of that name once the page was published."""
    revisions = page.revisions.count()
    for target in ("nonsense", "javascript:alert(1)"):
        response = editor.post(edit(page), {**method_form(slug="ipt"), "next": target})
        assert response.status_code == 400
    assert page.revisions.count() == revisions


@pytest.mark.parametrize("name", ["introduction", RICH_BLOCK])
def test_half_an_emoji_is_replaced(editor: Client, page: Any, name: str) -> None:
    """Draft.js can delete one half of a surrogate pair; JSON then escapes the other."""
    form = {**method_form(slug="ipt"), name: rich_text_json("Hej \ud83d och \U0001f600")}
    assert editor.post(edit(page), form).status_code == 302
    page.refresh_from_db()
    saved = page.get_latest_revision_as_object()
    text = saved.introduction if name == "introduction" else str(saved.body.raw_data[2])
    assert "Hej \ufffd och \U0001f600" in text
    assert editor.get(edit(page)).status_code == 200
    assert editor.get(f"/admin/pages/{page.pk}/view_draft/").status_code == 200


@pytest.mark.sampled
@pytest.mark.parametrize("key", ["abc", "9" * 30, "", "-1"])
def test_stored_links_to_no_number_can_be_edited(editor: Client, page: Any, key: str) -> None:
    link = '<a linktype="{}" id="{}">bruten</a>'
    page.introduction = f"<p>{link.format('page', key)} {link.format('document', key)}</p>"
    page.save_revision()
    assert editor.get(edit(page)).status_code == 200


@pytest.mark.sampled
@pytest.mark.parametrize("value", ["abc", "[]", "null", NUL, "9" * 30, "9" * 5000, "-1"])
@pytest.mark.parametrize("name", ["image", "concern_links-0-id", "concern_links-0-concern"])
def test_what_is_chosen_by_no_key(editor: Client, page: Any, name: str, value: str) -> None:
    form = {**method_form(slug="ipt"), "concern_links-INITIAL_FORMS": "1", name: value}
    revisions = page.revisions.count()
    for accept in ("text/html", "application/json"):
        response = editor.post(edit(page), form, headers={"accept": accept})
        assert response.status_code in (200, 400)
    assert page.revisions.count() == revisions


@pytest.mark.parametrize("topic", ["abc", "[]", "9" * 30, "-1"])
def test_an_entry_with_a_word_as_topic(editor: Client, db: None, topic: str) -> None:
    form = {"question": "En fråga?", "answer": rich_text_json(), "topic": topic}
    response = editor.post("/admin/snippets/faq/faqentry/add/", form)
    assert response.status_code in (200, 400)
    assert not FaqEntry.objects.filter(question="En fråga?").exists()


@pytest.mark.parametrize("text", ["Hej \ud83d", "\udc00", NUL])
@pytest.mark.parametrize("field", ["title", "heading", "body"])
def test_text_from_a_program_that_cannot_be_stored(db: None, text: str, field: str) -> None:
    admin = get_user_model().objects.get(username="admin")
    token = APIToken.create_token(user=admin, name="Prov")[1]
    program = Client(headers={"authorization": f"Bearer {token}"})
    page = Page.objects.get(slug="kontakt")
    revisions = page.revisions.count()
    value = text if field != "body" else [{"type": "section", "value": {"heading": text}}]
    for body in (json.dumps({field: value}), json.dumps({field: value}).encode("utf-16")):
        response = program.patch(f"/api/v3-preview/pages/{page.pk}/", body, "application/json")
        assert response.status_code == 400
        assert response.headers["Content-Type"] == "application/problem+json"
    assert page.revisions.count() == revisions


@pytest.mark.parametrize("text", ["Hej \ud83d", NUL])
def test_a_review_that_cannot_be_stored(editor: Client, page: Any, text: str) -> None:
    form = {"workflow-action-extra-data": json.dumps({"comment": text})}
    response = editor.post(edit(page), {**method_form(slug="ipt"), **form})
    assert response.status_code == 400
