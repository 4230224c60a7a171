"""Recognises requests that no view can answer, by what they hold or by the error they led to."""

import json
import logging
from collections.abc import Callable
from typing import Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import BadRequest, ValidationError
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.defaults import page_not_found

from cms.core.form_data import (
    UnreadableForm,
    UnstorableText,
    is_failed_conversion,
    is_storable,
    is_unreadable_form,
)
from cms.core.middleware import is_admin
from cms.core.outages import is_outage

from .errors import bad_request, not_allowed_now, nul_refused, unavailable

logger = logging.getLogger(__name__)

NUL = "\0"
NUL_IN_JSON = rb"\u0000"
# A field of Wagtail's forms with JSON: a reviewer's comment.
JSON_FIELD = "workflow-action-extra-data"
# Beginnings of a parameter's value that is a URL.
ADDRESSES = ("/", "?", "http://", "https://")


class RefusalMiddleware:
    """Turn exceptions of views into responses, if request or database are the cause.

    A middleware, unlike Django's error handlers, works in development as well. Exceptions outside
    of views reach the handlers of `cms.errors`.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> HttpResponse | None:
        """Refuse invalid values outside of form fields, before the view changes anything.

        These are NUL characters in names, URLs and JSON (forms refuse them in their fields), and
        a `next` that is no URL: Wagtail resolves it as the name of a view after all is saved.
        """
        if request.content_type == "application/json" and not _is_storable_json(request.body):
            return nul_refused(request)
        if not is_admin(request):
            return None
        form = request.POST if request.method == "POST" else QueryDict()
        targets = [*request.GET.getlist("next"), *form.getlist("next")]
        texts = [request.path, *form, *targets]
        for name, values in request.GET.lists():
            texts += [name, *values]
        if any(NUL in text for text in texts) or not _is_storable_json(form.get(JSON_FIELD, "")):
            return nul_refused(request)
        if any(target and not target.startswith(ADDRESSES) for target in targets):
            return bad_request(request, UnreadableForm())
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if is_outage(exception):
            return unavailable(request, exception)
        if isinstance(exception, UnstorableText):
            return nul_refused(request)
        if _is_for_no_key(request, exception):
            return page_not_found(request, exception, template_name="wagtailadmin/404.html")
        if (
            isinstance(exception, BadRequest)
            or is_unreadable_form(exception)
            or (_carries_data(request) and is_failed_conversion(exception))
        ):
            logger.warning("Bad request: %s", request.path, exc_info=exception)
            return bad_request(request, exception)
        if isinstance(exception, ValidationError) and is_admin(request):
            return not_allowed_now(request, exception)
        if isinstance(exception, ValueError | DatabaseError) and _holds_nul(request):
            logger.warning("A NUL character in a request: %s", request.path, exc_info=exception)
            return nul_refused(request)
        return None


def _is_storable_json(text: str | bytes) -> bool:
    """Return whether JSON has only storable characters; true for invalid JSON."""
    try:
        return is_storable(json.loads(text))
    except (RecursionError, ValueError):
        return True


def _is_for_no_key(request: HttpRequest, exception: Exception) -> bool:
    """Return whether an address of the admin has something else where it has to name a key.

    The views of Wagtail and wagtail-localize hand a part of the path to a query unchecked.
    """
    if not is_admin(request) or request.resolver_match is None:
        return False
    texts = [text for text in request.resolver_match.kwargs.values() if isinstance(text, str)]
    return is_failed_conversion(exception) and any(
        repr(unquote(text)) in str(exception) for text in texts
    )


def _carries_data(request: HttpRequest) -> bool:
    """Return whether a request to the admin has a query or a form."""
    return is_admin(request) and (request.method == "POST" or bool(request.GET))


def _holds_nul(request: HttpRequest) -> bool:
    texts = [request.path]
    # A form that the view has not read cannot be the cause, nor be read now.
    form: Any = getattr(request, "_post", QueryDict())
    for name, values in (*request.GET.lists(), *form.lists()):
        texts += [name, *values]
    return any(NUL in text for text in texts) or NUL_IN_JSON in getattr(request, "_body", b"")
