"""Query parameters: exactly those that an endpoint names, each once and with a value."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Schema
from pydantic import ConfigDict, Field
from wagtail.models import Locale

from cms.core.visibility import PublicScope

from .problems import BadRequest, problem_response
from .schemas import PageType

LARGEST = 2**31 - 1

LocaleCode = Annotated[str, Field(description="A language code from locales/.", max_length=20)]
Slug = Annotated[str, Field(max_length=120)]


class Parameters(Schema):
    """The query parameters of an endpoint."""

    model_config = ConfigDict(extra="forbid")


class NavigationParameters(Parameters):
    locale: LocaleCode


class PathParameters(Parameters):
    path: str = Field(
        description="A path (/en/therapy-methods/ipt/) or an html_url of this site.",
        max_length=2000,
    )


class PageListParameters(Parameters):
    locale: LocaleCode
    fallback: LocaleCode | None = Field(
        None,
        description="Another language to take pages from that have no translation in `locale`; "
        "they are marked with is_fallback.",
    )
    type: PageType | None = None
    concern: Slug | None = Field(None, description="The slug of a concern in `locale`.")
    parent: int | None = Field(None, ge=1, le=LARGEST, description="The id of the parent page.")
    order: Literal["position", "title", "-title", "last_published_at", "-last_published_at"] = (
        "position"
    )
    limit: int = Field(20, ge=1, le=100)
    offset: int = Field(0, ge=0, le=LARGEST)


def strict(parameters: type[Parameters] | None = None) -> Callable[[Any], Any]:
    """Refuse unknown, repeated, blank and unprintable query parameters before anything else.

    Takes the endpoint's parameters; use it with `ninja.decorators.decorate_view`. The answer
    is then 400 and names the parameter.
    """
    allowed = list(parameters.model_fields) if parameters else []

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def run(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            try:
                check_query(request, allowed)
            except BadRequest as error:
                return problem_response(request, HTTPStatus.BAD_REQUEST, str(error))
            return view(request, *args, **kwargs)

        return run

    return decorate


def check_query(request: HttpRequest, allowed: list[str]) -> None:
    """Raise BadRequest where the query string is not made of allowed parameters, once each."""
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


def find_locale(scope: PublicScope, code: str, name: str = "locale") -> Locale:
    """The locale of a language code; raises BadRequest that lists the codes there are."""
    locale = scope.locale(code)
    if locale is None:
        codes = ", ".join(known.language_code for known in scope.locales.values())
        raise BadRequest(f"{name}: must be one of {codes}.")
    return locale
