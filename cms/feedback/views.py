"""The form at the end of pages, and the page that thanks for an answer.

Nothing of the request is stored but which button was pressed on which page. There is no session
and no cookie, and so no CSRF token either: instead of it, requests that a browser marks as sent by
another site are refused (https://www.w3.org/TR/fetch-metadata/).
"""

from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe
from wagtail.models import Page

from cms.public.lookup import PublicLookup
from cms.public.page_paths import page_path
from cms.public.visibility import PublicScope
from cms.public.wayfinding import language_choices

from .models import AnswerCount

ANSWERS: Final = {"yes": True, "no": False}
OWN_SITE: Final = ("same-origin", "none")


@csrf_exempt
@require_POST
@never_cache
def answer(request: HttpRequest, page_id: int) -> HttpResponse:
    """Count the answer and lead to the thanks; raises Http404 where the page is not public."""
    _scope, page = _public_page(request, page_id)
    if _is_of_another_site(request):
        raise PermissionDenied("Another site sent this answer.")
    helped = ANSWERS.get(request.POST.get("helped", ""))
    if helped is None:
        raise BadRequest("The answer is neither yes nor no.")
    AnswerCount.add(page, helped=helped)
    response = HttpResponseRedirect(reverse("feedback_thanks", args=[page.pk]))
    response.status_code = 303
    return response


@require_safe
@never_cache
def thanks(request: HttpRequest, page_id: int) -> HttpResponse:
    """Thank for an answer, lead back to the page, and say where else to turn."""
    scope, page = _public_page(request, page_id)
    context: dict[str, Any] = {
        "lookup": PublicLookup(scope, scope.locales[page.locale_id]),
        "languages": language_choices(scope, get_language() or settings.LANGUAGE_CODE, []),
        "title": page.title,
        "path": page_path(page),
    }
    response = render(request, "feedback/thanks.html", context)
    response["Referrer-Policy"] = "no-referrer"
    return response


def _is_of_another_site(request: HttpRequest) -> bool:
    """Return whether the browser says so; `Origin` is "null" where no referrer is sent."""
    if request.headers.get("Sec-Fetch-Site", "none") not in OWN_SITE:
        return True
    origin = urlsplit(request.headers.get("Origin", "null")).netloc
    return origin not in ("", request.get_host())


def _public_page(request: HttpRequest, page_id: int) -> tuple[PublicScope, Page]:
    """Return the scope and the public page of the language of the request's path."""
    scope = PublicScope.for_request(request)
    locale = scope.locale(get_language() or "")
    page = scope.pages().filter(pk=page_id, locale=locale).first()
    if not settings.ASK_WHETHER_IT_HELPED or page is None:
        raise Http404("No answers are counted here.")
    return scope, page
