"""Checks query parameters: only known ones, each once and with a value."""

import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from functools import wraps
from http import HTTPStatus
from typing import Annotated, Any, ClassVar, Final, get_args

from django.http import HttpRequest
from ninja import Schema
from ninja.signature.details import is_collection_type
from pydantic import BeforeValidator, ConfigDict, GetJsonSchemaHandler

from cms.journal.lease import lease

from .problems import BadRequest, problem_response
from .urls_of_pages import mark_own_address


class Parameters(Schema):
    """The query parameters of an endpoint. Those that are lists can be repeated.

    `tells_version` says that the answer names the content version, which is read before content.
    """

    model_config = ConfigDict(extra="forbid")

    tells_version: ClassVar[bool] = False


class OneOrSeveral:
    """Marks a list that the contract offers as a single value as well.

    The parameter was a single value once: programs that were written then still fit.
    """

    def __get_pydantic_json_schema__(
        self, schema: Any, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        members = handler(schema)["anyOf"]
        several = next(member for member in members if "items" in member)
        return {"anyOf": [several["items"], *members]}


def _split(values: list[str]) -> list[str]:
    return [part for value in values for part in value.split(",")]


def _parse_rfc_3339(value: str) -> datetime:
    """Return the time in UTC; a leap second, which Python does not know, as the one before it."""
    if RFC_3339.fullmatch(value):
        with suppress(ValueError, OverflowError):
            known = LEAP_SECOND.sub(":59", value.upper())
            return datetime.fromisoformat(known).astimezone(UTC)
    raise ValueError("is no date and time such as 2026-11-27T12:00:00Z; a plus sign is written %2B")


# A list whose values can stand in one parameter, with commas between them.
WithCommas: Final = BeforeValidator(_split)
# As many characters of a refused value are repeated.
SHOWN: Final = 30
INTEGER: Final = re.compile(r"0|-?[1-9][0-9]*")
RFC_3339: Final = re.compile(
    r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)", re.ASCII
)
LEAP_SECOND: Final = re.compile(r"(?<=T\d\d:\d\d):60")
Moment = Annotated[datetime, BeforeValidator(_parse_rfc_3339)]


def strict(parameters: type[Parameters] | None = None) -> Callable[[Any], Any]:
    """Refuse unknown, repeated, blank and unprintable query parameters, and odd integers.

    Takes the endpoint's parameters; use it with `ninja.decorators.decorate_view`. A refused request
    is answered with 400 and the name of the parameter. Other answers are public, unless the
    endpoint has set `Cache-Control`. Endpoints that tell the content version find it in
    `request.journal_version`.
    """
    fields = parameters.model_fields if parameters else {}
    allowed = {name: is_collection_type(field.annotation) for name, field in fields.items()}
    integers = {name for name, field in fields.items() if _holds_integers(field.annotation)}
    tells_version = parameters is not None and parameters.tells_version

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def run(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            try:
                check_query(request, allowed)
                _check_integers(request, integers)
            except BadRequest as error:
                return problem_response(request, HTTPStatus.BAD_REQUEST, str(error))
            if tells_version:
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


def check_query(request: HttpRequest, allowed: Mapping[str, bool]) -> None:
    """Raise BadRequest unless the query consists of allowed parameters.

    Takes their names, each with whether it can be repeated.
    """
    for name, values in request.GET.lists():
        shown = ascii(name)
        if name not in allowed:
            known = ", ".join(allowed) or "none"
            raise BadRequest(f"Unknown query parameter {shown}. Allowed here: {known}.")
        if len(values) > 1 and not allowed[name]:
            raise BadRequest(f"{name}: given {len(values)} times; give it once.")
        for value in values:
            if not value.strip():
                raise BadRequest(f"{name}: is blank; give a value or leave it out.")
            if not value.isprintable() or "\ufffd" in value:
                raise BadRequest(f"{name}: contains characters that no value has.")


def _check_integers(request: HttpRequest, names: Iterable[str]) -> None:
    """Raise BadRequest unless these parameters are integers as JSON has them.

    The schema reads them as Python does, which knows `1_0`, `+5`, `05` and `5.0` too.
    """
    for name in names:
        for part in _split(request.GET.getlist(name)):
            if not INTEGER.fullmatch(part):
                raise BadRequest(f"{name}: {part[:SHOWN]!a} is no integer such as 20.")


def _holds_integers(annotation: Any) -> bool:
    return annotation is int or any(map(_holds_integers, get_args(annotation)))
