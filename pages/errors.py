"""Error pages in the language of the path."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from wagtail.models import Site

from cms.core.i18n import language_of_path
from cms.public.visibility import PublicScope
from cms.public.wayfinding import language_choices


def not_found(request: HttpRequest) -> HttpResponse:
    """Return the 404 page, with the site's menu and crisis help."""
    language = language_of_path(request.path_info)
    context = {}
    if Site.find_for_request(request):
        scope = PublicScope.for_request(request)
        context = {"languages": language_choices(scope, language, [])}
    with translation.override(language):
        return render(request, "404.html", context, status=HTTPStatus.NOT_FOUND)


def message_page(
    request: HttpRequest, status: HTTPStatus, language: str, **context: Any
) -> HttpResponse:
    """Return a short page without a query; by default that of a server error.

    Takes `heading` and `paragraphs`. `for_visitors=False` leaves out the contacts for a crisis,
    `can_ask_again=False` the link to try the same address again.
    """
    shown = {"for_visitors": True, "can_ask_again": True, **context}
    with translation.override(language):
        return HttpResponse(render_to_string("500.html", shown), status=status)
