"""Tests that programs write content by API v3 as editors do, with the same checks."""

import json
import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.models import APIToken, Page

from cms.content.clinical_review import _review_suspended
from cms.delivery.wagtail_api.v3 import API_CLIENTS
from faq.models import FaqEntry, FaqTopic
from pages.models import Concern, TherapyMethodIndexPage, TherapyMethodPage

V3 = "/api/v3-preview/"


class Program:
    """A program that acts for a user of the demo."""

    def __init__(self, username: str) -> None:
        user = get_user_model().objects.get(username=username)
        user.groups.add(Group.objects.get(name=API_CLIENTS))
        token = APIToken.create_token(user=user, name="Prov")[1]
        self.client = Client(headers={"authorization": f"Bearer {token}"})

    def send(self, method: str, path: str, data: Any = None, status: int = 200) -> Any:
        body = data if isinstance(data, bytes) else json.dumps(data) if data else b""
        response = self.client.generic(method, V3 + path, body, content_type="application/json")
        assert response.status_code == status, (response.status_code, response.content)
        if status >= 400:
            assert response["Content-Type"] == "application/problem+json"
        return response.json() if response.content else None

    def refused(self, method: str, path: str, data: Any, *named: str) -> None:
        """Assert that a request is refused as invalid, with these words in what is told."""
        answer = self.send(method, path, data, status=422)
        told = json.dumps(answer, ensure_ascii=False)
        for word in named:
            assert word in told


@pytest.fixture
def with_review(review_suspended: None) -> Iterator[None]:
    token = _review_suspended.set(False)
    yield
    _review_suspended.reset(token)


@pytest.fixture
def program(db: None) -> Program:
    return Program("editor")


def without_keys(answer: Any, fields: Iterable[str]) -> str:
    """Return some fields of a page without the keys of paragraphs, which Wagtail makes anew."""
    text = json.dumps([answer[name] for name in sorted(fields)])
    return re.sub(r' data-block-key=\\"\w+\\"', "", text)


def index(language: str = "sv") -> TherapyMethodIndexPage:
    return TherapyMethodIndexPage.objects.get(locale__language_code=language)


def method(**fields: Any) -> dict[str, Any]:
    concern = Concern.objects.filter(locale__language_code="sv").first()
    assert concern is not None
    return {
        "meta": {"type": "pages.TherapyMethodPage", "parent_id": index().pk},
        "title": "MBT",
        "heading": "Vad är MBT?",
        "introduction": "<p>En terapi om hur man förstår sig själv.</p>",
        "abbreviation": "MBT",
        "summary": "<ul><li>Tar upp känslor</li></ul>",
        "sessions_minimum": 10,
        "sessions_maximum": 20,
        "session_minutes": 45,
        "concern_links": [{"concern": concern.pk}],
        "body": [
            {"type": "section", "value": {"heading": "Så går det till", "text": "<p>Vi ses.</p>"}},
            {"type": "list", "value": {"heading": "", "items": ["<p>Ett</p>", "<p>Två</p>"]}},
        ],
        **fields,
    }


def test_every_field_of_a_method_is_written_and_read_back(program: Program) -> None:
    created = program.send("POST", "pages/", method(), status=201)
    page = TherapyMethodPage.objects.get(pk=created["id"])
    assert (page.live, page.slug, page.locale.language_code) == (False, "mbt", "sv")
    draft = program.send("GET", f"pages/{page.pk}/?version=draft")
    assert draft["heading"] == "Vad är MBT?"
    assert (draft["sessions_minimum"], draft["session_minutes"]) == (10, 45)
    assert [block["type"] for block in draft["body"]] == ["section", "list"]
    assert len(draft["concern_links"]) == 1
    # What was read can be sent back, and changes nothing.
    fields = method().keys() - {"meta", "title"}
    same = {name: deepcopy(draft[name]) for name in fields}
    for link in same["concern_links"]:
        link["concern"] = link["concern"]["id"]
        del link["meta"]
    again = program.send("PATCH", f"pages/{page.pk}/", {**same, "title": "MBT 2"})
    assert again["title"] == "MBT 2"
    assert without_keys(again, fields) == without_keys(draft, fields)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"nope": 1}, ["nope", "extra_forbidden"]),
        ({"stale_parts": ["body"]}, ["stale_parts"]),
        ({"concern_links": [{"concern": 1, "page": 2}]}, ["page"]),
        ({"introduction": {"content": "x", "html": "y"}}, ["html"]),
        ({"heading": "a" * 1000}, ["heading"]),
        ({"sessions_minimum": 30}, ["sessions"]),
        ({"sessions_minimum": 10**30}, ["sessions_minimum"]),
        ({"sessions_minimum": -1}, ["sessions_minimum"]),
        ({"image": 10**30, "image_alt_text": "x"}, ["image"]),
        ({"image": 10**6, "image_alt_text": "x"}, ["image"]),
        ({"concern_links": [{"concern": 10**6}]}, ["concern"]),
        ({"body": "text"}, ["body"]),
        ({"body": ["text"]}, ["body.0"]),
        ({"body": [{"type": "section", "value": {}, "id": "a"}] * 2}, ["is used twice"]),
        ({"body": [{"type": "section"}]}, ["body.0"]),
        ({"body": [{"type": "nope", "value": 1}]}, ["body.0.type", "section"]),
        ({"body": [{"type": ["section"], "value": 1}]}, ["body.0.type"]),
        ({"body": [{"type": "section", "value": "text"}]}, ["body.0.value"]),
        ({"body": [{"type": "section", "value": {"nope": 1, "text": "x"}}]}, ["body.0.value.nope"]),
        ({"body": [{"type": "section", "value": {"heading": {"a": 1}, "text": "x"}}]}, ["heading"]),
        ({"body": [{"type": "section", "value": {"text": 7}}]}, ["body.0.value.text"]),
        ({"body": [{"type": "list", "value": {"items": "x"}}]}, ["body.0.value.items"]),
        ({"body": [{"type": "image", "value": {"image": "x"}}]}, ["body.0.value.image"]),
        ({"body": [{"type": "image", "value": {"image": 10**6}}]}, ["body"]),
        ({"body": [{"type": "faq_list", "value": {"entries": [10**30]}}]}, ["body"]),
    ],
    ids=str,
)
def test_what_the_editor_would_refuse_is_refused(
    program: Program, change: dict[str, Any], named: list[str]
) -> None:
    before = Page.objects.count()
    program.refused("POST", "pages/", method(**change), *named)
    assert Page.objects.count() == before
    page = TherapyMethodPage.objects.get(slug="kbt", locale__language_code="sv")
    drafts = page.revisions.count()
    program.refused("PATCH", f"pages/{page.pk}/", change, *named)
    assert page.revisions.count() == drafts


def test_places_of_another_language_and_type(program: Program) -> None:
    """The language is that of the parent."""
    english = index("en")
    meta = {"type": "pages.TherapyMethodPage", "parent_id": english.pk}
    made = program.send("POST", "pages/", method(meta=meta), status=201)
    assert made["meta"]["locale"] == "en"
    program.refused("POST", "pages/", method(locale=1), "locale")
    home = Page.objects.get(slug="hem")
    meta = {"type": "pages.TherapyMethodPage", "parent_id": home.pk}
    assert program.send("POST", "pages/", method(meta=meta), status=403)["detail"]
    meta = {"type": "pages.TherapyMethodPage", "parent_id": 10**6}
    assert program.send("POST", "pages/", method(meta=meta), status=404)
    program.refused("POST", "pages/", method(meta={"type": "nope", "parent_id": 1}), "nope")
    program.refused("POST", "pages/", method(meta={**meta, "live": True}), "live")


def test_rich_text_loses_what_an_editor_cannot_write(program: Program) -> None:
    text = "<p>Vi <b>ses</b><script>alert(1)</script><img src=x onerror=alert(1)></p><h1>Stort</h1>"
    body = [{"type": "section", "value": {"heading": "", "text": text}}]
    made = program.send("POST", "pages/", method(introduction=text, body=body), status=201)
    draft = json.dumps(program.send("GET", f"pages/{made['id']}/?version=draft"))
    assert "<b>ses</b>" in draft
    assert not any(tag in draft for tag in ("<script", "onerror", "<h1", "<img"))
    assert made["meta"]["warnings"]


@pytest.mark.parametrize(
    "change",
    [
        {"title": "a\x00b"},
        {"introduction": "<p>a\x00b</p>"},
        {"body": [{"type": "section", "value": {"heading": "a\ud800", "text": "x"}}]},
        {"a\x00b": 1},
    ],
    ids=ascii,
)
def test_text_that_no_database_can_hold(program: Program, change: dict[str, Any]) -> None:
    assert "NUL" in program.send("POST", "pages/", method(**change), status=400)["detail"]
    page = TherapyMethodPage.objects.get(slug="kbt", locale__language_code="sv")
    program.send("PATCH", f"pages/{page.pk}/", change, status=400)


def test_a_draft_may_lack_what_a_publication_may_not(program: Program) -> None:
    """As in the editor."""
    empty = method(heading="", body=[{"type": "section", "value": {"text": ""}}])
    made = program.send("POST", "pages/", empty, status=201)
    publish = {"meta": {"action": "publish"}, "heading": "", "body": empty["body"]}
    program.refused("PATCH", f"pages/{made['id']}/", publish, "body")
    assert not TherapyMethodPage.objects.get(slug="mbt").live


def test_bodies_that_are_no_json_of_a_page(program: Program) -> None:
    for body in (b"", b"{", b"[]", b"null", b'"x"', b"\xff\xfe", b"[" * 100_000):
        answer = program.client.generic(
            "POST", f"{V3}pages/", body, content_type="application/json"
        )
        assert answer.status_code in {400, 422}, (body[:9], answer.content)
        assert answer["Content-Type"] == "application/problem+json"
    for kind in ("text/html", "application/x-www-form-urlencoded", "multipart/form-data", ""):
        answer = program.client.generic("POST", f"{V3}pages/", b"title=x", content_type=kind)
        assert answer.status_code in {400, 415, 422}, (kind, answer.content)
        assert answer["Content-Type"] == "application/problem+json"
    large = json.dumps(method(heading="a" * 5_000_000)).encode()
    program.send("POST", "pages/", large, status=400)
    for verb in ("HEAD", "OPTIONS"):
        answer = program.client.generic(verb, f"{V3}pages/")
        assert answer.status_code in {200, 405}, answer.content


def test_a_user_without_rights_writes_nothing(db: None) -> None:
    translator = Program("translator")
    translator.send("POST", "pages/", method(), status=403)
    page = TherapyMethodPage.objects.get(slug="kbt", locale__language_code="sv")
    translator.send("PATCH", f"pages/{page.pk}/", {"heading": "Nej"}, status=403)
    translator.send("POST", "snippets/faq.FaqTopic/", {"name": "Nej", "slug": "nej"}, status=403)
    assert not page.revisions.filter(content__heading="Nej").exists()


def test_publishing_without_review_is_held(with_review: None, program: Program) -> None:
    meta = {"type": "pages.TherapyMethodPage", "parent_id": index().pk, "action": "publish"}
    told = program.send("POST", "pages/", method(meta=meta), status=403)
    assert told["detail"]
    assert not TherapyMethodPage.objects.filter(slug="mbt").exists()
    made = program.send("POST", "pages/", method(), status=201)
    for action in ("actions/publish/",):
        program.send("POST", f"pages/{made['id']}/{action}", status=403)
    patch = {"meta": {"action": "publish"}, "heading": "Ny"}
    program.send("PATCH", f"pages/{made['id']}/", patch, status=403)
    assert not TherapyMethodPage.objects.get(slug="mbt").live
    assert Client().get("/terapimetoder/mbt/").status_code == 404


def test_a_method_in_both_languages(db: None) -> None:
    program = Program("admin")
    codes = [item["language_code"] for item in program.send("GET", "locales/")["items"]]
    assert codes == ["sv", "en"]
    made = program.send("POST", "pages/", method(), status=201)
    action = f"pages/{made['id']}/actions/copy_for_translation/"
    copy = program.send("POST", action, {"locale": "en"}, status=201)
    page = TherapyMethodPage.objects.get(pk=copy["id"])
    assert (page.live, page.locale.language_code, page.get_parent().pk) == (
        False,
        "en",
        index("en").pk,
    )
    draft = program.send("GET", f"pages/{copy['id']}/?version=draft")
    assert draft["meta"]["locale"] == "en"
    written = program.send("PATCH", f"pages/{copy['id']}/", {"heading": "What is MBT?"})
    assert written["heading"] == "What is MBT?"
    program.send("POST", action, {"locale": "de"}, status=404)
    program.send("POST", action, {"locale": "en"}, status=409)
    program.send("POST", "locales/", {"language_code": "de"}, status=405)


def test_questions_are_written_with_the_checks_of_the_editor(program: Program) -> None:
    topic = FaqTopic.objects.filter(locale__language_code="sv").first()
    english = FaqTopic.objects.filter(locale__language_code="en").first()
    assert topic
    assert english
    data = {
        "question": "Vad kostar det egentligen?",
        "answer": "<p>Ingenting.</p>",
        "topic": topic.pk,
    }
    made = program.send("POST", "snippets/faq.FaqEntry/", data, status=201)
    entry = FaqEntry.objects.get(question="Vad kostar det egentligen?")
    assert (entry.live, entry.locale.language_code) == (False, "sv")
    address = f"snippets/faq.FaqEntry/{made['id']}/"
    program.refused("PATCH", address, {"topic": english.pk}, "topic")
    program.refused("PATCH", address, {"nope": 1}, "nope")
    program.refused("PATCH", address, {"locale": 2}, "locale")
    program.refused("PATCH", address, {"question": "", "meta": {"action": "publish"}}, "question")
    assert program.send("PATCH", address, {"position": 7})["position"] == 7
