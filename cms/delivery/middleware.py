"""Applies HTTP rules to the APIs: methods, slashes, validators, caching, CORS and problems."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.urls import is_valid_path

from cms.public.cache_headers import conditional_response, entity_tag, mark_public

from .problems import as_problem, problem_response

PREFIX: Final = "/api/"
# The writable API for holders of a token: only its errors are handled here.
MANAGEMENT: Final = "/api/v3-preview/"
METHODS: Final = ("GET", "HEAD", "OPTIONS")
# Public answers are readable from every origin. Browsers send no cookies with `*`, and `*` does not
# cover `Authorization`, which some programs always send.
CORS: Final = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Content-Language, Allow, Location, Retry-After",
}
PREFLIGHT: Final = {
    "Allow": ", ".join(METHODS),
    "Access-Control-Allow-Methods": ", ".join(METHODS),
    "Access-Control-Allow-Headers": "*, Authorization",
    "Access-Control-Max-Age": "86400",
}


class ApiMiddleware:
    """Sets the headers and errors of every answer below `/api/`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        if request.path_info.startswith(MANAGEMENT):
            response = as_problem(request, self.get_response(request))
        else:
            _forget_reader(request)
            response = self._answer(request)
            for name, value in CORS.items():
                response[name] = value
        if response.status_code >= HTTPStatus.BAD_REQUEST:
            response["Cache-Control"] = "no-store"
        return response

    def _answer(self, request: HttpRequest) -> HttpResponse:
        if request.method not in METHODS:
            response = problem_response(
                request, HTTPStatus.METHOD_NOT_ALLOWED, f"Use one of {', '.join(METHODS)}."
            )
            response["Allow"] = ", ".join(METHODS)
            return response
        if request.method == "OPTIONS":
            return HttpResponse(status=HTTPStatus.NO_CONTENT, headers=PREFLIGHT)
        if not request.path_info.endswith("/") and is_valid_path(f"{request.path_info}/"):
            query = request.META.get("QUERY_STRING", "")
            location = f"{request.path}/" + (f"?{query}" if query else "")
            return HttpResponse(
                status=HTTPStatus.PERMANENT_REDIRECT, headers={"Location": location}
            )
        if request.method == "HEAD":
            return self._without_body(request)
        return self._get(request)

    def _without_body(self, request: HttpRequest) -> HttpResponse:
        """Return an answer to HEAD with the headers of GET (RFC 9110, 9.3.2)."""
        request.method = "GET"
        response = self._get(request)
        if response.streaming:
            # The lines are not made. Closing the response would send `request_finished` too early.
            return HttpResponse(status=response.status_code, headers=dict(response.items()))
        length = str(len(response.content))
        response.content = b""
        response["Content-Length"] = length
        return response

    def _get(self, request: HttpRequest) -> HttpResponse:
        return as_problem(request, self._validated(request, self.get_response(request)))

    def _validated(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if "no-store" in response.get("Cache-Control", "") or response.has_header("ETag"):
            return response
        if response.status_code != HTTPStatus.OK or response.streaming:
            return response
        # What the response cache does not keep: the contract itself, APIs of Wagtail.
        response["ETag"] = etag = entity_tag(response.content)
        if not response.has_header("Cache-Control"):
            mark_public(response)
        return conditional_response(request, etag, response) or response


def _forget_reader(request: HttpRequest) -> None:
    """Remove what tells readers apart: an answer depends on the address alone.

    Whoever reads it would otherwise access the session, and set or delete its cookie.
    """
    request.COOKIES = {}
    request.META.pop("HTTP_AUTHORIZATION", None)
