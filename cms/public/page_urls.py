"""Lists the addresses of pages with those of their translations, for sitemaps and hosts."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .lookup import PublicLookup
from .page_paths import absolute_url, page_path
from .seo_schemas import Alternate
from .visibility import PublicScope
from .wayfinding import alternates, translations


@dataclass(frozen=True)
class PageUrl:
    """The address of a public page."""

    id: int
    locale: str
    path: str
    html_url: str
    lastmod: datetime | None
    alternates: list[Alternate]


def page_urls(pages: Collection[Any], scope: PublicScope) -> list[PageUrl]:
    """Return the addresses of public pages of any languages, in a few queries for all of them."""
    # Which locale a lookup is for makes no difference to translations.
    lookup = PublicLookup(scope, next(iter(scope.locales.values())))
    lookup.find((), pages)
    return [
        PageUrl(
            id=page.pk,
            locale=scope.locales[page.locale_id].language_code,
            path=page_path(page),
            html_url=absolute_url(scope.site, page_path(page)),
            lastmod=page.last_published_at,
            alternates=alternates(page, translations(page, lookup), scope),
        )
        for page in pages
    ]
