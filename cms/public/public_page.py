"""Assembles the public view of a page, which templates and the API both render."""

from dataclasses import dataclass
from typing import Any

from wagtail.models import Page

from .lookup import PublicLookup
from .nodes import content_node
from .schemas import Breadcrumb, PublicSchema, RichTextFormat, Seo, Translation
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
        scope.note(content_node(page.pk))
        lookup = PublicLookup.for_object(page, scope, rich_text_format)
        content = page.public_content(lookup)
        trail = breadcrumbs(page, lookup)
        others = translations(page, lookup)
        return cls(
            page=page,
            lookup=lookup,
            content=content,
            breadcrumbs=trail,
            translations=others,
            seo=seo(page, trail=trail, others=others, image=content.image, scope=scope),
        )
