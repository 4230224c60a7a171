"""Reduces answers to the fields that a reader has asked for."""

from collections.abc import Collection
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from ninja.renderers import JSONRenderer

from cms.public.schemas import PublicSchema

# What tells the shapes of an answer apart.
ALWAYS: Final = frozenset({"kind", "id", "type"})

_renderer: Final = JSONRenderer()


def item_with_fields(
    request: HttpRequest, response: HttpResponse, item: PublicSchema, fields: Collection[str]
) -> HttpResponse:
    """Return the given response with the chosen fields of an answer that is one item."""
    return _render(request, response, _chosen(item.model_dump(by_alias=True), fields))


def list_with_fields(
    request: HttpRequest, response: HttpResponse, answer: PublicSchema, fields: Collection[str]
) -> HttpResponse:
    """Return the given response with the chosen fields of each item of a list."""
    data = answer.model_dump(by_alias=True)
    data["items"] = [_chosen(item, fields) for item in data["items"]]
    return _render(request, response, data)


def _chosen(data: dict[str, Any], fields: Collection[str]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name in ALWAYS or name in fields}


def _render(request: HttpRequest, response: HttpResponse, data: Any) -> HttpResponse:
    response.content = _renderer.render(request, data, response_status=response.status_code)
    return response
