"""Answers errors as problem details (RFC 9457)."""

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError
from pydantic import Field

from cms.public.schemas import PublicSchema

PROBLEM_JSON = "application/problem+json"


class Problem(PublicSchema):
    """https://www.rfc-editor.org/rfc/rfc9457"""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    instance: str


class VersionProblem(Problem):
    """The journal cannot tell what followed a version."""

    version: int = Field(
        description="The version to go on from: read everything again, then give it as `since`."
    )


class BadRequest(Exception):
    """Raised for a request that the API does not allow; the message says what is wrong."""


class Refused(Exception):
    """Raised for a reader who may not have the answer; the message says why."""


def problem_response(
    request: HttpRequest,
    status: HTTPStatus,
    detail: str,
    shape: type[Problem] = Problem,
    **members: Any,
) -> HttpResponse:
    """Return an error as problem details.

    Takes a sentence that says what is wrong and what to do. A problem with members of its own also
    takes its schema and these members.
    """
    problem = shape(
        title=status.phrase,
        status=status.value,
        detail=detail,
        instance=request.path,
        **members,
    )
    return HttpResponse(problem.model_dump_json(), status=status.value, content_type=PROBLEM_JSON)


def as_problem(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Turn an error answer without problem details into one.

    For errors that Django answers before the API is called. JSON, an API's own answer, is left
    alone, and so are other headers.
    """
    is_error = response.status_code >= HTTPStatus.BAD_REQUEST and not response.streaming
    if not is_error or "json" in response.get("Content-Type", ""):
        return response
    status = HTTPStatus(response.status_code)
    if settings.DEBUG and status == HTTPStatus.INTERNAL_SERVER_ERROR:
        # The developer's own page.
        return response
    problem = problem_response(request, status, f"{status.description or status.phrase}.")
    response.content = problem.content
    response["Content-Type"] = PROBLEM_JSON
    response["Content-Length"] = str(len(response.content))
    return response


def register_problem_handlers(api: NinjaAPI) -> None:
    """Register the handlers that answer the exceptions of an API as problem details."""

    @api.exception_handler(BadRequest)
    def bad_request(request: HttpRequest, error: BadRequest) -> HttpResponse:
        return problem_response(request, HTTPStatus.BAD_REQUEST, str(error))

    @api.exception_handler(Refused)
    def refused(request: HttpRequest, error: Refused) -> HttpResponse:
        return problem_response(request, HTTPStatus.FORBIDDEN, str(error))

    @api.exception_handler(ValidationError)
    def invalid_parameter(request: HttpRequest, error: ValidationError) -> HttpResponse:
        detail = "; ".join(_describe(item) for item in error.errors)
        return problem_response(request, HTTPStatus.BAD_REQUEST, detail)

    @api.exception_handler(Http404)
    def not_found(request: HttpRequest, error: Http404) -> HttpResponse:
        return problem_response(
            request, HTTPStatus.NOT_FOUND, str(error) or "There is nothing at this address."
        )


def _describe(item: dict[str, Any]) -> str:
    # The last part is a number where one value of a list is meant.
    name = next(part for part in reversed(item["loc"]) if isinstance(part, str))
    if item["type"] == "missing":
        return f"{name}: this query parameter is required."
    return f"{name}: {item['msg'].removeprefix('Value error, ')}."
