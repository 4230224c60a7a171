"""Finds the objects that public content refers to, in a constant number of queries."""

from collections.abc import Container, Iterable, Mapping
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db.models import (
    BooleanField,
    ExpressionWrapper,
    Model,
    Q,
    Subquery,
)
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Locale, Page, TranslatableMixin

from .images import RENDITION_FILTERS, public_image
from .nodes import end_node, file_node, name_node, snippet_node, summary_node
from .outgoing_references import by_model, references, referred
from .page_paths import page_path
from .schemas import Image, PageLink, PageSummary
from .shared_values import SharedValues
from .visibility import PublicScope, in_own_language_q, is_live, paths_above

# The fields of a page that is only named and linked to.
LINK_FIELDS: Final = ("path", "url_path", "title", "locale", "translation_key")


class PlacedPage(NamedTuple):
    """The name and place of a page; `path` is that on the site."""

    pk: int
    title: str
    path: str
    url_path: str
    locale_id: int

    @classmethod
    def of(cls, page: Page) -> "PlacedPage":
        return cls(page.pk, page.title, page_path(page), page.url_path, page.locale_id)


def _placed(pages: Iterable[Page]) -> tuple[PlacedPage, ...]:
    return tuple(map(PlacedPage.of, pages))


def key_below(page: Page) -> int | str:
    """Return by what the ancestors of a page are known: its place, where it was never saved."""
    return page.pk or page.path


class ReferencedSnippet(NamedTuple):
    """A snippet with what it refers to itself."""

    snippet: Any
    references: tuple[tuple[type[Model], int], ...]

    @classmethod
    def of(cls, snippet: Any) -> "ReferencedSnippet":
        return cls(snippet, tuple(references(snippet, snippet.public_fields)))


class ReferencedObjects:
    """The pages, snippets, images and documents that were looked up for readers of one locale.

    Each primary key leads to what these readers get for it, or to None.
    """

    def __init__(self, scope: PublicScope, locale: Locale) -> None:
        self.scope = scope
        self.locale = locale
        own = locale.pk
        self._links = SharedValues[int, PageLink](scope, "link", own, make=self._link)
        # By the keys of the pages below: what is at a place in the tree changes with its siblings.
        self._ancestors = SharedValues[int | str, tuple[PlacedPage, ...]](
            scope, "ancestors", make=_placed
        )
        self._families = SharedValues[UUID, tuple[PlacedPage, ...]](scope, "family", make=_placed)
        self._summaries = SharedValues[int, PageSummary](scope, "summary", own, make=self._summary)
        self._snippets = SharedValues[tuple[type[Model], int], ReferencedSnippet](
            scope, "snippet", own, make=ReferencedSnippet.of
        )
        self._followed: set[tuple[type[Model], int]] = set()
        self._images = SharedValues[int, Image](scope, "image", make=self._image)
        self._documents = SharedValues[int, str](scope, "document", make=self._document)

    def _link(self, page: Page) -> PageLink:
        return PageLink(
            id=page.pk,
            title=page.title,
            path=page_path(page),
            locale=self.scope.locales[page.locale_id].language_code,
            is_fallback=page.locale_id != self.locale.pk,
        )

    def _summary(self, page: Any) -> PageSummary:
        summary: PageSummary = page.public_summary(self)
        return summary

    def _image(self, image: Any) -> Image | None:
        return public_image(image, site=self.scope.site)

    def _document(self, document: Any) -> str:
        url: str = document.url
        return url

    def prime(self, instances: Iterable[Model], fields: Container[str] | None = None) -> None:
        """Look up everything that the given loaded objects refer to, directly and indirectly.

        Takes field names to follow these fields only.
        """
        self.find(pair for instance in instances for pair in references(instance, fields))

    def find(self, pairs: Iterable[tuple[type[Model], int]], shown: Iterable[Page] = ()) -> None:
        """Look up (model, primary key) pairs and everything that these refer to.

        Takes the pages whose ancestors and translations are asked for as well.
        """
        images: set[int] = set()
        documents: set[int] = set()
        waiting = list(pairs)
        while waiting or shown:
            pages = [(model, key) for model, key in waiting if issubclass(model, Page)]
            self._find_pages({key for _model, key in pages}, shown)
            shown = ()
            # Before the rest, so that what summaries refer to is found together with it.
            waiting = [pair for pair in waiting if not issubclass(pair[0], Page)]
            waiting += self._find_summarised(pages)
            later: list[tuple[type[Model], int]] = []
            for model, keys in by_model(waiting).items():
                if issubclass(model, Page):
                    later += [(model, key) for key in keys]
                elif issubclass(model, get_image_model()):
                    images |= keys
                elif issubclass(model, get_document_model()):
                    documents |= keys
                elif issubclass(model, TranslatableMixin):
                    later += self._find_snippets(model, keys)
            waiting = later
        self._find_images(images)
        self._find_documents(documents)

    def _find_pages(self, keys: set[int], shown: Iterable[Page]) -> None:
        keys = self._links.missing(keys)
        by_key = {key_below(page): page for page in shown}
        below = [by_key[key] for key in self._ancestors.missing(by_key)]
        families = self._families.missing(page.translation_key for page in by_key.values())
        if not (keys or below or families):
            return
        above = {path for page in below for path in paths_above(page)}
        wanted = Page.objects.filter(Q(pk__in=keys) | Q(path__in=above)).order_by()
        candidates = (
            Page.objects.filter(
                Q(translation_key__in=families)
                | Q(translation_key__in=Subquery(wanted.values("translation_key")))
            )
            .annotate(
                is_public=ExpressionWrapper(self.scope.public_q, output_field=BooleanField()),
                is_own=ExpressionWrapper(in_own_language_q(), output_field=BooleanField()),
            )
            .only(*LINK_FIELDS)
            .order_by()
        )
        by_pk = {page.pk: page for page in candidates}
        by_path = {page.path: page for page in by_pk.values() if page.path in above}
        for page in below:
            found = [*filter(None, map(by_path.get, paths_above(page)))]
            names = [name_node(each.translation_key, each.locale_id) for each in (*found, page)]
            own = [each for each in found if each.is_own]
            self._ancestors.load(key_below(page), own, names if page.pk else ())
        public: dict[UUID, list[Page]] = {}
        for page in by_pk.values():
            if page.is_public:
                public.setdefault(page.translation_key, []).append(page)
        for key in families:
            nodes = [name_node(key, locale) for locale in self.scope.locales]
            self._families.load(key, public.get(key, ()), nodes)
        in_own_language = {
            page.translation_key: page
            for family in public.values()
            for page in family
            if page.locale_id == self.locale.pk
        }
        for pk in keys:
            if chosen := by_pk.get(pk):
                self._choose(chosen, in_own_language)

    def _choose(self, chosen: Any, own: Mapping[UUID, Page]) -> None:
        """Take the page that readers get for a chosen one, given those in their language."""
        nodes = [name_node(chosen.translation_key, self.locale.pk)]
        found = own.get(chosen.translation_key)
        if found is None:
            nodes.append(name_node(chosen.translation_key, chosen.locale_id))
            found = chosen if chosen.is_public else None
        elif found.pk != chosen.pk:
            nodes.append(end_node(Page, chosen.pk))
        self._links.load(chosen.pk, found, nodes)

    def _find_summarised(
        self, pairs: Iterable[tuple[type[Any], int]]
    ) -> list[tuple[type[Model], int]]:
        """Load pages that choosers of their type show, and return what their summaries refer to.

        A chooser of any page type only links to its page, and needs no summary.
        """
        found: list[tuple[type[Model], int]] = []
        chosen: dict[Any, set[int]] = by_model(pairs)
        for model, keys in chosen.items():
            if model is not Page:
                links = filter(None, map(self._links.get, keys))
                found += self.load_summarised(
                    model, {link.id for link in links if not link.is_fallback}
                )
        return found

    def load_summarised(
        self, model: type[Any], keys: Iterable[int]
    ) -> list[tuple[type[Model], int]]:
        """Load public pages of a type as far as their summaries show them.

        Gives what the summaries refer to that are not known yet.
        """
        waiting = self._summaries.missing(keys)
        if not waiting:
            return []
        found = model.objects.filter(pk__in=waiting).order_by().defer_streamfields()
        pages = list(found.prefetch_related(*model.summary_prefetch))
        for page in pages:
            nodes = [summary_node(page.pk), name_node(page.translation_key, page.locale_id)]
            self._summaries.load(page.pk, page, nodes)
        return referred((page, model.summary_fields) for page in pages)

    def _find_snippets(self, model: type[Any], keys: set[int]) -> list[tuple[type[Model], int]]:
        """Look up the snippet that readers get for each key; return what these refer to.

        Each is followed once, since snippets may refer to each other.
        """
        keys = {key for key in keys if (model, key) not in self._followed}
        self._followed |= {(model, key) for key in keys}
        missing = {key for _model, key in self._snippets.missing((model, key) for key in keys)}
        if missing:
            self._load_snippets(model, missing)
        found = (self._snippets.get((model, key)) for key in keys)
        return [pair for each in found if each for pair in each.references]

    def _load_snippets(self, model: type[Any], keys: set[int]) -> None:
        candidates = self._candidates(model, keys)
        live = {
            snippet.translation_key: snippet
            for snippet in candidates.values()
            if snippet.locale_id == self.locale.pk and is_live(snippet)
        }
        for key in keys:
            chosen = candidates.get(key)
            if chosen is not None:
                nodes = [snippet_node(chosen, self.locale.pk)]
                if chosen.locale_id != self.locale.pk:
                    nodes.append(end_node(model, key))
                self._snippets.load((model, key), live.get(chosen.translation_key), nodes)

    def _candidates(self, model: type[Any], keys: set[int]) -> dict[int, Any]:
        """Return the chosen snippets and those that may replace them, by key."""
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
        keys = self._images.missing(keys)
        if not keys:
            return
        images = self._in_public_collections(get_image_model().objects.filter(pk__in=keys))
        images = images.select_related("fault").prefetch_renditions(*RENDITION_FILTERS)
        found = {image.pk: image for image in images}
        for key in keys:
            self._images.load(key, found.get(key), [file_node(get_image_model(), key)])

    def _find_documents(self, keys: set[int]) -> None:
        keys = self._documents.missing(keys)
        if not keys:
            return
        documents = get_document_model().objects.filter(pk__in=keys)
        found = {document.pk: document for document in self._in_public_collections(documents)}
        for key in keys:
            self._documents.load(key, found.get(key), [file_node(get_document_model(), key)])

    def _in_public_collections(self, files: Any) -> Any:
        private = self.scope.private_collections
        return files.exclude(collection__in=private) if private else files
