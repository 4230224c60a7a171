"""Assembles the public view of a page, which templates and the API both render."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from wagtail.models import Locale, Page

from .lookup import PublicLookup
from .nodes import content_node
from .schemas import Breadcrumb, Image, PublicSchema, RichTextFormat, Translation
from .seo_schemas import Seo
from .visibility import PublicScope
from .wayfinding import breadcrumbs, seo, translations


@dataclass(frozen=True)
class PublicPage:
    """A page's content and its place on the site, in the page's own locale."""

    page: Any
    lookup: PublicLookup
    content: PublicSchema
    breadcrumbs: list[Breadcrumb]
    translations: list[Translation]
    seo: Seo

    @classmethod
    def of(
        cls, page: Page, scope: PublicScope, rich_text_format: RichTextFormat = "html"
    ) -> "PublicPage":
        """Return the public view of a page, given as its own type."""
        return cls._in(PublicLookup.for_object(page, scope, rich_text_format), page)

    @classmethod
    def of_several(
        cls,
        pages: Collection[Page],
        locale: Locale,
        scope: PublicScope,
        rich_text_format: RichTextFormat = "html",
    ) -> "list[PublicPage]":
        """Return the public views of pages of one locale, each given as its own type.

        What the pages refer to is looked up for all of them at once. Only page types that list
        other content, such as an index of methods, ask the database for each page.
        """
        lookup = PublicLookup.for_pages(pages, locale, scope, rich_text_format)
        return [cls._in(lookup, page) for page in pages]

    @classmethod
    def _in(cls, lookup: PublicLookup, page: Any) -> "PublicPage":
        scope = lookup.scope
        scope.note(content_node(page.pk))
        content = page.public_content(lookup)
        trail = breadcrumbs(page, lookup)
        others = translations(page, lookup)
        return cls(
            page=page,
            lookup=lookup,
            content=content,
            breadcrumbs=trail,
            translations=others,
            seo=seo(
                page,
                trail=trail,
                others=others,
                image=content.image or _home_image(lookup),
                scope=scope,
            ),
        )


def _home_image(lookup: PublicLookup) -> Image | None:
    """Return the image of the home page, which link previews show for pages without their own."""
    home = lookup.scope.homes.get(lookup.locale.pk)
    # A site can begin with a plain page of Wagtail's own.
    if home is None or not hasattr(home.specific_class, "public_summary"):
        return None
    (summary,) = lookup.summaries([home])
    return summary.image
