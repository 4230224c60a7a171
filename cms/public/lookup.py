"""Resolves references in public content: what each leads to for readers of one locale."""

from collections.abc import Collection, Iterable
from copy import copy
from typing import Any

from django.db.models import Model
from wagtail.models import Locale, Page

from cms.upstream.rich_text import EMBED_TAG

from .contact_links import link_contacts
from .outgoing_references import load_children, prefetch_children, references
from .referenced_objects import PlacedPage, ReferencedObjects, key_below
from .rich_text import markdown, plain_text, without_attributes
from .rich_text_links import resolve_links
from .schemas import (
    Image,
    PageLink,
    PageSummary,
    RichTextFormat,
    RichTextHtml,
    RichTextMarkdown,
    UrlLink,
)
from .visibility import PublicScope


class PublicLookup(ReferencedObjects):
    """Resolves references for readers of one locale.

    A page is shown by its live translation in the readers' locale, otherwise by the page that the
    editor chose, marked as a fallback, otherwise not at all. A snippet has no fallback: its text
    would appear on a page of another language.

    `prime` looks everything up in a constant number of queries; the other methods read what it
    found.
    """

    def __init__(
        self, scope: PublicScope, locale: Locale, rich_text_format: RichTextFormat = "html"
    ) -> None:
        super().__init__(scope, locale)
        self.rich_text_format = rich_text_format
        self._own: dict[tuple[type[Model], int | None], Any] = {}

    @classmethod
    def for_object(
        cls, instance: Any, scope: PublicScope, rich_text_format: RichTextFormat = "html"
    ) -> "PublicLookup":
        """Return a lookup in the locale of a page or snippet, primed with it.

        The preview of a snippet that was never saved has no locale: the active one is used.
        """
        locale = scope.locales.get(instance.locale_id) or Locale.get_active()
        lookup = cls(scope, locale, rich_text_format)
        load_children(instance)
        lookup.find(references(instance), [instance] if isinstance(instance, Page) else ())
        return lookup

    @classmethod
    def for_pages(
        cls,
        pages: Collection[Any],
        locale: Locale,
        scope: PublicScope,
        rich_text_format: RichTextFormat = "html",
    ) -> "PublicLookup":
        """Return a lookup in the locale of some stored pages, primed with all of them."""
        lookup = cls(scope, locale, rich_text_format)
        prefetch_children(pages)
        pairs = [pair for page in pages for pair in references(page)]
        lookup.find(pairs, pages)
        return lookup

    def page_link(self, key: int | None) -> PageLink | None:
        """Return the link to a page, None where readers must not follow one."""
        return self._links.get(key)

    def target(self, page_key: int | None, url: str) -> PageLink | UrlLink | None:
        """Return the target of a button with a page or a URL, None where it has neither."""
        return self.page_link(page_key) or (UrlLink(url=url) if url else None)

    def snippet(self, model: type[Model], key: int | None) -> Any | None:
        """Return the published snippet in the readers' locale, or None."""
        found = self._snippets.get((model, key)) if key is not None else None
        if found is None:
            return None
        # Each answer has its own: Django writes related objects into one when they are first read.
        if (model, key) not in self._own:
            self._own[model, key] = copy(found.snippet)
        return self._own[model, key]

    def image(self, key: int | None, *, alt: str, decorative: bool = False) -> Image | None:
        """Return the image with the text alternative of this use, None where readers get none."""
        image = self._images.get(key)
        if image is None or decorative:
            return image
        return image.model_copy(update={"alt": alt})

    def translations(self, page: Page) -> list[PlacedPage]:
        """Return the public translations of a page that was looked up, without the page itself."""
        family = self._families.get(page.translation_key) or ()
        return [other for other in family if other.pk != page.pk]

    def ancestors(self, page: Page) -> list[PlacedPage]:
        """Return the ancestors of a page that was looked up, the highest first, without the root.

        Leaves out ancestors that only keep a place: their titles are in another language.
        """
        return [*(self._ancestors.get(key_below(page)) or ())]

    def summary(self, key: int | None) -> PageSummary | None:
        """Return the summary of a page that a chooser of its type refers to, or None."""
        link = self._links.get(key)
        return None if link is None or link.is_fallback else self._summaries.get(link.id)

    def summaries(self, pages: Iterable[Page]) -> list[PageSummary]:
        """Return summaries of public pages, which need not be loaded as their own types.

        Leaves out pages whose type is gone.
        """
        by_type: dict[type[Any], list[int]] = {}
        keys = []
        for page in pages:
            keys.append(page.pk)
            if hasattr(page.specific_class, "summary_fields"):
                by_type.setdefault(page.specific_class, []).append(page.pk)
        self.find(
            [
                pair
                for model, group in by_type.items()
                for pair in self.load_summarised(model, group)
            ]
        )
        # One may have been deleted meanwhile.
        return [*filter(None, map(self._summaries.get, keys))]

    def rich_text(self, source: Any) -> RichTextHtml | RichTextMarkdown:
        """Render database rich text (a string or a Wagtail `RichText`) in the readers' format."""
        html = getattr(source, "source", source) or ""
        html = without_attributes(EMBED_TAG.sub("", html))
        html = link_contacts(resolve_links(html, self.page_link, self._document_url))
        if self.rich_text_format == "markdown":
            return RichTextMarkdown(markdown=markdown(html))
        return RichTextHtml(html=html)

    def optional_rich_text(self, source: Any) -> RichTextHtml | RichTextMarkdown | None:
        """Render rich text as `rich_text` does, None where it has no words."""
        html = getattr(source, "source", source) or ""
        return self.rich_text(html) if plain_text(html) else None

    def _document_url(self, key: int | None) -> str | None:
        return self._documents.get(key)
