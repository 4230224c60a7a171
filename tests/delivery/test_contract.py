"""Tests the OpenAPI document: committed, valid, closed, and changes that clients notice."""

import copy
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from openapi_spec_validator import validate

from cms.delivery.schemas import PAGE_ENVELOPES
from pages.blocks import BodyBlock
from tests.reading import API
from tools.openapi import FILE, as_text, committed, current
from tools.openapi_changes import changes

PREFIX = "/api/delivery/v1/"


def objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for child in value.values():
            yield from objects(child)
    elif isinstance(value, list):
        for child in value:
            yield from objects(child)


def test_the_committed_document_is_what_the_code_gives() -> None:
    differences = "\n".join(map(str, changes(committed(), current())))
    assert FILE.read_text() == as_text(current()), (
        f"The contract has changed:\n{differences}\nIf that is meant, run `make openapi`."
    )


@pytest.mark.django_db
def test_the_api_gives_the_same_document(client: Client) -> None:
    assert client.get(f"{API}openapi.json").json() == committed()


def test_it_is_valid_openapi() -> None:
    document = committed()
    assert document["openapi"].startswith("3.1")
    validate(document)


def test_every_schema_is_closed_and_typed() -> None:
    for name, schema in committed()["components"]["schemas"].items():
        if schema.get("type") == "object":
            assert schema["additionalProperties"] is False, name
            for field, described in schema["properties"].items():
                typed = {"type", "$ref", "anyOf", "oneOf", "const", "enum"} & described.keys()
                assert typed, f"{name}.{field} can be anything"


ERRORS = {
    "changes/": {"410": "VersionProblem"},
    "pages/by-path/": {"404": "Problem"},
    "pages/{page_id}/": {"404": "Problem"},
    "preview/": {"403": "Problem"},
}


def test_every_answer_and_every_error_has_a_named_schema() -> None:
    for path, item in committed()["paths"].items():
        responses = item["get"]["responses"]
        own = ERRORS.get(path.removeprefix(PREFIX), {})
        errors = {"400": "Problem", "default": "Problem", **own}
        assert responses.keys() == {"200"} | errors.keys(), path
        kind = "application/jsonl" if path.endswith("/export/") else "application/json"
        assert responses["200"]["content"][kind]["schema"].keys() == {"$ref"}, path
        for status, name in errors.items():
            assert responses[status]["content"] == {
                "application/problem+json": {"schema": {"$ref": f"#/components/schemas/{name}"}}
            }, path


def test_operations_have_the_names_that_clients_call_them_by() -> None:
    names = {path: item["get"]["operationId"] for path, item in committed()["paths"].items()}
    assert names == {
        f"{PREFIX}{path}": name
        for path, name in {
            "changes/": "listChanges",
            "concerns/": "listConcerns",
            "export/": "exportPages",
            "faqs/": "listQuestions",
            "faqs/topics/": "listTopics",
            "locales/": "listLocales",
            "navigation/": "getNavigation",
            "pages/": "listPages",
            "pages/by-path/": "getPageByPath",
            "pages/{page_id}/": "getPage",
            "preview/": "getPreview",
            "redirects/": "listRedirects",
            "search/": "search",
            "self-test-ctas/": "listSelfTestInvitations",
            "urls/": "listUrls",
        }.items()
    }


def test_languages_are_named_and_a_string_still_fits() -> None:
    for item in committed()["paths"].values():
        for parameter in item["get"]["parameters"]:
            if parameter["name"] in ("locale", "fallback"):
                named, text, *_null = parameter["schema"]["anyOf"]
                assert named == {"type": "string", "enum": ["sv", "en"]}
                assert text["type"] == "string"
                assert "enum" not in text


def test_a_single_value_fits_where_several_can_be_given() -> None:
    document = committed()
    for endpoint, name in (("pages/", "type"), ("pages/", "concern"), ("search/", "type")):
        one, several, _null = parameter(document, endpoint, name)["schema"]["anyOf"]
        assert one["type"] == "string"
        assert several["items"] == one


# Members of lists that the first clients of v1 did not get.
LATER = {"version", "next_cursor", "counts", "suggestions", "crisis_help"}


def test_what_is_always_there_is_required() -> None:
    for name, schema in committed()["components"]["schemas"].items():
        properties = schema.get("properties", {}).keys()
        later = LATER if "next_cursor" in properties else set()
        left_out = {"page"} if name == "PageListItem" else later & properties
        assert properties - set(schema.get("required", ())) == left_out, name


def test_every_schema_is_used() -> None:
    document = committed()
    used = {part["$ref"].rpartition("/")[2] for part in objects(document) if "$ref" in part}
    assert used == document["components"]["schemas"].keys()


def test_pages_and_blocks_are_told_apart_by_type() -> None:
    schemas = committed()["components"]["schemas"]
    for name, types in (("Page", PAGE_ENVELOPES), ("BodyBlock", BodyBlock().child_blocks)):
        assert schemas[name]["discriminator"]["propertyName"] == "type"
        assert set(schemas[name]["discriminator"]["mapping"]) == set(types)


@pytest.mark.django_db
def test_the_docs_need_nobody_else(client: Client) -> None:
    html = client.get(f"{API}docs/").content.decode()
    assert "/static/ninja/swagger-ui-bundle.js" in html
    assert "https://" not in html


Edit = Callable[[dict[str, Any]], None]


def schema(document: dict[str, Any], name: str) -> Any:
    return document["components"]["schemas"][name]


def parameter(document: dict[str, Any], endpoint: str, name: str) -> Any:
    parameters = document["paths"][PREFIX + endpoint]["get"]["parameters"]
    return next(parameter for parameter in parameters if parameter["name"] == name)


def remove_field(document: dict[str, Any]) -> None:
    del schema(document, "SectionValue")["properties"]["heading"]
    schema(document, "SectionValue")["required"].remove("heading")


def make_nullable(document: dict[str, Any]) -> None:
    text = {"anyOf": [{"type": "string"}, {"type": "null"}]}
    schema(document, "SectionValue")["properties"]["heading"] = text


def change_type(document: dict[str, Any]) -> None:
    schema(document, "Sessions")["properties"]["minutes"] = {"type": "string"}


def let_be_left_out(document: dict[str, Any]) -> None:
    schema(document, "Sessions")["required"].remove("minutes")


def remove_endpoint(document: dict[str, Any]) -> None:
    del document["paths"][f"{PREFIX}concerns/"]


def require_parameter(document: dict[str, Any]) -> None:
    parameter(document, "faqs/", "topic")["required"] = True


def remove_choice(document: dict[str, Any]) -> None:
    parameter(document, "pages/", "order")["schema"]["enum"].remove("title")


def lower_maximum(document: dict[str, Any]) -> None:
    parameter(document, "pages/", "limit")["schema"]["maximum"] = 50


def remove_parameter(document: dict[str, Any]) -> None:
    parameters = document["paths"][f"{PREFIX}pages/"]["get"]["parameters"]
    parameters.remove(parameter(document, "pages/", "concern"))


def add_field(document: dict[str, Any]) -> None:
    schema(document, "SectionValue")["properties"]["number"] = {"type": "integer"}
    schema(document, "SectionValue")["required"].append("number")


def add_parameter(document: dict[str, Any]) -> None:
    parameters = document["paths"][f"{PREFIX}locales/"]["get"].setdefault("parameters", [])
    parameters.append({"name": "x", "in": "query", "schema": {"type": "string"}})


def add_choice(document: dict[str, Any]) -> None:
    parameter(document, "pages/", "order")["schema"]["enum"].append("id")


def add_endpoint(document: dict[str, Any]) -> None:
    document["paths"][f"{PREFIX}new/"] = document["paths"][f"{PREFIX}locales/"]


def never_null(document: dict[str, Any]) -> None:
    image = {"$ref": "#/components/schemas/Image"}
    schema(document, "HomeContent")["properties"]["image"] = image


def add_block(document: dict[str, Any]) -> None:
    novelty = copy.deepcopy(schema(document, "SectionBlock"))
    novelty["properties"]["type"]["const"] = "video"
    document["components"]["schemas"]["VideoBlock"] = novelty
    schema(document, "BodyBlock")["oneOf"].append({"$ref": "#/components/schemas/VideoBlock"})


@pytest.mark.parametrize(
    ("edit", "named"),
    [
        (remove_field, "SectionValue.heading: the field is gone"),
        (make_nullable, "SectionValue.heading: can now be null"),
        (change_type, "Sessions.minutes: can now be string"),
        (let_be_left_out, "Sessions.minutes: can now be left out"),
        (remove_endpoint, f"{PREFIX}concerns/: the endpoint is gone"),
        (require_parameter, f"{PREFIX}faqs/?topic: must now be given"),
        (remove_choice, f"{PREFIX}pages/?order: accepts something else"),
        (lower_maximum, f"{PREFIX}pages/?limit: maximum is now 50"),
        (remove_parameter, f"{PREFIX}pages/: the parameter concern is gone"),
    ],
)
def test_what_breaks_front_ends_is_named_as_breaking(edit: Edit, named: str) -> None:
    document = committed()
    edit(document)
    found = [str(change) for change in changes(committed(), document)]
    assert any(change.startswith(f"BREAKING  {named}") for change in found), found


@pytest.mark.parametrize(
    ("edit", "named"),
    [
        (add_field, "SectionValue.number: a new field"),
        (add_parameter, f"{PREFIX}locales/?x: a new parameter"),
        (add_choice, f"{PREFIX}pages/?order: accepts more"),
        (add_endpoint, f"{PREFIX}new/: a new endpoint"),
        (never_null, "HomeContent.image: can no longer be null"),
        (add_block, "can now be type=video: switches that name every case stop compiling"),
    ],
)
def test_what_only_adds_is_named_as_additive(edit: Edit, named: str) -> None:
    document = committed()
    edit(document)
    found = [str(change) for change in changes(committed(), document)]
    assert found
    assert not any(change.startswith("BREAKING") for change in found), found
    assert any(named in change for change in found), found


def test_the_same_document_has_not_changed() -> None:
    assert changes(committed(), committed()) == []
