"""Lists the URLs of the API that show a page or a language, for purging networks.

Lists are purged at their URLs without filters. Answers to other queries and searches are not for
networks to keep: `mark_own_address` tells the two apart.
"""

from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import parse_qsl, quote, urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from cms.journal.url_builders import AffectedContent
from cms.public.cache_headers import asked_query, is_own_host, mark_public
from cms.public.visibility import PublicScope

# Operations that take a language and nothing else that is required.
LISTS: Final = (
    "list_pages",
    "list_entries",
    "list_topics",
    "list_calls_to_action",
    "list_concerns",
    "navigation",
)


def api_urls(affected: AffectedContent) -> Iterator[str]:
    """Yield every URL of the Delivery API for the pages, and of the lists of the languages."""
    for path, page_id in affected.pages.items():
        by_path = reverse("delivery:page_by_path")
        # Both ways in which programs write a slash in a query.
        for spelled in {quote(path), quote(path, safe="")}:
            yield from _in_both_formats(f"{by_path}?path={spelled}")
        if page_id is not None:
            yield from _in_both_formats(reverse("delivery:page_by_id", args=[page_id]))
    for language in sorted(affected.languages):
        for name in LISTS:
            yield f"{reverse(f'delivery:{name}')}?{urlencode({'locale': language})}"
    if affected.languages:
        yield reverse("delivery:list_locales")


def mark_own_address(request: HttpRequest, response: HttpResponse) -> None:
    """Mark a public answer by its URL: one that networks purge, another spelling, or any other.

    For `by-path/`, the parameter `path` must also be the page's own path.
    """
    match: Any = request.resolver_match
    path, language = request.GET.get("path", ""), request.GET.get("locale", "")
    named = AffectedContent({path: match.kwargs.get("page_id")}, frozenset({language}))
    query = asked_query(request)
    address = f"{request.path}?{query}" if query else request.path
    own = set(api_urls(named))
    is_own = is_own_host(request, PublicScope.for_request(request).site)
    mark_public(
        response,
        is_purged=is_own and address in own,
        is_lasting=is_own and _parsed(address) in set(map(_parsed, own)),
    )


def _parsed(address: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    path, _mark, query = address.partition("?")
    return path, tuple(sorted(parse_qsl(query, keep_blank_values=True)))


def _in_both_formats(address: str) -> Iterator[str]:
    yield address
    yield f"{address}{'&' if '?' in address else '?'}rich_text=markdown"
