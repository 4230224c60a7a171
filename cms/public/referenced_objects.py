"""Finds the objects that public content refers to, in a constant number of queries."""

from collections.abc import Collection, Container, Hashable, Iterable, Mapping
from typing import Any, Final

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

from .images import RENDITION_FILTERS
from .nodes import end_node, file_node, name_node, snippet_node, summary_node
from .outgoing_references import by_model, references, referred
from .visibility import PublicScope, in_own_language_q, is_live

# The fields of a page that is only named and linked to.
LINK_FIELDS: Final = ("path", "url_path", "title", "locale", "translation_key")


class ReferencedObjects:
    """The pages, snippets, images and documents that were looked up for readers of one locale.

    Each primary key leads to the object that these readers get for it, or to None.
    """

    def __init__(self, scope: PublicScope, locale: Locale) -> None:
        self.scope = scope
        self.locale = locale
        self._pages: dict[int, Page | None] = {}
        self._by_path: dict[str, Page] = {}
        self._translations: dict[Any, list[Page]] = {}
        self._summarised: dict[int, Any] = {}
        self._snippets: dict[tuple[type[Model], int], Any] = {}
        self._images: dict[int, Any] = {}
        self._documents: dict[int, Any] = {}

    def prime(self, instances: Iterable[Model], fields: Container[str] | None = None) -> None:
        """Look up everything that the given loaded objects refer to, directly and indirectly.

        Takes field names to follow these fields only.
        """
        self.find(pair for instance in instances for pair in references(instance, fields))

    def find(
        self, pairs: Iterable[tuple[type[Model], int]], page_paths: Collection[str] = ()
    ) -> None:
        """Look up (model, primary key) pairs and everything that these refer to.

        Takes tree paths of further pages, which are looked up by the first query.
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
        keys = self._without_known(keys, self._pages, "page", self.locale.pk)
        if not keys and not paths:
            return
        wanted = Page.objects.filter(Q(pk__in=keys) | Q(path__in=paths)).order_by()
        candidates = (
            Page.objects.filter(translation_key__in=Subquery(wanted.values("translation_key")))
            .annotate(
                is_public=ExpressionWrapper(self.scope.public_q, output_field=BooleanField()),
                is_own=ExpressionWrapper(in_own_language_q(), output_field=BooleanField()),
            )
            .only(*LINK_FIELDS)
            .order_by()
        )
        by_pk = {page.pk: page for page in candidates}
        own = {}
        for page in by_pk.values():
            if page.path in paths:
                self.scope.note(name_node(page.translation_key, page.locale_id))
            if page.is_own:
                self._by_path[page.path] = page
            if page.is_public:
                self._translations.setdefault(page.translation_key, []).append(page)
                if page.locale_id == self.locale.pk:
                    own[page.translation_key] = page
        for key in keys:
            chosen = by_pk.get(key)
            self._pages[key] = self._choose(chosen, own) if chosen else None

    def _choose(self, chosen: Any, own: Mapping[Any, Page]) -> Page | None:
        """Return the page that readers get for a chosen one, given those in their language."""
        nodes = [name_node(chosen.translation_key, self.locale.pk)]
        found = own.get(chosen.translation_key)
        if found is None:
            nodes.append(name_node(chosen.translation_key, chosen.locale_id))
            found = chosen if chosen.is_public else None
        elif found.pk != chosen.pk:
            nodes.append(end_node(Page, chosen.pk))
        self.scope.remember(found, nodes, "page", self.locale.pk, chosen.pk)
        return found

    def _without_known(self, keys: set[int], found: dict[Any, Any], *kind: Hashable) -> set[int]:
        """Return those of some keys that must be looked up, and take the known ones as found."""
        waiting = set()
        for key in keys - found.keys():
            if known := self.scope.known(*kind, key):
                found[key] = known[0]
            else:
                waiting.add(key)
        return waiting

    def _find_summarised(
        self, pairs: Iterable[tuple[type[Any], int]]
    ) -> list[tuple[Any, Container[str] | None]]:
        """Load pages that choosers of their type show, as that type, and return them to follow.

        A chooser of any page type only links to its page, and needs no summary.
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
            self.load_summarised(model, own)
            found += [(self._summarised[pk], model.summary_fields) for pk in own]
        return found

    def load_summarised(self, model: type[Any], keys: set[int]) -> None:
        """Load public pages of a type as far as their summaries show them."""
        waiting = self._without_known(keys, self._summarised, "summary")
        if not waiting:
            return
        pages = model.objects.filter(pk__in=waiting).order_by().defer_streamfields()
        for page in pages.prefetch_related(*model.summary_prefetch):
            self._summarised[page.pk] = page
            nodes = [summary_node(page.pk), name_node(page.translation_key, page.locale_id)]
            self.scope.remember(page, nodes, "summary", page.pk)

    def _find_snippets(
        self, model: type[Any], keys: set[int]
    ) -> list[tuple[Any, Container[str] | None]]:
        keys -= {key for found, key in self._snippets if found is model}
        if not keys:
            return []
        kind = model._meta.label_lower
        shown: dict[int, Any] = {}
        waiting = self._without_known(keys, shown, "snippet", kind, self.locale.pk)
        if waiting:
            shown |= self._load_snippets(model, waiting)
        self._snippets |= {(model, key): snippet for key, snippet in shown.items()}
        return [(snippet, model.public_fields) for snippet in shown.values() if snippet]

    def _load_snippets(self, model: type[Any], keys: set[int]) -> dict[int, Any]:
        """Return the snippet that readers get for each key, or None."""
        found: dict[int, Any] = {}
        candidates = self._candidates(model, keys)
        live = {
            snippet.translation_key: snippet
            for snippet in candidates.values()
            if snippet.locale_id == self.locale.pk and is_live(snippet)
        }
        for key in keys:
            chosen = candidates.get(key)
            found[key] = chosen and live.get(chosen.translation_key)
            if chosen is not None:
                nodes = [snippet_node(chosen, self.locale.pk)]
                if chosen.locale_id != self.locale.pk:
                    nodes.append(end_node(model, key))
                label = model._meta.label_lower
                self.scope.remember(found[key], nodes, "snippet", label, self.locale.pk, key)
        return found

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
        keys = self._without_known(keys, self._images, "image")
        if not keys:
            return
        images = self._in_public_collections(get_image_model().objects.filter(pk__in=keys))
        images = images.select_related("fault").prefetch_renditions(*RENDITION_FILTERS)
        found = {image.pk: image for image in images}
        for key in keys:
            self._images[key] = found.get(key)
            nodes = [file_node(get_image_model(), key)]
            self.scope.remember(found.get(key), nodes, "image", key)

    def _find_documents(self, keys: set[int]) -> None:
        keys -= self._documents.keys()
        if not keys:
            return
        self.scope.note(*(file_node(get_document_model(), key) for key in keys))
        documents = get_document_model().objects.filter(pk__in=keys)
        for document in self._in_public_collections(documents):
            self._documents[document.pk] = document

    def _in_public_collections(self, files: Any) -> Any:
        private = self.scope.private_collections
        return files.exclude(collection__in=private) if private else files
