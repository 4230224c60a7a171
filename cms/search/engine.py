"""Searches what the public may see of one language: pages, questions and concerns as one list."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef
from wagtail.models import Locale

from cms.content.models import page_models
from cms.core.search.matching import Key, find
from cms.core.search.understanding import Concept, Understood, understand
from cms.core.search.vocabulary import Vocabulary
from cms.core.search.words import fold, split_words
from cms.public.visibility import PublicScope, public_snippets
from faq.models import FaqEntry, FaqPage, public_entries
from pages.models import Concern, ConcernPage, TherapyMethodIndexPage

from .word_lists import synonyms_of

ENTRY: Final = "faq_entry"
CONCERN: Final = "concern"
# With more candidates, naming them costs the database more than giving all pages.
MOST_NAMED: Final = 500
# How much more a hit counts whose title is nothing but what was asked for.
WHOLE_TITLE: Final = 0.6


@dataclass(frozen=True)
class Hit:
    """A page, question or concern that was found; `key` is its primary key."""

    type: str
    key: int
    score: float

    @property
    def pk(self) -> int:
        """Return a number that no other hit of a search has, of whatever kind."""
        kinds = (ENTRY, CONCERN)
        return self.key * (len(kinds) + 1) + (kinds.index(self.type) if self.type in kinds else 2)


@dataclass
class Results:
    """The hits of a search in one language, the best first."""

    locale: Locale
    hits: list[Hit] = field(default_factory=list)
    # The words that stand for the query, folded; for marking them in extracts.
    forms: frozenset[str] = frozenset()
    # The query with its misspelt words corrected, None where there is nothing to correct.
    corrected: str | None = None

    @property
    def counts(self) -> Counter[str]:
        return Counter(hit.type for hit in self.hits)

    def of_types(self, types: Collection[str]) -> list[Hit]:
        return [hit for hit in self.hits if hit.type in types]


@dataclass(frozen=True)
class Candidates:
    """The public content of a language that may be found, as querysets."""

    pages: Any
    entries: Any
    concerns: Any

    @classmethod
    def of(cls, scope: PublicScope, select: Callable[[Any], Any]) -> "Candidates":
        """Return what a function selects of each queryset of public content."""
        # A concern with a page of its own is found as that page.
        own = scope.pages().exact_type(ConcernPage)
        own = own.filter(translation_key=OuterRef("page__translation_key"))
        concerns = public_snippets(Concern).exclude(Exists(own.filter(locale=OuterRef("locale"))))
        return cls(select(scope.pages()), select(public_entries()), select(concerns))


def search(scope: PublicScope, locale: Locale, query: str, candidates: Candidates) -> Results:
    """Return what a query finds among candidates of one language."""
    language = locale.language_code
    vocabulary = scope.fact(("vocabulary", language), lambda: Vocabulary.load(language))
    understood = understand(query, vocabulary, synonyms_of(locale))
    if not understood.concepts:
        return Results(locale)
    types = ContentType.objects.get_for_models(*page_models(), FaqEntry, Concern)
    pages = {types[model].pk: model for model in page_models()}
    kinds = {types[FaqEntry].pk: ENTRY, types[Concern].pk: CONCERN}
    matches = find(understood.concepts, language, [*pages, *kinds])
    titles = _titles(matches.keys(), candidates, kinds)
    _drop_without_address(titles, scope, locale, types)
    number = scope.fact(("number of texts", language), lambda: _number(scope, locale))
    scores = matches.ranked(titles, number)
    forms = understood.forms()
    names = {**{key: model.public_type for key, model in pages.items()}, **kinds}
    hits = [
        Hit(names[key[0]], int(key[1]), score * _share_of_title(titles[key], forms))
        for key, score in scores.items()
    ]
    hits.sort(key=lambda hit: (-hit.score, hit.type, hit.key))
    return Results(locale, hits, forms, _shown_correction(understood, language, titles))


def _number(scope: PublicScope, locale: Locale) -> int:
    """Return how many texts of a language can be found."""
    texts = Candidates.of(scope, lambda rows: rows.filter(locale=locale))
    return sum(rows.count() for rows in (texts.pages, texts.entries, texts.concerns))


def _titles(keys: Iterable[Key], candidates: Candidates, kinds: dict[int, str]) -> dict[Key, str]:
    """Return the titles of those of the matches that are candidates."""
    wanted: dict[str | None, set[int]] = defaultdict(set)
    for content_type, object_id in keys:
        # Pages of all types are one table.
        wanted[kinds.get(content_type)].add(int(object_id))
    titles: dict[Key, str] = {
        (content_type, str(pk)): title
        for pk, content_type, title in _named(
            candidates.pages, wanted[None], "content_type_id", "title"
        )
    }
    columns = {ENTRY: (candidates.entries, "question"), CONCERN: (candidates.concerns, "name")}
    for content_type, kind in kinds.items():
        rows, column = columns[kind]
        for pk, title in _named(rows, wanted[kind], column):
            titles[content_type, str(pk)] = title
    return titles


def _named(rows: Any, keys: set[int], *columns: str) -> list[Any]:
    """Return (primary key, columns…) of those of some rows whose keys are given."""
    if not keys:
        return []
    if len(keys) <= MOST_NAMED:
        rows = rows.filter(pk__in=keys)
    found = rows.order_by().values_list("pk", *columns)
    return [row for row in found if row[0] in keys]


def _drop_without_address(
    titles: dict[Key, str], scope: PublicScope, locale: Locale, types: dict[Any, ContentType]
) -> None:
    """Drop questions without an FAQ page, and concerns without an index of methods to show them."""
    pages = scope.pages().filter(locale=locale)
    for model, page_model in ((FaqEntry, FaqPage), (Concern, TherapyMethodIndexPage)):
        found = [key for key in titles if key[0] == types[model].pk]
        if found and not pages.exact_type(page_model).exists():
            for key in found:
                del titles[key]


def _share_of_title(title: str, forms: frozenset[str]) -> float:
    words = split_words(title)
    asked = sum(fold(word) in forms for word in words)
    return 1 + WHOLE_TITLE * asked / (len(words) or 1)


def _shown_correction(
    understood: Understood, language: str, visible: Collection[Key]
) -> str | None:
    """Return the corrected query where public texts have its words, which drafts may have too."""
    if understood.corrected is None:
        return None
    new = set(split_words(understood.corrected)) - set(understood.words)
    concepts = []
    for word in new:
        concept = Concept()
        concept.add(1.0, [word])
        concepts.append(concept)
    matches = find(concepts, language, {key[0] for key in visible} or {0})
    return understood.corrected if matches.all_within(visible) else None
