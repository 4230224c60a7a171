"""Errors as RFC 9457 problem details, in one place."""

from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError

from cms.core.schemas import PublicSchema

PROBLEM_JSON = "application/problem+json"


class Problem(PublicSchema):
    """https://www.rfc-editor.org/rfc/rfc9457"""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    instance: str


class BadRequest(Exception):
    """A request that the contract does not allow; the message says what is wrong."""


class Refused(Exception):
    """A request from someone who may not have the answer; the message says why."""


def problem_response(request: HttpRequest, status: HTTPStatus, detail: str) -> HttpResponse:
    """An error answer.

    Takes the request, the HTTP status and a sentence that says what is wrong and what to do.
    """
    problem = Problem(
        title=status.phrase, status=status.value, detail=detail, instance=request.path
    )
    return HttpResponse(problem.model_dump_json(), status=status.value, content_type=PROBLEM_JSON)


def register_problem_handlers(api: NinjaAPI) -> None:
    """Let every error of an API be answered as problem details."""

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
    if item["type"] == "missing":
        return f"{item['loc'][-1]}: this query parameter is required."
    return f"{item['loc'][-1]}: {item['msg']}."
