"""Error responses: bad requests, missing pages, server errors, an unavailable database.

They are pages in the reader's language, problem details (RFC 9457) in the API, and JSON for the
scripts of the admin.
"""

import logging
import sys
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from django.contrib.sessions.backends.base import SessionBase
from django.core.exceptions import ValidationError
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages

from cms.core.edit_requests import not_saved
from cms.core.i18n import language_of_path
from cms.core.middleware import is_admin, preferred_language
from cms.core.outages import RETRY_AFTER_SECONDS, is_outage
from cms.delivery.problems import problem_response
from pages import errors as pages_errors

logger = logging.getLogger(__name__)

API_PREFIX = "/api/"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400, also for what Django itself refuses, such as an unknown host (`handler400`)."""
    return _refusal(
        request,
        HTTPStatus.BAD_REQUEST,
        "The request's headers or address are not valid here.",
        _("This could not be read"),
        _(
            "Something was missing in what your browser sent, "
            "or it came in a form that we do not know."
        ),
    )


def nul_refused(request: HttpRequest) -> HttpResponse:
    """Answer 400 for a character that cannot be stored and that no form field has refused."""
    return _refusal(
        request,
        HTTPStatus.BAD_REQUEST,
        "The request holds a NUL character (U+0000) or half of a surrogate pair.",
        _("One character cannot be saved"),
        _(
            "There is an invisible character (NUL) in what was sent. "
            "Copied text may bring it along."
        ),
    )


def not_allowed_now(request: HttpRequest, exception: ValidationError) -> HttpResponse | None:
    """Tell an editor which rule a save has broken, and lead back to where they were.

    Upstream's own views, such as those that unpublish, delete or act on many objects, expect no
    save to be refused. None for a request that saves nothing.
    """
    if request.method in ("GET", "HEAD"):
        return None
    words = " ".join(exception.messages)
    if not request.accepts("text/html"):
        return not_saved(words)
    messages.error(request, words)
    came_from = urlsplit(request.headers.get("Referer", ""))
    back = came_from.path if came_from.netloc == request.get_host() else ""
    return redirect(back or reverse("wagtailadmin_home"))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403 (`handler403`)."""
    return _refusal(
        request,
        HTTPStatus.FORBIDDEN,
        "This is not allowed.",
        _("You may not do this"),
        _("Your account has no permission for it. Ask an administrator if you need it."),
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 where a form's token is missing or old (`CSRF_FAILURE_VIEW`)."""
    logger.warning("Refused for its CSRF token: %s (%s)", request.path, reason)
    return _refusal(
        request,
        HTTPStatus.FORBIDDEN,
        "The CSRF token is not valid.",
        _("This form was open for too long"),
        _("Or your browser refuses cookies, which logging in and sending forms need."),
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404 (`handler404`)."""
    if request.path.startswith(API_PREFIX):
        return problem_response(request, HTTPStatus.NOT_FOUND, "There is nothing at this address.")
    return pages_errors.not_found(request)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500, or 503 where the database is the cause (`handler500`).

    Django calls it while it handles the exception.
    """
    exception = sys.exception()
    if exception is not None and is_outage(exception):
        return unavailable(request, exception)
    if request.path.startswith(API_PREFIX):
        return problem_response(
            request, HTTPStatus.INTERNAL_SERVER_ERROR, "Something went wrong on our side."
        )
    return pages_errors.message_page(
        request, HTTPStatus.INTERNAL_SERVER_ERROR, _language_of_reader(request)
    )


def unavailable(request: HttpRequest, exception: BaseException) -> HttpResponse:
    """Answer 503 for a database that is locked, overloaded or unreachable."""
    logger.warning("The database does not answer: %s", request.path, exc_info=exception)
    if isinstance(getattr(request, "session", None), SessionBase):
        # Saving it would wait for the same database once more.
        request.session.modified = False
    response = _refusal(
        request,
        HTTPStatus.SERVICE_UNAVAILABLE,
        f"The database is busy. Try again in {RETRY_AFTER_SECONDS} seconds.",
        _("Please try again"),
        _("The database was busy for too long. It usually passes within a minute."),
    )
    response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    response["Cache-Control"] = "no-store"
    return response


def _refusal(
    request: HttpRequest, status: HTTPStatus, detail: str, heading: Any, reason: Any
) -> HttpResponse:
    """Return the problem's detail in the API, and else the reason and how to keep what was typed.

    That is a page, or JSON for a script of the admin.
    """
    if request.path.startswith(API_PREFIX):
        return problem_response(request, status, detail)
    sends = request.method not in ("GET", "HEAD")
    passes = status == HTTPStatus.SERVICE_UNAVAILABLE
    paragraphs = [reason]
    if sends and passes:
        paragraphs.append(
            _(
                "What you sent was not saved, but it is not lost. Reload this page in a moment, "
                "and your browser sends it again."
            )
        )
    elif sends:
        paragraphs.append(
            _(
                "Nothing was changed, and nothing is lost. Go back with your browser’s back "
                "button: what you wrote is there. Change it if need be, and send it again."
            )
        )
    language = _language_of_reader(request)
    if is_admin(request) and "text/html" not in request.headers.get("Accept", "text/html"):
        with translation.override(language):
            text = " ".join(
                map(str, [reason, _("Your text is still here. Save it again in a moment.")])
            )
        # As the page editor's script reads it, and as the translation editor's does. Of the
        # kinds of error that Wagtail's script knows, this one shows the words.
        answer = {"success": False, "error_code": "locked", "error_message": text, "error": text}
        return JsonResponse(answer, status=status)
    return pages_errors.message_page(
        request,
        status,
        language,
        heading=heading,
        paragraphs=paragraphs,
        for_visitors=not is_admin(request),
        can_ask_again=passes and not sends,
    )


def _language_of_reader(request: HttpRequest) -> str:
    """Return the editor's preferred language in the admin, and elsewhere that of the path."""
    if not is_admin(request):
        return language_of_path(request.path_info)
    try:
        language = preferred_language(request)
    except (DatabaseError, AttributeError):
        language = ""
    return str(language or translation.get_language() or language_of_path(request.path_info))
