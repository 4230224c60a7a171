"""Resolves references in public content: what each leads to for readers of one locale."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Model
from wagtail.models import Locale, Page

from cms.upstream.rich_text import EMBED_TAG

from .contact_links import link_contacts
from .images import public_image
from .nodes import name_node
from .outgoing_references import load_children, prefetch_children, references
from .page_paths import page_path
from .referenced_objects import ReferencedObjects
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
from .visibility import PublicScope, paths_above


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
        pairs = list(references(instance))
        above: list[str] = []
        if isinstance(instance, Page):
            # With its own path, for its translations.
            above = [*paths_above(instance), *([instance.path] if instance.pk else [])]
        lookup.find(pairs, above)
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
        # With their own paths, for their translations.
        lookup.find(pairs, {path for page in pages for path in (*paths_above(page), page.path)})
        return lookup

    def page_link(self, key: int | None) -> PageLink | None:
        """Return the link to a page, None where readers must not follow one."""
        page = self._pages.get(key) if key is not None else None
        if page is None:
            return None
        return PageLink(
            id=page.pk,
            title=page.title,
            path=page_path(page),
            locale=self.scope.locales[page.locale_id].language_code,
            is_fallback=page.locale_id != self.locale.pk,
        )

    def target(self, page_key: int | None, url: str) -> PageLink | UrlLink | None:
        """Return the target of a button with a page or a URL, None where it has neither."""
        return self.page_link(page_key) or (UrlLink(url=url) if url else None)

    def snippet(self, model: type[Model], key: int | None) -> Any | None:
        """Return the published snippet in the readers' locale, or None."""
        return self._snippets.get((model, key)) if key is not None else None

    def image(self, key: int | None, *, alt: str, decorative: bool = False) -> Image | None:
        """Return the image with the text alternative of this use, None where readers get none."""
        image = self._images.get(key) if key is not None else None
        if image is None:
            return None
        return public_image(image, site=self.scope.site, alt=alt, decorative=decorative)

    def translations(self, page: Page) -> list[Page]:
        """Return the public translations of a page that was looked up, without the page itself."""
        self.scope.note(*(name_node(page.translation_key, key) for key in self.scope.locales))
        family = self._translations.get(page.translation_key, [])
        return [other for other in family if other.pk != page.pk]

    def ancestors(self, page: Page) -> list[Page]:
        """Return the ancestors of a page that was looked up, the highest first, without the root.

        Leaves out ancestors that only keep a place: their titles are in another language.
        """
        found = map(self._by_path.get, paths_above(page))
        return [ancestor for ancestor in found if ancestor is not None]

    def summary(self, key: int | None) -> PageSummary | None:
        """Return the summary of a page that a chooser of its type refers to, or None."""
        page = self._pages.get(key) if key is not None else None
        summarised = self._summarised.get(page.pk) if page else None
        return summarised.public_summary(self) if summarised else None

    def summaries(self, pages: Iterable[Page]) -> list[PageSummary]:
        """Return summaries of public pages, which need not be loaded as their own types."""
        by_type: dict[type[Any], list[int]] = {}
        keys = []
        for page in pages:
            keys.append(page.pk)
            by_type.setdefault(page.specific_class, []).append(page.pk)
        for model, group in by_type.items():
            self.load_summarised(model, set(group))
        found = [self._summarised[key] for key in keys]
        self.prime(found, {name for model in by_type for name in model.summary_fields})
        return [page.public_summary(self) for page in found]

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
        document = self._documents.get(key) if key is not None else None
        return document.url if document else None
