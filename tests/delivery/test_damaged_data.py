"""Tests that answers fit their schema with any damage to the stored blocks."""

import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator
from wagtail.models import Page

from pages.models import ContentPage, HomePage, SiteFurniture, TherapyMethodPage
from tests.factories import ContentPageFactory, SelfTestCallToActionFactory
from tests.reading import Api
from tools.openapi import committed

pytestmark = pytest.mark.sampled

# Nothing, an empty text, an id that nobody has, an id that is none, and shapes of other kinds.
DAMAGES: tuple[Any, ...] = (None, "", 999_999, "old", -1, [], [None], {}, {"id": None}, True, 1.5)


def stored_bodies() -> Iterator[tuple[type[Any], int, list[Any]]]:
    for model in (HomePage, TherapyMethodPage, ContentPage):
        for page in model.objects.filter(locale__language_code="sv"):
            yield model, page.pk, [dict(block) for block in page.body.raw_data]


def one_of_each_block() -> dict[str, Any]:
    """Return a stored block of each type in the demo site."""
    return {block["type"]: block for _model, _key, body in stored_bodies() for block in body}


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of every value inside a stored block."""
    if path:
        yield path
    if isinstance(value, dict | list):
        for name, child in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(child, (*path, name))


def damaged(block: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the block with each value replaced by each damage, and with each left out."""
    for *above, last in places(block["value"], ()):
        for damage in (*DAMAGES, Ellipsis):
            copy = deepcopy(block)
            holder = copy["value"]
            for name in above:
                holder = holder[name]
            if damage is Ellipsis:
                del holder[last]
            else:
                holder[last] = damage
            yield copy
    for damage in DAMAGES:
        yield {**block, "value": damage}


def assert_fits(answer: Any, name: str) -> None:
    """Assert that an answer fits the committed OpenAPI document."""
    Draft202012Validator({**committed(), "$ref": f"#/components/schemas/{name}"}).validate(answer)


@pytest.fixture
def page(db: None) -> ContentPage:
    page: ContentPage = ContentPageFactory(parent=Page.objects.get(slug="hem"), slug="skadad")
    return page


def test_the_demo_site_uses_every_block(db: None) -> None:
    assert one_of_each_block().keys() == ContentPage.body.field.stream_block.child_blocks.keys()


@pytest.mark.parametrize("kind", ContentPage.body.field.stream_block.child_blocks)
def test_damaged_blocks_leave_the_page_readable(
    api: Api, client: Client, page: ContentPage, kind: str
) -> None:
    sound = {"type": "quote", "id": "sound", "value": {"text": "Kvar", "attribution": ""}}
    blocks = [*damaged(one_of_each_block()[kind]), {"type": "gone", "value": "x"}, sound]
    ContentPage.objects.filter(pk=page.pk).update(body=json.dumps(blocks))
    answer = api.page("/skadad/")
    assert_fits(answer, "Page")
    assert answer["content"]["body"][-1]["id"] == "sound"
    assert "Kvar" in client.get("/skadad/").content.decode()
    assert api.get("search/", locale="sv", q="Kvar")["count"] >= 1


@pytest.mark.parametrize("name", ["crisis_contacts", "footer_pages"])
def test_damaged_furniture_leaves_every_page_readable(api: Api, client: Client, name: str) -> None:
    furniture = SiteFurniture.objects.filter(locale__language_code="sv")
    stored = [dict(block) for block in getattr(furniture.get(), name).raw_data]
    furniture.update(**{name: json.dumps([*damaged(stored[0]), *stored])})
    assert_fits(api.get("navigation/", locale="sv"), "Frame")
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("kind", ContentPage.body.field.stream_block.child_blocks)
def test_wagtails_api_leaves_out_the_same_blocks(
    api: Api, client: Client, page: ContentPage, kind: str
) -> None:
    blocks = [*damaged(one_of_each_block()[kind]), {"type": "gone", "value": "x"}, {"type": kind}]
    stored = [{**block, "id": str(number)} for number, block in enumerate(blocks)]
    ContentPage.objects.filter(pk=page.pk).update(body=json.dumps(stored))
    ours = [block["id"] for block in api.page("/skadad/")["content"]["body"]]
    for address in (f"{page.pk}/", f"?type=pages.ContentPage&id={page.pk}&fields=*"):
        answer = client.get(f"/api/v2/pages/{address}")
        assert answer.status_code == 200
        shown = answer.json()
        shown = shown["items"][0] if "items" in shown else shown
        assert [block["id"] for block in shown["body"]] == ours


def test_wagtails_api_leaves_out_a_call_to_action_that_is_hidden(
    api: Api, client: Client, page: ContentPage
) -> None:
    cta = SelfTestCallToActionFactory(live=False)
    stored = [{"type": "self_test_cta", "id": "a", "value": {"cta": cta.pk}}]
    ContentPage.objects.filter(pk=page.pk).update(body=json.dumps(stored))
    assert api.page("/skadad/")["content"]["body"] == []
    assert client.get(f"/api/v2/pages/{page.pk}/").json()["body"] == []
