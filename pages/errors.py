"""The pages for an address that leads nowhere and for a fault, in the language of the path."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from wagtail.models import Site

from cms.core.i18n import language_of_path
from cms.core.visibility import PublicScope
from cms.core.wayfinding import language_choices


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
    with translation.override(language_of_path(request.path_info)):
        html = render_to_string("500.html")
        return HttpResponse(html, status=HTTPStatus.INTERNAL_SERVER_ERROR)
