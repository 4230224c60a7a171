"""What an answer tells caches: the one here, a content delivery network and the browser."""

import hashlib
from collections.abc import Collection

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase


def has_session(request: HttpRequest) -> bool:
    """Whether somebody may be logged in; whoever has no session is like everybody else."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def mark_public(response: HttpResponseBase) -> None:
    """Say that an answer is the same for everybody, and how long it may be kept."""
    response["Cache-Control"] = settings.PUBLIC_CACHE_CONTROL


def mark_web_page(request: HttpRequest, response: HttpResponseBase) -> None:
    """Say the same of a web page, unless its reader has a session."""
    if has_session(request):
        response["Cache-Control"] = "private, no-cache"
    else:
        mark_public(response)


def mark_transient(response: HttpResponseBase) -> None:
    """Let an answer not be kept here, because its address can be anything that a reader types."""
    response.transient = True  # type: ignore[attr-defined]  # read by ResponseCacheMiddleware


def name_page(
    response: HttpResponseBase, page_id: int, language: str, shown: Collection[int]
) -> None:
    """Say that an answer is of one page, and which pages' content is in it.

    Its name lets a network drop all that is made of the page; two headers for the same list,
    since networks differ in which one they read. Takes the ids of the pages as
    `PublicScope.shown_pages` has them: what is still to be rendered may add to them.
    """
    tags = [f"page-{page_id}", f"locale-{language}"]
    response["Cache-Tag"] = ",".join(tags)
    response["Surrogate-Key"] = " ".join(tags)
    response.shown_pages = shown  # type: ignore[attr-defined]  # read by `shown_pages`


def shown_pages(response: HttpResponseBase) -> frozenset[int] | None:
    """The ids of the pages whose content is in a rendered answer, None where nobody knows."""
    shown: Collection[int] | None = getattr(response, "shown_pages", None)
    return None if shown is None else frozenset(shown)


def entity_tag(response: HttpResponse) -> str:
    """A strong entity tag for the bytes of an answer (RFC 9110, 8.8.3)."""
    return f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
