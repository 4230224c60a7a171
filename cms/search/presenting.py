"""Presents hits: what they are called, where they are, and an extract with the words marked."""

import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from wagtail.models import Page

from cms.core.search.full_text import searchable_text
from cms.core.search.highlighting import extract_with_words
from cms.core.search.words import fold
from cms.public.nodes import content_node
from cms.public.page_paths import page_path, path_of_type
from cms.public.shared_values import SharedValues
from cms.public.visibility import PublicScope, public_snippets
from faq.models import FaqPage, public_entries
from pages.models import Concern, TherapyMethodIndexPage

from .engine import CONCERN, ENTRY, Hit, Results


@dataclass(frozen=True)
class PresentedHit:
    """A hit as the page and the API show it; `extract` is escaped HTML with <mark>."""

    type: str
    instance: Any
    title: str
    path: str
    extract: str


class Presenter:
    """Loads the hits of one language and their addresses, each kind of them at once."""

    def __init__(self, scope: PublicScope, results: Results) -> None:
        self.scope = scope
        self.locale = results.locale
        self.forms = results.forms
        # Of pages: to read the text out of the blocks of one takes longer than all else.
        self._texts = SharedValues[int, str](scope, "searchable text", make=_text)

    def present(self, hits: Sequence[Hit]) -> list[PresentedHit]:
        """Return the hits that are public still, in their order."""
        pages = self._pages([hit.key for hit in hits if hit.type not in (ENTRY, CONCERN)])
        entries = _by_key(public_entries(), hits, ENTRY)
        concerns = _by_key(public_snippets(Concern), hits, CONCERN)
        faq_path = path_of_type(FaqPage, self.locale, self.scope) if entries else None
        index_path = (
            path_of_type(TherapyMethodIndexPage, self.locale, self.scope) if concerns else None
        )
        presented = []
        for hit in hits:
            if entry := entries.get(hit.key) if hit.type == ENTRY else None:
                path = f"{faq_path}#question-{entry.pk}"
                presented.append(self._hit(hit, entry, entry.question, path))
            elif concern := concerns.get(hit.key) if hit.type == CONCERN else None:
                path = f"{index_path}?{urlencode({'concern': concern.slug})}#results"
                presented.append(self._hit(hit, concern, concern.name, path))
            elif page := pages.get(hit.key) if hit.type not in (ENTRY, CONCERN) else None:
                presented.append(self._hit(hit, page, page.title, page_path(page)))
        return presented

    def _pages(self, keys: Collection[int]) -> dict[int, Page]:
        if not keys:
            return {}
        pages = {page.pk: page for page in self.scope.pages().filter(pk__in=keys)}
        if missing := self._texts.missing(pages):
            for page in Page.objects.filter(pk__in=missing).specific():
                self._texts.load(page.pk, page, [content_node(page.pk)])
        return pages

    def _hit(self, hit: Hit, instance: Any, title: str, path: str) -> PresentedHit:
        if hit.type in (ENTRY, CONCERN):
            # Their text begins with their title, which stands above it.
            text = _text(instance).removeprefix(title).strip()
        else:
            text = self._texts.get(hit.key) or ""
        extract = extract_with_words(
            text, lambda word: fold(word) in self.forms, self.locale.language_code
        )
        return PresentedHit(hit.type, instance, title, path, extract)


def _text(instance: Any) -> str:
    return unicodedata.normalize("NFC", searchable_text(instance))


def _by_key(rows: Any, hits: Sequence[Hit], kind: str) -> dict[int, Any]:
    keys = [hit.key for hit in hits if hit.type == kind]
    return {row.pk: row for row in rows.filter(pk__in=keys)} if keys else {}
