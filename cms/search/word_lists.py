"""Reads the lists of words that the search knows beside those of the index."""

from collections import defaultdict
from collections.abc import Iterator

from wagtail.models import Locale

from cms.core.search.understanding import Synonyms
from cms.translation.glossary.models import TermForm

from .models import Synonyms as SynonymList
from .models import phrases_of


def synonyms_of(locale: Locale) -> Synonyms:
    """Return the synonyms of a language: the editors' lists, and the terms of the glossary.

    A term's names in other languages find its names in this one.
    """
    pairs = [*_of_lists(locale), *_of_glossary(locale)]
    return Synonyms(locale.language_code, pairs)


def _of_lists(locale: Locale) -> Iterator[tuple[str, list[str]]]:
    lists = SynonymList.objects.filter(locale=locale).order_by("pk")
    for words in lists.values_list("words", flat=True):
        phrases = phrases_of(words)
        for phrase in phrases:
            yield phrase, phrases


def _of_glossary(locale: Locale) -> Iterator[tuple[str, list[str]]]:
    own: dict[int, list[str]] = {}
    foreign: dict[int, list[str]] = defaultdict(list)
    for form in TermForm.objects.order_by("term_id", "pk"):
        if form.locale_id == locale.pk:
            own[form.term_id] = form.accepted
        else:
            foreign[form.term_id] += form.accepted
    for term, names in own.items():
        for name in (*names, *foreign[term]):
            yield name, names
