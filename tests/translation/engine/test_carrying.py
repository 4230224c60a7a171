"""Tests that what is no text goes live in all languages, or leaves the others behind."""

import html
import json
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.messages.storage.fallback import FallbackStorage
from django.utils.translation import override
from wagtail_localize.models import (
    Translation,
)

from cms.translation.matrix.after_publishing import tell
from pages.models import SiteFurniture, TherapyMethodPage
from tests.reading import Api
from tests.translation.desk.reading import Desk, edit_url, log_in

from ..conftest import english, state_of, translate, translation_of
from .carrying import LINKED, Publish, raw, source, target


@pytest.mark.parametrize(
    ("name", "value"),
    [("contact_phone", "08-999 99 99"), ("contact_email", "ny@samtal.example")],
)
def test_a_value_of_the_furniture_is_carried_over(
    site: Any, api: Api, name: str, value: str, publish: Publish
) -> None:
    furniture = SiteFurniture.objects.get(locale__language_code="sv")
    publish(furniture, **{name: value})
    translated = translation_of(furniture)
    assert getattr(target(translated), name) == value
    state = state_of(translated)
    assert (state.stale_since, state.parts, state.carried_parts) == (None, [], [name])
    contact = api.get("navigation/?locale=en")["contact"]
    assert value in (contact["phone"], contact["email"])


def test_the_address_of_a_link_is_carried_over_with_the_words_that_are_live(
    linked: Translation, publish: Publish
) -> None:
    words = target(linked).introduction.replace("/ett", "/två")
    publish(source(linked), "meaning", introduction=LINKED.format("https://samtal.example/två"))
    live = target(linked)
    assert live.introduction == words
    assert live.stale_since is None
    assert not live.has_unpublished_changes
    assert state_of(linked).carried_parts == ["introduction#form"]


def test_what_is_carried_over_is_published_by_who_published_the_source(
    linked: Translation, user: Any, django_capture_on_commit_callbacks: Any
) -> None:
    page = source(linked)
    page.introduction = LINKED.format("https://samtal.example/två")
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision(user=user).publish(user=user)
    assert "/två" in target(linked).introduction
    assert target(linked).live_revision.user == user


def test_the_order_of_blocks_is_carried_over(linked: Translation, publish: Publish) -> None:
    page = source(linked)
    publish(page, body=json.dumps(raw(page)[::-1]))
    assert [
        block.value["text"] for block in target(linked).body if block.block_type == "quote"
    ] == [
        english("Jag vilar."),
        english("Jag sover."),
    ]
    assert state_of(linked).stale_since is None


def test_the_year_and_the_address_of_a_source_are_carried_over(
    site: Any, api: Api, publish: Publish
) -> None:
    page = TherapyMethodPage.objects.get(slug="ipt", locale__language_code="sv")
    body = raw(page)
    (item,) = body[-1]["value"]["items"]
    item["value"] |= {"year": 2024, "url": "https://www.nice.org.uk/guidance/"}
    publish(page, body=json.dumps(body))
    block = api.page("/en/therapy-methods/ipt/")["content"]["body"][-1]
    (given,) = block["value"]["items"]
    assert (given["year"], given["url"]) == (2024, "https://www.nice.org.uk/guidance/")


def test_a_block_that_is_gone_is_gone_in_both(linked: Translation, publish: Publish) -> None:
    page = source(linked)
    publish(page, body=json.dumps(raw(page)[1:]))
    assert [block.block_type for block in target(linked).body] == ["list", "quote"]
    assert state_of(linked).stale_since is None


def test_a_text_that_waits_is_not_published_with_a_part(
    linked: Translation, publish: Publish
) -> None:
    Desk(log_in("translator"), linked).write("title", "A title that waits")
    publish(source(linked), introduction=LINKED.format("https://samtal.example/två"))
    live = target(linked)
    assert "/ett" in live.introduction
    assert live.title != "A title that waits"
    state = state_of(linked)
    assert state.stale_since is not None
    assert state.parts == ["introduction#form"]
    Desk(log_in("editor"), linked).send("action-publish")
    assert "/två" in target(linked).introduction
    assert state_of(linked).stale_since is None


def test_an_own_value_of_the_translation_stays(site: Any, publish: Publish) -> None:
    furniture = SiteFurniture.objects.get(locale__language_code="sv")
    translated = translation_of(furniture)
    desk = Desk(log_in("editor"), translated)
    name = next(
        field["name"]
        for field in desk.soup.find_all("input", {"name": True})
        if field["name"].startswith("override-") and field.get("type") == "email"
    )
    desk.send("action-publish", **{name: "english@samtal.example"})
    assert target(translated).contact_email == "english@samtal.example"
    publish(source(translated), contact_email="svenska@samtal.example")
    assert target(translated).contact_email == "english@samtal.example"
    assert state_of(translated).stale_since is None


def test_a_number_in_the_words_of_a_link_that_calls_nobody_is_left_alone(
    linked: Translation, publish: Publish
) -> None:
    """Only the words of a call must name the number that it calls."""
    words = '<p>Läs <a href="{}">om 1177</a>.</p>'
    publish(source(linked), introduction=words.format("https://samtal.example/ett"))
    translate(linked)
    Desk(log_in("editor"), linked).send("action-publish")
    publish(source(linked), introduction=words.format("https://samtal.example/två"))
    assert "/två" in target(linked).introduction
    assert state_of(linked).stale_since is None


def test_a_new_text_leaves_it_behind_with_its_parts(linked: Translation, publish: Publish) -> None:
    page = source(linked)
    blocks = raw(page)
    new = {"type": "quote", "value": {"text": "Ett nytt citat."}, "id": str(uuid4())}
    publish(page, body=json.dumps([*blocks, new]))
    assert len(target(linked).body) == len(blocks)
    state = state_of(linked)
    assert state.stale_since is not None
    assert "body#order" in state.parts


def test_an_older_revision_that_goes_live_has_the_parts_that_it_was_made_with(
    linked: Translation, user: Any, publish: Publish
) -> None:
    older = target(linked).live_revision
    publish(source(linked), introduction=LINKED.format("https://samtal.example/två"))
    assert "/två" in target(linked).introduction
    older.refresh_from_db()
    older.publish(user=user)
    assert "/ett" in target(linked).introduction
    state = state_of(linked)
    assert state.parts == ["introduction#form"]
    assert state.stale_since is not None


def test_what_is_edited_directly_is_left_alone(linked: Translation, publish: Publish) -> None:
    page = target(linked)
    linked.enabled = False
    linked.save()
    publish(page, title="Own title")
    publish(source(linked), introduction=LINKED.format("https://samtal.example/två"))
    assert "/ett" in target(linked).introduction
    assert state_of(linked).stale_since is not None


def test_pasted_blocks_are_no_difference(linked: Translation, publish: Publish) -> None:
    page = source(linked)
    publish(page, body=[(b.block_type, b.value) for b in page.body])
    state = state_of(linked)
    assert (state.stale_since, state.parts) == (None, [])


def test_content_from_before_parts_were_known_is_current_until_it_changes(
    linked: Translation, publish: Publish
) -> None:
    linked.live_texts.parts = None
    linked.live_texts.save()
    publish(source(linked))
    assert state_of(linked).stale_since is None
    linked.live_texts.refresh_from_db()
    linked.live_texts.parts = None
    linked.live_texts.save()
    Desk(log_in("translator"), linked).write("title", "Waits")
    publish(source(linked), introduction=LINKED.format("https://samtal.example/två"))
    assert state_of(linked).parts == ["introduction#form"]


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "Carried over into English: Phone number."),
        ("sv", "Fört över till engelska: Telefonnummer."),
    ],
)
def test_who_publishes_is_told_what_was_carried_over(
    site: Any, publish: Publish, rf: Any, language: str, told: str
) -> None:
    """As after the commit of the request, which ends before its answer does."""
    furniture = SiteFurniture.objects.get(locale__language_code="sv")
    request = rf.post(edit_url(furniture), {"action-publish": "yes"})
    request.session = {}
    request._messages = FallbackStorage(request)
    with override(language):
        publish(furniture, contact_phone="08-999 99 99")
        furniture.refresh_from_db()
        tell(request, furniture)
    assert [str(message).strip() for message in request._messages] == [told]


def test_matrix_and_desk_name_what_differs(linked: Translation, publish: Publish) -> None:
    Desk(log_in("translator"), linked).write("title", "A title that waits")
    page = source(linked)
    publish(
        page,
        introduction=LINKED.format("https://samtal.example/två"),
        body=json.dumps(raw(page)[::-1]),
    )
    client = log_in("editor")
    report = html.unescape(client.get("/admin/reports/translations/").content.decode())
    assert "Not the same yet: Introduction: links and form; Body: what there is" in report
    desk = Desk(client, linked)
    parts = desk.soup.find(class_="desk-parts").get_text(" ", strip=True)
    assert "Introduction: links and form" in parts
    desk.send("action-publish")
    assert desk.soup.find(class_="desk-parts") is None
