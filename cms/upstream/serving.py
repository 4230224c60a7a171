"""Wagtail's serving of documents and the password forms of private pages and collections.

From `wagtail.documents`, `wagtail.wagtail_hooks`, `wagtail.forms` and `wagtail.utils.decorators`,
Wagtail 8.0. Documented are the restrictions and the template of the form. The check itself runs
only inside Wagtail's views of a page or a document; we need it for renditions of private images,
and for a page whose translation is private.
"""

from collections.abc import Callable
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import parse_etags
from wagtail.documents.views.serve import serve
from wagtail.documents.wagtail_hooks import check_view_restrictions as check_collection
from wagtail.forms import PasswordViewRestrictionForm
from wagtail.utils.decorators import xframe_options_sameorigin_override
from wagtail.wagtail_hooks import check_view_restrictions as check_page

__all__ = ["PasswordViewRestrictionForm", "xframe_options_sameorigin_override"]

UNKNOWN_FILE: Final = frozenset({'""', 'W/""'})


def serve_document(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
    """Return a document's file, or what the restrictions of its collection ask for.

    A file whose hash is not known has no entity tag; Wagtail makes one that all of them share.
    """
    known = parse_etags(request.headers.get("If-None-Match", ""))
    if not UNKNOWN_FILE.isdisjoint(known):
        del request.META["HTTP_IF_NONE_MATCH"]
    response: HttpResponseBase = serve(request, **kwargs)
    if response.get("ETag") in UNKNOWN_FILE:
        del response["ETag"]
    return response


def refuse_by_collection(file: Any, request: HttpRequest) -> HttpResponseBase | None:
    """Return what the restrictions of an image's or document's collection ask for.

    None where the request may have the file.
    """
    refusal: HttpResponseBase | None = check_collection(file, request)
    return refusal


def behind_page_restrictions(
    page: Any,
    answer: Callable[[], HttpResponse],
    request: HttpRequest,
    args: list[Any],
    kwargs: dict[str, Any],
) -> HttpResponse:
    """Return the answer, or what the restrictions of a page ask for."""
    guarded = check_page(lambda *_ignored: answer())
    response: HttpResponse = guarded(page, request, args, kwargs)
    return response
