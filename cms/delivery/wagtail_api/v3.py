"""Wagtail's API v3, a preview, for programs that manage content: holders of a token only."""

import json
import logging
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from wagtail.models import Page
from wagtail.rich_text import expand_db_html

from cms.core.edit_requests import lock_edits
from cms.core.form_data import UnreadableForm
from cms.public.rich_text import without_attributes
from cms.upstream.rich_text import replace_html_format
from cms.upstream.wagtail_apis import close_v3_inputs, decorated_v3_urls, has_valid_token

from ..problems import BadRequest, problem_response
from . import locales  # noqa: F401  # adds its routes
from .query_strings import checked_query
from .stream_input import check_stream

logger = logging.getLogger(__name__)

API_CLIENTS = "API clients"
READING = ("GET", "HEAD")
# The language of machines, whatever that of the content is.
SPOKEN = "en"

View = Callable[..., HttpResponse]


def _finished_html(value: str, **kwargs: Any) -> str:
    """Rich text for `rich_text_format=html`; Wagtail's own leaves the editor's attributes in it."""
    return expand_db_html(without_attributes(value))


# `db_html`, the default here, keeps what a program sends back.
replace_html_format(_finished_html)


def token_holders_only(view: View) -> View:
    """Let a view answer members of the group "API clients" and superusers, by their token.

    Everybody else gets 401 or 403; a session has no say.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.session = {}  # type: ignore[assignment]  # nothing below may read the real one
        response = _refusal(request) or _answer(view, request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        return response

    # No browser sends a token by itself, so that another site's form has nothing to ride on.
    return csrf_exempt(guarded)


def _answer(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    try:
        if request.method in READING:
            return view(request, *args, **kwargs)
        # What models and permissions refuse is told in the active language.
        with translation.override(SPOKEN), transaction.atomic():
            if "page_id" in kwargs:
                lock_edits(Page, kwargs["page_id"])
            response = view(request, *args, **kwargs)
            # Wagtail answers some errors after it has begun to write.
            transaction.set_rollback(response.status_code >= HTTPStatus.BAD_REQUEST)
            return response
    except RuntimeError:
        if not Page.objects.filter(pk=kwargs.get("page_id"), alias_of__isnull=False).exists():
            raise
        return problem_response(
            request,
            HTTPStatus.CONFLICT,
            "This page is an alias: it says what its source says. Convert it to edit it.",
        )
    except UnreadableForm as error:
        return problem_response(request, HTTPStatus.UNPROCESSABLE_ENTITY, str(error))
    except IntegrityError:
        logger.warning("API v3 could not write %s", request.get_full_path(), exc_info=True)
        return problem_response(
            request, HTTPStatus.CONFLICT, "Something that may be there only once is there already."
        )
    except ValueError:
        if request.method not in READING:
            raise
        # Wagtail hands some values of paths and queries to database fields unseen.
        logger.warning("API v3 could not read %s", request.get_full_path(), exc_info=True)
        return problem_response(
            request, HTTPStatus.BAD_REQUEST, "The address holds a value of the wrong kind."
        )


def _refusal(request: HttpRequest) -> HttpResponse | None:
    if not has_valid_token(request):
        response = problem_response(
            request, HTTPStatus.UNAUTHORIZED, "Send a valid token: `Authorization: Bearer …`."
        )
        response["WWW-Authenticate"] = "Bearer"
        return response
    user: Any = request.user
    if not (user.is_superuser or user.groups.filter(name=API_CLIENTS).exists()):
        return problem_response(
            request,
            HTTPStatus.FORBIDDEN,
            f"The user of this token is not a member of the group “{API_CLIENTS}”.",
        )
    try:
        request.GET = checked_query(request.GET)  # type: ignore[assignment]  # as good as Django's
        if request.method not in READING and request.content_type == "application/json":
            _check_body(request.body)
    except BadRequest as error:
        return problem_response(request, HTTPStatus.BAD_REQUEST, str(error))
    return None


def _check_body(body: bytes) -> None:
    """Raise BadRequest where what a program sends as JSON is no object."""
    if not body:
        return
    try:
        data = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise BadRequest("The body is no JSON.") from error
    if not isinstance(data, dict):
        raise BadRequest("The body must be a JSON object.")


close_v3_inputs(check_stream)
wagtail_v3_urls = decorated_v3_urls(token_holders_only)
