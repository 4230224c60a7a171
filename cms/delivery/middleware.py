"""HTTP around the Delivery API: methods, trailing slash, validators, caching and CORS."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.urls import is_valid_path
from django.utils.cache import get_conditional_response

from cms.core.caching import entity_tag, mark_public

from .problems import PROBLEM_JSON, problem_response

PREFIX: Final = "/api/delivery/"
METHODS: Final = ("GET", "HEAD", "OPTIONS")


class DeliveryMiddleware:
    """Gives every answer below `/api/delivery/` what the contract promises of headers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        response = self._answer(request)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "ETag, Content-Language"
        return response

    def _answer(self, request: HttpRequest) -> HttpResponse:
        if request.method not in METHODS:
            response = problem_response(
                request, HTTPStatus.METHOD_NOT_ALLOWED, f"Use one of {', '.join(METHODS)}."
            )
            response["Allow"] = ", ".join(METHODS)
            return response
        if request.method == "OPTIONS":
            return HttpResponse(
                status=HTTPStatus.NO_CONTENT,
                headers={
                    "Allow": ", ".join(METHODS),
                    "Access-Control-Allow-Methods": ", ".join(METHODS),
                    "Access-Control-Allow-Headers": "If-None-Match",
                    "Access-Control-Max-Age": "86400",
                },
            )
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
        """The headers that GET would give (RFC 9110, 9.3.2)."""
        request.method = "GET"
        response = self._get(request)
        length = str(len(response.content))
        response.content = b""
        response["Content-Length"] = length
        return response

    def _get(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if "no-store" in response.get("Cache-Control", "") or response.has_header("ETag"):
            return response
        if response.status_code == HTTPStatus.OK and not response.streaming:
            # What the response cache did not see: the contract itself, a reader with a session.
            response["ETag"] = etag = entity_tag(response)
            mark_public(response)
            return get_conditional_response(request, etag=etag, response=response) or response
        if response.get("Content-Type") == PROBLEM_JSON:
            response["Cache-Control"] = "no-store"
        return response
