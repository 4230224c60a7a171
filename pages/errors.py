"""The pages for an address that leads nowhere and for a fault, in the language of the path."""

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
    """404, with the site's menu and crisis help around it."""
    language = language_of_path(request.path_info)
    context = {}
    if Site.find_for_request(request):
        scope = PublicScope.for_request(request)
        context = {"languages": language_choices(scope, language, [])}
    with translation.override(language):
        return render(request, "404.html", context, status=HTTPStatus.NOT_FOUND)


def server_error(request: HttpRequest) -> HttpResponse:
    """500; asks the database for nothing, since the database may be what failed."""
    language = language_of_path(request.path_info)
    return message_page(request, HTTPStatus.INTERNAL_SERVER_ERROR, language)


def message_page(
    request: HttpRequest, status: HTTPStatus, language: str, **context: Any
) -> HttpResponse:
    """A page of few words that asks the database for nothing; without any, those of a fault.

    Takes `heading` and `paragraphs`, and `for_visitors` and `can_ask_again` where they are not
    true: contacts in a crisis, and a link to the same address.
    """
    shown = {"for_visitors": True, "can_ask_again": True, **context}
    with translation.override(language):
        return HttpResponse(render_to_string("500.html", shown), status=status)
