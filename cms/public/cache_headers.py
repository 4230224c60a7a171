"""What an answer tells caches: the one here, a content delivery network and the browser."""

import hashlib
from collections.abc import Collection
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from wagtail.models import Site

from .page_paths import absolute_url

# For answers that nobody tells networks to drop: they may keep them, and ask before each use.
REVALIDATE: Final = "public, max-age=0, must-revalidate"
# Where the environment of a request holds its query as it came, once parts of it are dropped.
ASKED_QUERY: Final = "samtal.asked_query"


def has_session(request: HttpRequest) -> bool:
    """Whether somebody may be logged in; whoever has no session is like everybody else."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def asked_query(request: HttpRequest) -> str:
    """The query of a request as its reader wrote it, by which a network knows the answer."""
    query: str = request.META.get(ASKED_QUERY, request.META.get("QUERY_STRING", ""))
    return query


def mark_public(response: HttpResponseBase, *, is_purged: bool = False) -> None:
    """Say that an answer is the same for everybody, and how long it may be kept.

    Takes whether networks are told to drop the answer's very address when it changes; only then
    `PUBLIC_CACHE_CONTROL` holds.
    """
    response["Cache-Control"] = settings.PUBLIC_CACHE_CONTROL if is_purged else REVALIDATE


def mark_web_page(request: HttpRequest, response: HttpResponseBase, site: Site) -> None:
    """Say the same of a web page, unless its reader has a session.

    Networks are told of its address on the site's own host, without a query.
    """
    if has_session(request):
        response["Cache-Control"] = "private, no-cache"
    else:
        mark_public(response, is_purged=is_own_host(request, site) and not asked_query(request))


def is_own_host(request: HttpRequest, site: Site) -> bool:
    """Whether a request is for the host by which networks know the site."""
    return request.get_host() == urlsplit(absolute_url(site, "")).netloc


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
