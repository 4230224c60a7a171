"""Wagtail's serving of documents and the password forms of private pages and collections.

From `wagtail.documents`, `wagtail.wagtail_hooks`, `wagtail.forms`, `wagtail.utils.decorators` and
`wagtail.models.view_restrictions`, Wagtail 8.0. Documented are the restrictions and the template of
the form. The check itself runs only inside Wagtail's views of a page or a document; we need it for
renditions of private images, and for a page whose translation is private. A session keeps the ids
of the restrictions that it has passed, whatever becomes of their passwords.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.http import parse_etags
from wagtail.documents.views.serve import serve
from wagtail.documents.wagtail_hooks import check_view_restrictions as check_collection
from wagtail.forms import PasswordViewRestrictionForm
from wagtail.models.view_restrictions import BaseViewRestriction
from wagtail.utils.decorators import xframe_options_sameorigin_override
from wagtail.wagtail_hooks import check_view_restrictions as check_page

__all__ = ["PasswordViewRestrictionForm", "xframe_options_sameorigin_override"]

# The key in a session of the passwords that it has passed with: digests by restriction.
PASSED: Final = "passed_passwords"
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


def require_present_password() -> None:
    """Let a session pass a restriction only while the password that it gave is the present one."""
    accepts, marks = BaseViewRestriction.accept_request, BaseViewRestriction.mark_as_passed

    @wraps(accepts)
    def accept_request(self: Any, request: HttpRequest) -> bool:
        if not accepts(self, request):
            return False
        if self.restriction_type != BaseViewRestriction.PASSWORD:
            return True
        passed = request.session.get(PASSED, {}).get(_name_of(self), "")
        return constant_time_compare(passed, _digest_of(self))

    @wraps(marks)
    def mark_as_passed(self: Any, request: HttpRequest) -> None:
        marks(self, request)
        passed = request.session.get(PASSED, {})
        request.session[PASSED] = {**passed, _name_of(self): _digest_of(self)}

    BaseViewRestriction.accept_request = accept_request
    BaseViewRestriction.mark_as_passed = mark_as_passed


def _name_of(restriction: Any) -> str:
    return f"{restriction._meta.label_lower} {restriction.pk}"


def _digest_of(restriction: Any) -> str:
    return salted_hmac(PASSED, f"{_name_of(restriction)} {restriction.password}").hexdigest()
