"""What an answer tells caches: the one here, a content delivery network and the browser."""

from django.conf import settings
from django.http import HttpRequest
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


def tag_page(response: HttpResponseBase, page_id: int, language: str) -> None:
    """Name the page in an answer, so that a network can drop all that is made of it.

    Two header names for the same list: networks differ in which one they read.
    """
    tags = [f"page-{page_id}", f"locale-{language}"]
    response["Cache-Tag"] = ",".join(tags)
    response["Surrogate-Key"] = " ".join(tags)
