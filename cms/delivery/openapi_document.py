"""Completes the OpenAPI document that django-ninja makes of the routes and schemas."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any, Final

from django.conf import settings

from .problems import PROBLEM_JSON, Problem
from .routers.export import JSON_LINES

# Statuses are numbers there, beside the word `default`.
Part = dict[Any, Any]

REFERENCE: Final = "#/components/schemas/"
# Paths are whole, so the server is whichever gave the document.
SERVERS: Final = [{"url": "/", "description": "The host that this document is from."}]
INFO: Final = {
    "contact": {"name": "The editors of the site"},
    "license": {"name": "All rights reserved", "identifier": "LicenseRef-All-rights-reserved"},
}
TAGS: Final = {
    "site": "Languages, menu, contact, crisis help and footer.",
    "pages": "Pages: lists of them, one by its id or path, and all of a language.",
    "FAQ": "Questions, answers and their topics.",
    "self-tests": "Invitations to self-tests.",
    "concerns": "What people seek help for.",
    "search": "Pages and questions that contain given words.",
    "addresses": "Every address that answers: for sitemaps, and for hosts of built sites.",
    "changes": "What has changed since a version of the content.",
    "preview": "Drafts, for the editor who is shown one.",
}
LANGUAGE_PARAMETERS: Final = frozenset({"locale", "fallback"})
# A field of an answer that is left out where it was not asked for.
NOT_ALWAYS_THERE: Final = {"page"}
# Fields of lists that came after the first front ends. They are always there, but programs that
# write such a list themselves, as for a search that failed, are to compile as before.
CAME_LATER: Final = {"next_cursor", "version", "counts", "suggestions", "crisis_help"}


def complete(document: Part) -> None:
    """Add what django-ninja does not know of, and take out what no operation uses."""
    _unwrap(document)
    schemas: Part = document["components"]["schemas"]
    schemas["Problem"] = Problem.model_json_schema()
    document["servers"] = SERVERS
    document["info"] |= INFO
    document["tags"] = [{"name": name, "description": text} for name, text in TAGS.items()]
    # Everybody may read everything; the only secret is the token of a preview, in its address.
    document["security"] = []
    for path, methods in document["paths"].items():
        for operation in methods.values():
            _complete_responses(path, operation)
            for parameter in operation["parameters"]:
                if parameter["name"] in LANGUAGE_PARAMETERS:
                    _name_languages(parameter["schema"])
    for name in schemas.keys() - _used(document):
        del schemas[name]
    for schema in schemas.values():
        _require_what_is_always_there(schema)


def _complete_responses(path: str, operation: Part) -> None:
    responses: Part = operation["responses"]
    if path.endswith("/export/"):
        _rename_only(responses[HTTPStatus.OK]["content"], JSON_LINES)
    for status, answer in responses.items():
        if status >= HTTPStatus.BAD_REQUEST:
            _rename_only(answer["content"], PROBLEM_JSON)
    problem = {PROBLEM_JSON: {"schema": {"$ref": f"{REFERENCE}Problem"}}}
    responses[HTTPStatus.BAD_REQUEST] = {
        "description": "A parameter is missing, unknown, blank, repeated or has a value that is "
        "not allowed; `detail` names it.",
        "content": problem,
    }
    responses["default"] = {
        "description": "What is wrong: another method, no database, or a fault of the server.",
        "content": problem,
    }


def _rename_only(content: Part, kind: str) -> None:
    _kind, schema = content.popitem()
    content[kind] = schema


def _name_languages(schema: Part) -> None:
    """Name the languages that are configured, beside any other text.

    Without the other text, programs would no longer compile that keep a code in a string. In
    answers codes stay strings: a program that checks answers would refuse each page that has a
    translation in a language that was added after it.
    """
    codes = [code for code, _name in settings.LANGUAGES]
    members = schema.pop("anyOf", None)
    if members is None:
        members = [{name: schema.pop(name) for name in ("type", "maxLength")}]
    schema["anyOf"] = [{"type": "string", "enum": codes}, *members]


def _unwrap(part: Any) -> None:
    """Write a reference with a description as such, which OpenAPI 3.1 allows."""
    for child in part.values() if isinstance(part, dict) else part:
        if isinstance(child, dict | list):
            _unwrap(child)
    if isinstance(part, dict) and len(part.get("allOf", ())) == 1:
        part |= part.pop("allOf")[0]


def _require_what_is_always_there(schema: Part) -> None:
    """Require the fields with a default, such as `kind`: answers always have them."""
    properties: Part = schema.get("properties", {})
    for described in properties.values():
        described.pop("default", None)
    optional = NOT_ALWAYS_THERE | (CAME_LATER if "next_cursor" in properties else set())
    if properties:
        schema["required"] = [field for field in properties if field not in optional]


def _used(document: Part) -> set[str]:
    """Return the names of the schemas that operations refer to, directly and indirectly."""
    found: set[str] = set()
    waiting = list(_references(document["paths"]))
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += _references(document["components"]["schemas"][name])
    return found


def _references(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(reference := part.get("$ref"), str):
            yield reference.removeprefix(REFERENCE)
        mapping = part.get("discriminator", {}).get("mapping", {})
        yield from (reference.removeprefix(REFERENCE) for reference in mapping.values())
        part = part.values()
    elif not isinstance(part, list):
        return
    for child in part:
        yield from _references(child)
