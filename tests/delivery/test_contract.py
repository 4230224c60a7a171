"""The OpenAPI document: valid, closed, and told apart by `type`."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from openapi_spec_validator import validate

from cms.delivery.schemas import PAGE_ENVELOPES
from pages.blocks import BodyBlock
from tests.reading import API, Api


@pytest.fixture
def document(api: Api) -> Any:
    return api.get("openapi.json")


def objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for child in value.values():
            yield from objects(child)
    elif isinstance(value, list):
        for child in value:
            yield from objects(child)


@pytest.mark.django_db
def test_it_is_valid_openapi(document: Any) -> None:
    assert document["openapi"].startswith("3.1")
    validate(document)


@pytest.mark.django_db
def test_every_schema_is_closed_and_typed(document: Any) -> None:
    for name, schema in document["components"]["schemas"].items():
        if schema.get("type") == "object":
            assert schema["additionalProperties"] is False, name
            for field, described in schema["properties"].items():
                typed = {"type", "$ref", "anyOf", "oneOf", "const", "enum"} & described.keys()
                assert typed, f"{name}.{field} can be anything"


@pytest.mark.django_db
def test_pages_and_blocks_are_told_apart_by_type(document: Any) -> None:
    mappings = [
        tuple(sorted(schema["discriminator"]["mapping"]))
        for schema in objects(document)
        if schema.get("discriminator", {}).get("propertyName") == "type"
    ]
    assert tuple(sorted(PAGE_ENVELOPES)) in mappings
    assert tuple(sorted(BodyBlock().child_blocks)) in mappings


@pytest.mark.django_db
def test_the_docs_need_nobody_else(client: Client) -> None:
    html = client.get(f"{API}docs/").content.decode()
    assert "/static/ninja/swagger-ui-bundle.js" in html
    assert "https://" not in html
