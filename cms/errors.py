"""Answers for addresses that lead nowhere and for faults: a page for people, JSON for programs."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.views import defaults

from cms.delivery.problems import problem_response
from pages import errors as pages_errors

API_PREFIX = "/api/"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """For what Django itself refuses, such as a host that the site does not answer to."""
    if request.path.startswith(API_PREFIX):
        return problem_response(
            request, HTTPStatus.BAD_REQUEST, "The request's headers or address are not valid here."
        )
    return defaults.bad_request(request, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if request.path.startswith(API_PREFIX):
        return problem_response(request, HTTPStatus.NOT_FOUND, "There is nothing at this address.")
    return pages_errors.not_found(request)


def server_error(request: HttpRequest) -> HttpResponse:
    if request.path.startswith(API_PREFIX):
        return problem_response(
            request, HTTPStatus.INTERNAL_SERVER_ERROR, "Something went wrong on our side."
        )
    return pages_errors.server_error(request)
