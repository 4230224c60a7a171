"""Decides which requests have the same answer for everybody, and makes their cache keys."""

import hashlib
from functools import cache, lru_cache
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, QueryDict

from cms.content.models import page_models
from cms.core.i18n import PAGE_VIEW, view_name
from cms.core.release import release
from cms.public.cache_headers import ASKED_QUERY, REVALIDATE, asked_query, has_session

# Longer paths and queries are invented.
LONGEST: Final = 500
READING: Final = ("GET", "HEAD")


def is_anonymous(request: HttpRequest) -> bool:
    """Return whether the answer to a request can depend on nothing but its address."""
    return (
        request.method in READING
        and not has_session(request)
        and "HTTP_AUTHORIZATION" not in request.META
    )


def drop_unknown_parameters(request: HttpRequest) -> None:
    """Remove the query parameters of a web page that no page type reads, such as campaign tags.

    Otherwise each invented parameter would make a cache entry of its own. Other addresses are left
    alone: the API refuses unknown parameters itself. `asked_query` returns the original query,
    which redirects may be stored with.
    """
    if not (query := request.META.get("QUERY_STRING")):
        return
    request.META.setdefault(ASKED_QUERY, query)
    if not is_page_address(request.path_info):
        return
    known = QueryDict(mutable=True)
    for name, values in request.GET.lists():
        if name in _page_parameters():
            known.setlist(name, values[-1:])
    request.META["QUERY_STRING"] = known.urlencode()
    request.GET = known  # type: ignore[assignment]  # Django has a cached property here


def cache_key(request: HttpRequest) -> str | None:
    """Return the key of a request's address, None for a host that is not allowed."""
    query = request.META.get("QUERY_STRING", "")
    return _key(request, request.path, request.GET, query, asked_query(request))


def key_of_address(request: HttpRequest, address: str) -> str | None:
    """Return the key of an address of the site's own, a path and query, on a request's host."""
    path, _mark, query = address.partition("?")
    return _key(request, path, QueryDict(query), query, query)


def _key(
    request: HttpRequest, path: str, parameters: QueryDict, query: str, asked: str
) -> str | None:
    try:
        host = request.get_host()
    except DisallowedHost:
        return None
    parts = [
        release(),
        f"{request.scheme}://{host}{path}",
        # As Django has parsed it: order, escapes and encoding make no difference.
        urlencode(sorted(parameters.lists()), doseq=True),
    ]
    if settings.PUBLIC_CACHE_CONTROL != REVALIDATE:
        # Other spellings of an address have another `Cache-Control`: networks do not purge them.
        parts.append(str(asked in _remembered(_purged_spellings, query)))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def is_page_address(path: str) -> bool:
    """Return whether a path would be that of a page, whether or not there is one."""
    return bool(_remembered(_is_page, path))


def _remembered(function: Any, address: str) -> Any:
    """Call a function with a cache, and without it for an address that would fill its memory."""
    return (function if len(address) <= LONGEST else function.__wrapped__)(address)


@lru_cache(maxsize=4096)
def _purged_spellings(query: str) -> tuple[str, str]:
    """Return the spellings of a query that `cms.delivery.urls_of_pages` has networks purge."""
    pairs = sorted(parse_qsl(query, keep_blank_values=True))
    return urlencode(pairs), urlencode(pairs, safe="/")


@lru_cache(maxsize=4096)
def _is_page(path: str) -> bool:
    return view_name(path) == PAGE_VIEW


@cache
def _page_parameters() -> frozenset[str]:
    return frozenset().union(*(model.query_parameters for model in page_models()))
