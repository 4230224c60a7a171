"""Errors as RFC 9457 problem details, in one place."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

from cms.core.schemas import PublicSchema

PROBLEM_JSON = "application/problem+json"


class Problem(PublicSchema):
    """https://www.rfc-editor.org/rfc/rfc9457"""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    instance: str


def problem_response(request: HttpRequest, status: HTTPStatus, detail: str) -> HttpResponse:
    """An error answer.

    Takes the request, the HTTP status and a sentence that says what is wrong and what to do.
    """
    problem = Problem(
        title=status.phrase, status=status.value, detail=detail, instance=request.path
    )
    return HttpResponse(
        problem.model_dump_json(),
        status=status.value,
        content_type=PROBLEM_JSON,
        headers={"Cache-Control": "no-store", "Access-Control-Allow-Origin": "*"},
    )
