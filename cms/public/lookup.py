"""The one place that decides what a reference leads to, for readers of one locale."""

import re
from collections.abc import Collection, Container, Iterable
from html import escape
from typing import Any

from django.db.models import (
    BooleanField,
    ExpressionWrapper,
    Model,
    Q,
    Subquery,
    prefetch_related_objects,
)
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Locale, Page, TranslatableMixin
from wagtail.rich_text.rewriters import FIND_EMBED_TAG, extract_attrs

from cms.core.i18n import language_name

from .contact_links import link_contacts
from .images import RENDITION_FILTERS, public_image
from .outgoing_references import by_model, load_children, references, referred
from .page_paths import page_path
from .rich_text import markdown, without_attributes
from .schemas import (
    Image,
    PageLink,
    PageSummary,
    RichTextFormat,
    RichTextHtml,
    RichTextMarkdown,
    UrlLink,
)
from .visibility import PublicScope, in_own_language_q, is_live, paths_above

# What is read of a page that is only named and led to.
NAMED_BY = ("path", "url_path", "title", "locale", "translation_key")

LINK = re.compile(r"<a(\b[^>]*)>(.*?)</a>", re.DOTALL)


class PublicLookup:
    """What public content refers to, as readers of one locale may see it.

    A page is shown by its live translation in the readers' locale, or else by the page that
    the editor chose, marked as a fallback, or else not at all. A snippet has no fallback: its
    words would be on a page of another language.

    `prime` looks everything up in a number of queries that does not grow with the content;
    the other methods only read what it found.
    """

    def __init__(
        self, scope: PublicScope, locale: Locale, rich_text_format: RichTextFormat = "html"
    ) -> None:
        self.scope = scope
        self.locale = locale
        self.rich_text_format = rich_text_format
        self._pages: dict[int, Page | None] = {}
        self._by_path: dict[str, Page] = {}
        self._translations: dict[Any, list[Page]] = {}
        self._summarised: dict[int, Any] = {}
        self._snippets: dict[tuple[type[Model], int], Any] = {}
        self._images: dict[int, Any] = {}
        self._documents: dict[int, Any] = {}

    @classmethod
    def for_object(
        cls, instance: Any, scope: PublicScope, rich_text_format: RichTextFormat = "html"
    ) -> "PublicLookup":
        """A lookup in the own locale of a page or snippet, primed with it.

        The preview of a snippet that was never saved has no locale yet: the active one serves.
        """
        locale = scope.locales.get(instance.locale_id) or Locale.get_active()
        lookup = cls(scope, locale, rich_text_format)
        load_children(instance)
        pairs = list(references(instance))
        above: list[str] = []
        if isinstance(instance, Page):
            above = paths_above(instance)
            pairs += [(Page, instance.pk)] if instance.pk else []
        lookup.find(pairs, above)
        return lookup

    # --- Finding, in bulk ------------------------------------------------------------------

    def prime(self, instances: Iterable[Model], fields: Container[str] | None = None) -> None:
        """Look up all that the given objects refer to, and what that refers to in turn.

        Takes loaded objects and, to follow only a few of their fields, the fields' names.
        """
        self.find(pair for instance in instances for pair in references(instance, fields))

    def find(
        self, pairs: Iterable[tuple[type[Model], int]], page_paths: Collection[str] = ()
    ) -> None:
        """Look up the given (model, primary key) pairs and what they refer to in turn.

        Takes tree paths of further pages, which are found with the first of the others.
        """
        images: set[int] = set()
        documents: set[int] = set()
        waiting = list(pairs)
        while waiting or page_paths:
            pages = [(model, key) for model, key in waiting if issubclass(model, Page)]
            self._find_pages({key for _model, key in pages}, page_paths)
            page_paths = ()
            # Before the rest, so that what summaries refer to is found together with it.
            waiting = [pair for pair in waiting if not issubclass(pair[0], Page)]
            waiting += referred(self._find_summarised(pages))
            found: list[tuple[Any, Container[str] | None]] = []
            later: list[tuple[type[Model], int]] = []
            for model, keys in by_model(waiting).items():
                if issubclass(model, Page):
                    later += [(model, key) for key in keys]
                elif issubclass(model, get_image_model()):
                    images |= keys
                elif issubclass(model, get_document_model()):
                    documents |= keys
                elif issubclass(model, TranslatableMixin):
                    found += self._find_snippets(model, keys)
            waiting = [*later, *referred(found)]
        self._find_images(images)
        self._find_documents(documents)

    def _find_pages(self, keys: set[int], paths: Collection[str] = ()) -> None:
        keys -= self._pages.keys()
        if not keys and not paths:
            return
        wanted = Page.objects.filter(Q(pk__in=keys) | Q(path__in=paths)).order_by()
        candidates = (
            Page.objects.filter(translation_key__in=Subquery(wanted.values("translation_key")))
            .annotate(
                is_public=ExpressionWrapper(self.scope.public_q, output_field=BooleanField()),
                is_own=ExpressionWrapper(in_own_language_q(), output_field=BooleanField()),
            )
            .only(*NAMED_BY)
            .order_by()
        )
        by_pk = {page.pk: page for page in candidates}
        own = {}
        for page in by_pk.values():
            if page.is_own:
                self._by_path[page.path] = page
            if page.is_public:
                self._translations.setdefault(page.translation_key, []).append(page)
                if page.locale_id == self.locale.pk:
                    own[page.translation_key] = page
        for key in keys:
            chosen = by_pk.get(key)
            if chosen is not None and not chosen.is_public:
                self._pages[key] = own.get(chosen.translation_key)
            else:
                self._pages[key] = chosen and own.get(chosen.translation_key, chosen)

    def _find_summarised(
        self, pairs: Iterable[tuple[type[Any], int]]
    ) -> list[tuple[Any, Container[str] | None]]:
        """Pages in the readers' locale that a chooser of their type shows, as the type itself.

        A link of any page type only names its page.
        """
        found: list[tuple[Any, Container[str] | None]] = []
        chosen: dict[Any, set[int]] = by_model(pairs)
        for model, keys in chosen.items():
            if model is Page:
                continue
            own = {
                page.pk
                for page in map(self._pages.get, keys)
                if page is not None and page.locale_id == self.locale.pk
            }
            own -= self._summarised.keys()
            if own:
                pages = model.objects.filter(pk__in=own).order_by().defer_streamfields()
                for page in pages.prefetch_related(*model.summary_prefetch):
                    self._summarised[page.pk] = page
                found += [(self._summarised[pk], model.summary_fields) for pk in own]
        return found

    def _find_snippets(
        self, model: type[Any], keys: set[int]
    ) -> list[tuple[Any, Container[str] | None]]:
        keys -= {key for found, key in self._snippets if found is model}
        if not keys:
            return []
        candidates = self._candidates(model, keys)
        live = {
            snippet.translation_key: snippet
            for snippet in candidates.values()
            if snippet.locale_id == self.locale.pk and is_live(snippet)
        }
        for key in keys:
            chosen = candidates.get(key)
            self._snippets[model, key] = chosen and live.get(chosen.translation_key)
        shown = [self._snippets[model, key] for key in keys]
        return [(snippet, model.public_fields) for snippet in shown if snippet]

    def _candidates(self, model: type[Any], keys: set[int]) -> dict[int, Any]:
        """The chosen snippets and those that may be shown in their place, by key."""
        snippets = model._default_manager.order_by()
        if model.is_taxonomy:
            return self.scope.fact(("every", model), lambda: {term.pk: term for term in snippets})
        chosen = {snippet.pk: snippet for snippet in snippets.filter(pk__in=keys)}
        # Editors mostly choose in the language of the page.
        own = {s.translation_key for s in chosen.values() if s.locale_id == self.locale.pk}
        elsewhere = {snippet.translation_key for snippet in chosen.values()} - own
        if elsewhere:
            found = snippets.filter(translation_key__in=elsewhere, locale=self.locale)
            chosen |= {snippet.pk: snippet for snippet in found}
        return chosen

    def _find_images(self, keys: set[int]) -> None:
        keys -= self._images.keys()
        if not keys:
            return
        images = self._in_public_collections(get_image_model().objects.filter(pk__in=keys))
        for image in images.select_related("fault").prefetch_renditions(*RENDITION_FILTERS):
            self._images[image.pk] = image

    def _find_documents(self, keys: set[int]) -> None:
        keys -= self._documents.keys()
        if not keys:
            return
        documents = get_document_model().objects.filter(pk__in=keys)
        for document in self._in_public_collections(documents):
            self._documents[document.pk] = document

    def _in_public_collections(self, files: Any) -> Any:
        private = self.scope.private_collections
        return files.exclude(collection__in=private) if private else files

    # --- Reading ---------------------------------------------------------------------------

    def page_link(self, key: int | None) -> PageLink | None:
        """Where a link to a page leads, or None where it must not be a link."""
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
        """Where a button leads that has a page or an address, or None where nowhere."""
        return self.page_link(page_key) or (UrlLink(url=url) if url else None)

    def snippet(self, model: type[Model], key: int | None) -> Any | None:
        """The published snippet in the readers' locale, or None."""
        return self._snippets.get((model, key)) if key is not None else None

    def image(self, key: int | None, *, alt: str, decorative: bool = False) -> Image | None:
        """The image with the alternative text of this use, or None where readers get none."""
        image = self._images.get(key) if key is not None else None
        return public_image(image, alt=alt, decorative=decorative) if image else None

    def translations(self, page: Page) -> list[Page]:
        """The public translations of a page that was looked up, without the page itself."""
        family = self._translations.get(page.translation_key, [])
        return [other for other in family if other.pk != page.pk]

    def ancestors(self, page: Page) -> list[Page]:
        """The pages above a page that was looked up, the highest first, without the tree's root.

        Leaves out those that only keep a place: their titles are in another language.
        """
        found = map(self._by_path.get, paths_above(page))
        return [ancestor for ancestor in found if ancestor is not None]

    def summary(self, key: int | None) -> PageSummary | None:
        """The summary of a page that a chooser of its type refers to, in the readers' locale."""
        page = self._pages.get(key) if key is not None else None
        summarised = self._summarised.get(page.pk) if page else None
        return summarised.public_summary(self) if summarised else None

    def summaries(self, pages: Iterable[Any]) -> list[PageSummary]:
        """Summaries of loaded pages, each of its own type."""
        pages = list(pages)
        by_type: dict[type[Any], list[Any]] = {}
        for page in pages:
            by_type.setdefault(type(page), []).append(page)
        for model, group in by_type.items():
            prefetch_related_objects(group, *model.summary_prefetch)
        self.prime(pages, {name for model in by_type for name in model.summary_fields})
        return [page.public_summary(self) for page in pages]

    # --- Rich text -------------------------------------------------------------------------

    def rich_text(self, source: Any) -> RichTextHtml | RichTextMarkdown:
        """Database rich text (a string or a Wagtail `RichText`) in the readers' format."""
        html = getattr(source, "source", source) or ""
        html = without_attributes(FIND_EMBED_TAG.sub("", html))
        html = link_contacts(LINK.sub(self._link, html))
        if self.rich_text_format == "markdown":
            return RichTextMarkdown(markdown=markdown(html))
        return RichTextHtml(html=html)

    def _link(self, match: re.Match[str]) -> str:
        attributes, text = extract_attrs(match[1]), match[2]
        kind, key = attributes.get("linktype"), attributes.get("id", "")
        if kind is None and (href := attributes.get("href")):
            return f'<a href="{escape(href)}">{text}</a>'
        number = int(key) if key.isdecimal() else None
        if kind == "page" and (link := self.page_link(number)):
            if link.is_fallback:
                return (
                    f'<a href="{escape(link.path)}" hreflang="{link.locale}">{text}</a> '
                    f'(<span lang="{link.locale}">{escape(language_name(link.locale))}</span>)'
                )
            return f'<a href="{escape(link.path)}">{text}</a>'
        if kind == "document" and number in self._documents:
            return f'<a href="{escape(self._documents[number].url)}">{text}</a>'
        return text
