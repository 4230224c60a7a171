"""Sets the headers of answers for browsers and for caches: ours, and those of networks."""

import hashlib
from collections.abc import Collection, Mapping
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from wagtail.models import Site

from cms.core.typed_addresses import parts_of

from .page_paths import absolute_url

# For answers that are not purged: caches may store them, and must revalidate before each use.
REVALIDATE: Final = "public, max-age=0, must-revalidate"
WITHOUT_DATABASE: Final = 'Samtal; hit; detail="database unavailable"'
# The key in META of the query as it was sent, after parameters were dropped from it.
ASKED_QUERY: Final = "samtal.asked_query"


def has_session(request: HttpRequest) -> bool:
    """Return whether a request has a session cookie, so that its reader may be logged in."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def asked_query(request: HttpRequest) -> str:
    """Return the query of a request as it was sent, by which a network knows the answer."""
    query: str = request.META.get(ASKED_QUERY, request.META.get("QUERY_STRING", ""))
    return query


def mark_public(
    response: HttpResponseBase, *, is_purged: bool = False, is_lasting: bool = False
) -> None:
    """Set `Cache-Control` of an answer that is the same for everybody.

    `is_purged` says that networks are told to drop exactly this address when the answer changes;
    only then `PUBLIC_CACHE_CONTROL` applies. `is_lasting` says that the address is one of the
    site's own, however it is spelled, and none that visitors can invent.
    """
    response["Cache-Control"] = settings.PUBLIC_CACHE_CONTROL if is_purged else REVALIDATE
    response.is_lasting = is_lasting  # type: ignore[attr-defined]  # read by ResponseCacheMiddleware


def conditional_response(
    request: HttpRequest, etag: str | None, response: HttpResponse | None = None
) -> HttpResponse | None:
    """Return the answer to a conditional request by its entity tag.

    As Django's `get_conditional_response`, which refuses every `If-Unmodified-Since` where no time
    is known. It is to be ignored there (RFC 9110, 13.1.4).
    """
    request.META.pop("HTTP_IF_UNMODIFIED_SINCE", None)
    conditional: HttpResponse | None = get_conditional_response(
        request, etag=etag, response=response
    )
    return conditional


def without_database(headers: Mapping[str, str]) -> dict[str, str]:
    """Return the headers of a kept answer as they are sent while the database does not answer.

    `Cache-Status` (RFC 9211) says so, and caches on the way are to ask again each time.
    """
    return {**headers, "Cache-Control": REVALIDATE, "Cache-Status": WITHOUT_DATABASE}


def mark_lasting(request: HttpRequest, response: HttpResponseBase, site: Site) -> None:
    """Mark a public answer at an address of the site's own that networks are not told to drop."""
    is_own = not asked_query(request) and is_own_host(request, site)
    mark_public(response, is_lasting=is_own)


def mark_web_page(request: HttpRequest, response: HttpResponseBase, site: Site) -> None:
    """Set the headers of a web page; `Cache-Control` is public without a session, private with one.

    Networks purge web pages at their addresses on the site's own host, without a query.
    """
    # Nobody is told which page a visitor came from, not even this site.
    response["Referrer-Policy"] = "no-referrer"
    # Programs may ask for Markdown: see `cms.discovery`.
    patch_vary_headers(response, ["Accept"])
    if has_session(request):
        response["Cache-Control"] = "private, no-cache"
    else:
        is_own = is_own_host(request, site)
        mark_public(
            response,
            is_purged=is_own and not asked_query(request),
            is_lasting=is_own and not request.META.get("QUERY_STRING"),
        )


def is_own_host(request: HttpRequest, site: Site) -> bool:
    """Return whether a request is for the host in the site's absolute URLs."""
    return request.get_host() == parts_of(absolute_url(site, "")).netloc


def mark_transient(response: HttpResponseBase) -> None:
    """Keep an answer out of the response cache, because visitors can invent its address."""
    response.transient = True  # type: ignore[attr-defined]  # read by ResponseCacheMiddleware


def name_page(
    response: HttpResponseBase, page_id: int, language: str, nodes: Collection[str]
) -> None:
    """Name the page of an answer in headers, and mark what the answer is made of.

    A network drops everything made of a page by its tag; it is sent in two headers, since networks
    differ in which one they read. Takes nodes as `mark_nodes` does.
    """
    tags = [f"page-{page_id}", f"locale-{language}"]
    response["Cache-Tag"] = ",".join(tags)
    response["Surrogate-Key"] = " ".join(tags)
    mark_nodes(response, nodes)


def mark_nodes(response: HttpResponseBase, nodes: Collection[str]) -> None:
    """Mark what an answer is made of; any change may concern one without this mark.

    Takes `PublicScope.nodes` itself, to which rendering may still add.
    """
    response.nodes = nodes  # type: ignore[attr-defined]  # read by `nodes_of`


def nodes_of(response: HttpResponseBase) -> tuple[str, ...] | None:
    """Return the nodes that a rendered answer is made of, None where any change may concern it."""
    nodes: Collection[str] | None = getattr(response, "nodes", None)
    return None if nodes is None else tuple(nodes)


def entity_tag(body: bytes) -> str:
    """Return a strong entity tag for the bytes of an answer (RFC 9110, 8.8.3)."""
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'
