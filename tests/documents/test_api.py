"""docs/api.md names every endpoint, parameter and block, and its examples are real answers."""

import json
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from cms.journal.models import Action, Kind

from .reading import ROOT, first_cells, read, section

API = read("docs/api.md")
PREFIX = "/api/delivery/v1/"
CONTRACT: dict[str, Any] = json.loads((ROOT / "cms/delivery/openapi.json").read_text())
SCHEMAS: dict[str, Any] = CONTRACT["components"]["schemas"]
# Numbers that depend on how a database was filled.
NUMBERED = ("id", "version")
EXAMPLES: list[tuple[str, str]] = re.findall(
    r"^```http\nGET (\S+)\n```\n\n```json\n(.*?)^```", API, re.MULTILINE | re.DOTALL
)
ADDRESSES: list[str] = re.findall(
    r'curl "http://127\.0\.0\.1:8000([^"]+)"', API + read("README.md")
)


def assert_shortened(example: Any, answer: Any, where: str) -> None:
    """Check that an example is the answer with parts left out.

    Lists may lack items, and a text that ends with an ellipsis is the beginning of one.
    """
    if isinstance(example, dict):
        for key, value in example.items():
            assert key in answer, f"{where}: {key}"
            if key in NUMBERED:
                assert type(value) is type(answer[key]), f"{where}.{key}"
            else:
                assert_shortened(value, answer[key], f"{where}.{key}")
    elif isinstance(example, list):
        assert len(example) <= len(answer), where
        for number, (one, other) in enumerate(zip(example, answer, strict=False)):
            assert_shortened(one, other, f"{where}[{number}]")
    elif isinstance(example, str) and example.endswith("…"):
        assert answer.startswith(example.rstrip("… \n")), where
    else:
        assert example == answer, where


@pytest.mark.django_db
@pytest.mark.parametrize(("address", "example"), EXAMPLES, ids=[each[0] for each in EXAMPLES])
def test_an_example_is_what_the_api_gives(address: str, example: str, client: Client) -> None:
    if "/search/" in address and connection.vendor != "sqlite":
        pytest.skip("The example is of the demo's SQLite: each database ranks hits by itself.")
    assert_shortened(json.loads(example), client.get(address).json(), address)


@pytest.mark.django_db
@pytest.mark.parametrize("address", sorted(set(ADDRESSES)))
def test_a_command_of_the_documents_gets_an_answer(address: str, client: Client) -> None:
    assert client.get(address).status_code == 200


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 6
    assert len(ADDRESSES) >= 6


def test_every_endpoint_is_in_the_table_with_its_parameters() -> None:
    rows = re.findall(r"^\| `([^`]+)` \| (.*?) ?\| .* \|$", section(API, "Endpoints"), re.MULTILINE)
    table = {path: set(re.findall(r"`(\w+)`", parameters)) for path, parameters in rows}
    contract = {
        path.removeprefix(PREFIX): {
            parameter["name"]
            for parameter in operations["get"].get("parameters", [])
            if parameter["in"] == "query"
        }
        for path, operations in CONTRACT["paths"].items()
    }
    assert table == contract


def test_every_page_type_and_order_is_named() -> None:
    endpoints = section(API, "Endpoints")
    for name in CONTRACT["components"]["schemas"]["Page"]["discriminator"]["mapping"]:
        assert f"`{name}`" in endpoints


def test_every_block_is_in_the_table_with_its_fields() -> None:
    rows = re.findall(r"^\| `([^`]+)` \| (.*) \|$", section(API, "Blocks"), re.MULTILINE)
    table = {name: set(re.findall(r"`(\w+)`", fields)) for name, fields in rows}
    blocks = {
        name: SCHEMAS[reference.rsplit("/", 1)[1]]["properties"]["value"]["$ref"]
        for name, reference in SCHEMAS["BodyBlock"]["discriminator"]["mapping"].items()
    }
    assert table.keys() == blocks.keys()
    for name, reference in blocks.items():
        fields = set(SCHEMAS[reference.rsplit("/", 1)[1]]["properties"])
        assert fields - {"stale_since", "stale_source_locale", "stale_parts"} <= table[name], name


def test_every_action_and_kind_of_the_feed_is_named() -> None:
    feed = section(API, "The changes feed")
    assert {"action", "kind"} <= set(first_cells(feed))
    for value in (*Action, *Kind):
        assert f"`{value}`" in feed
