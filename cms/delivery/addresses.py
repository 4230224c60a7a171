"""Which addresses of the API show a page or a language, for networks that keep copies.

Lists are named as they are without further questions; what else somebody asked of them stays in
a network for as long as `PUBLIC_CACHE_CONTROL` lets it, and so do searches.
"""

from collections.abc import Iterator
from typing import Final
from urllib.parse import quote, urlencode

from django.urls import reverse

from cms.journal.addresses import Touched

# Operations that take a language and nothing else that is required.
LISTS: Final = (
    "list_pages",
    "list_entries",
    "list_topics",
    "list_calls_to_action",
    "list_concerns",
    "navigation",
)


def api_addresses(touched: Touched) -> Iterator[str]:
    """Every address of the Delivery API that shows the pages, and the lists of the languages."""
    for path, page_id in touched.pages.items():
        by_path = reverse("delivery:page_by_path")
        # Both ways in which programs write a slash in a query.
        for spelled in {quote(path), quote(path, safe="")}:
            yield from _in_both_formats(f"{by_path}?path={spelled}")
        if page_id is not None:
            yield from _in_both_formats(reverse("delivery:page_by_id", args=[page_id]))
    for language in sorted(touched.languages):
        for name in LISTS:
            yield f"{reverse(f'delivery:{name}')}?{urlencode({'locale': language})}"
    if touched.languages:
        yield reverse("delivery:list_locales")


def _in_both_formats(address: str) -> Iterator[str]:
    yield address
    yield f"{address}{'&' if '?' in address else '?'}rich_text=markdown"
