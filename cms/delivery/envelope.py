"""Wraps the public views of pages in the envelopes of the API."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.utils import translation

from cms.public.cache_headers import name_page
from cms.public.page_paths import absolute_url, page_path
from cms.public.public_page import PublicPage
from cms.public.schemas import RichTextFormat
from cms.public.visibility import PublicScope

from .languages import set_content_language
from .schemas import PAGE_ENVELOPES, PageEnvelope


def page_envelope(
    page: Any, scope: PublicScope, rich_text_format: RichTextFormat = "html"
) -> PageEnvelope:
    """Return the whole answer for a page, given as its own type."""
    with translation.override(_language(page, scope)):
        return _envelope(PublicPage.of(page, scope, rich_text_format), scope)


def page_envelopes(
    pages: Iterable[Any], scope: PublicScope, rich_text_format: RichTextFormat = "html"
) -> dict[int, PageEnvelope]:
    """Return the answers for several stored pages, each given as its own type, by id.

    The number of queries depends on the languages and types of the pages, not on their number.
    """
    by_locale: dict[int, list[Any]] = {}
    for page in pages:
        by_locale.setdefault(page.locale_id, []).append(page)
    found = {}
    for locale_id, group in by_locale.items():
        locale = scope.locales[locale_id]
        with translation.override(locale.language_code):
            for public in PublicPage.of_several(group, locale, scope, rich_text_format):
                found[public.page.pk] = _envelope(public, scope)
    return found


def _envelope(public: PublicPage, scope: PublicScope) -> PageEnvelope:
    page = public.page
    path = page_path(page)
    envelope: Any = PAGE_ENVELOPES[page.public_type]
    return envelope(
        id=page.pk or 0,
        type=page.public_type,
        locale=_language(page, scope),
        is_fallback=False,
        path=path,
        html_url=absolute_url(scope.site, path),
        title=page.title,
        heading=page.public_heading,
        first_published_at=page.first_published_at,
        last_published_at=page.last_published_at,
        **dict(page.public_staleness),
        translations=public.translations,
        breadcrumbs=public.breadcrumbs,
        seo=public.seo,
        content=public.content,
    )


def _language(page: Any, scope: PublicScope) -> str:
    return scope.locales[page.locale_id].language_code


def set_page_headers(response: HttpResponse, envelope: PageEnvelope, scope: PublicScope) -> None:
    """Set the language of an answer with one page, and the page's name for caches."""
    set_content_language(response, envelope.locale)
    name_page(response, envelope.id, envelope.locale, scope.nodes)
