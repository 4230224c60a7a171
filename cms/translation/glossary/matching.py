"""Finds the terms of the glossary in strings of wagtail-localize."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from cms.core.search.highlighting import WORD, stem

from ..engine.texts import plain
from .models import TermForm

# A longer ending makes another word of it; a short word takes only short endings.
LONGEST_ENDING: Final = 4
SHORT_WORD: Final = 4
LONGEST_ENDING_OF_SHORT_WORD: Final = 2
ABBREVIATION: Final = re.compile(r"[A-ZÅÄÖ][A-ZÅÄÖa-z]{0,2}[A-ZÅÄÖ]")


@dataclass(frozen=True)
class TermMatch:
    """A term in a source text.

    `source` is its preferred form there, `target` that of the translation. `accepted` are all
    forms that the translation may use, the preferred one first.
    """

    source: str
    target: str
    accepted: tuple[str, ...]
    note: str


class Glossary:
    """The terms with a form in both of two languages, read in one query for many texts."""

    def __init__(self, source_language: str, target_language: str) -> None:
        self.source_language = source_language
        self.target_language = target_language
        # By the lookup keys of the first word.
        self._spellings: dict[str, list[tuple[list[str], TermMatch]]] = defaultdict(list)
        for spellings, match in self._load():
            for spelling in spellings:
                wanted = WORD.findall(spelling)
                for key in _keys_of_form(wanted[0], source_language) if wanted else ():
                    self._spellings[key].append((wanted, match))

    def terms_in(self, text: str) -> list[TermMatch]:
        """Return the terms in a string of wagtail-localize, in its order, each once.

        Where one term is part of another, only the longer is returned.
        """
        words = WORD.findall(plain(text))
        found: list[tuple[int, int, TermMatch]] = []
        for place, word in enumerate(words):
            for key in _keys_of_word(word, self.source_language):
                for wanted, match in self._spellings.get(key, ()):
                    if _is_at(place, words, wanted, self.source_language):
                        found.append((place, len(wanted), match))
        found.sort(key=lambda item: (-item[1], item[0]))
        taken: set[int] = set()
        kept: dict[TermMatch, int] = {}
        for place, length, match in found:
            here = set(range(place, place + length))
            if not here & taken:
                taken |= here
                kept[match] = min(place, kept.get(match, place))
        return sorted(kept, key=lambda match: kept[match])

    def lacking(self, matches: Iterable[TermMatch], translation: str) -> list[TermMatch]:
        """Return the terms that a translation does not use in any accepted form."""
        return terms_lacking(matches, translation, self.target_language)

    def _load(self) -> Iterator[tuple[list[str], TermMatch]]:
        """Yield the spellings of each term that has a form in both languages, in one query."""
        languages = (self.source_language, self.target_language)
        forms: dict[int, dict[str, TermForm]] = {}
        for form in TermForm.objects.filter(locale__language_code__in=languages).select_related(
            "locale"
        ):
            forms.setdefault(form.term_id, {})[form.locale.language_code] = form
        for by_language in forms.values():
            if len(by_language) == len(languages):
                source, target = (by_language[code] for code in languages)
                # Who translates reads the other language as well.
                note = target.note or source.note
                yield (
                    source.accepted,
                    TermMatch(source.text, target.text, tuple(target.accepted), note),
                )


def terms_in(text: str, source_language: str, target_language: str) -> list[TermMatch]:
    """Return the terms of the glossary in one text."""
    return Glossary(source_language, target_language).terms_in(text)


def terms_lacking(
    matches: Iterable[TermMatch], translation: str, target_language: str
) -> list[TermMatch]:
    """Return the terms that one translation does not use in any accepted form."""
    words = WORD.findall(plain(translation))
    return [
        match
        for match in matches
        if not any(_is_in(words, spelling, target_language) for spelling in match.accepted)
    ]


def _is_in(words: Sequence[str], spelling: str, language: str) -> bool:
    wanted = WORD.findall(spelling)
    return bool(wanted) and any(
        _is_at(place, words, wanted, language) for place in range(len(words))
    )


def _is_at(place: int, words: Sequence[str], wanted: Sequence[str], language: str) -> bool:
    here = words[place : place + len(wanted)]
    return len(here) == len(wanted) and all(
        _is_form_of(word, form, language) for word, form in zip(here, wanted, strict=True)
    )


def _keys_of_form(form: str, language: str) -> set[str]:
    """Return the lookup keys of a word of a term."""
    if ABBREVIATION.fullmatch(form):
        return {form}
    return {form.casefold(), stem(form, language)}


def _keys_of_word(word: str, language: str) -> set[str]:
    """Return the lookup keys of the terms' words that a word may be a form of."""
    spellings = (word, word.casefold())
    cut = {spelling[:-length] for spelling in spellings for length in range(1, LONGEST_ENDING + 1)}
    return {*spellings, stem(word, language), *cut}


def _is_form_of(word: str, form: str, language: str) -> bool:
    """Whether a word is a term's word with or without an ending; abbreviations are exact."""
    if ABBREVIATION.fullmatch(form):
        return word == form or (word.startswith(form) and word[len(form) :] in ("s", "n", "en"))
    word, form = word.casefold(), form.casefold()
    if word == form or stem(word, language) == stem(form, language):
        return True
    ending = LONGEST_ENDING if len(form) > SHORT_WORD else LONGEST_ENDING_OF_SHORT_WORD
    return word.startswith(form) and len(word) - len(form) <= ending
