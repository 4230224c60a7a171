"""Checks query parameters: only known ones, each once and with a value."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest
from ninja import Schema
from pydantic import ConfigDict

from cms.journal.lease import lease

from .problems import BadRequest, problem_response
from .urls_of_pages import mark_own_address


class Parameters(Schema):
    """The query parameters of an endpoint."""

    model_config = ConfigDict(extra="forbid")


def strict(parameters: type[Parameters] | None = None) -> Callable[[Any], Any]:
    """Refuse unknown, repeated, blank and unprintable query parameters.

    Takes the endpoint's parameters; use it with `ninja.decorators.decorate_view`. A refused request
    is answered with 400 and the name of the parameter. Other answers are public, unless the
    endpoint has set `Cache-Control`. Lists find the content version in `request.journal_version`.
    """
    allowed = list(parameters.model_fields) if parameters else []
    is_list = "cursor" in allowed

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def run(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            try:
                check_query(request, allowed)
            except BadRequest as error:
                return problem_response(request, HTTPStatus.BAD_REQUEST, str(error))
            if is_list:
                request.journal_version = read_version(request)  # type: ignore[attr-defined]
            response = view(request, *args, **kwargs)
            if response.status_code == HTTPStatus.OK and not response.has_header("Cache-Control"):
                mark_own_address(request, response)
            return response

        return run

    return decorate


def read_version(request: HttpRequest) -> int:
    """Return the content version of a request; content that is read afterwards is not older.

    The response cache has read it for readers without a session.
    """
    version = getattr(request, "content_version", None)
    return lease.read() if version is None else int(version[0])


def check_query(request: HttpRequest, allowed: list[str]) -> None:
    """Raise BadRequest unless the query consists of allowed parameters, each once."""
    for name, values in request.GET.lists():
        shown = ascii(name)
        if name not in allowed:
            known = ", ".join(allowed) or "none"
            raise BadRequest(f"Unknown query parameter {shown}. Allowed here: {known}.")
        if len(values) > 1:
            raise BadRequest(f"{name}: given {len(values)} times; give it once.")
        if not values[0].strip():
            raise BadRequest(f"{name}: is blank; give a value or leave it out.")
        if not values[0].isprintable() or "\ufffd" in values[0]:
            raise BadRequest(f"{name}: contains characters that no value has.")
