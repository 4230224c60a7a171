"""Recognises queries of people who may be in danger, by the lists that editors keep.

Nothing of it is stored or logged. Whoever is shown help without need has lost nothing, so a list
of any language counts, whatever the language of the page.
"""

from itertools import pairwise
from typing import Final

from rapidfuzz.distance import OSA

from cms.core.search.words import fold, root, split_words

from .models import CrisisPhrase

# Words from this length on may be misspelt by a letter, and be the first part of a longer word.
RECOGNISED: Final = 6
# Words from this length on may be misspelt by two letters.
LONG: Final = 9
# Words that may be between those of a phrase.
GAP: Final = 1


def is_crisis(query: str) -> bool:
    """Return whether a query holds a word or phrase of a crisis."""
    words = split_words(query)
    if not words:
        return False
    phrases = CrisisPhrase.objects.values_list("locale__language_code", "text")
    # "Själv mord" and "over dose" as well.
    joined = [*words, *map("".join, pairwise(words))]
    return any(_holds(words, joined, split_words(text), language) for language, text in phrases)


def _holds(words: list[str], joined: list[str], phrase: list[str], language: str) -> bool:
    if len(phrase) == 1:
        return any(_is_like(word, phrase[0], language) for word in joined)
    return any(_begins(words[place:], phrase, language) for place in range(len(words)))


def _begins(words: list[str], phrase: list[str], language: str) -> bool:
    """Return whether words begin with those of a phrase, with few others in between."""
    if not phrase:
        return True
    if not words or not _is_like(words[0], phrase[0], language):
        return False
    rest = phrase[1:]
    return not rest or any(_begins(words[1 + gap :], rest, language) for gap in range(GAP + 1))


def _is_like(word: str, wanted: str, language: str) -> bool:
    if root(word, language) == root(wanted, language):
        return True
    begun = root(wanted, language)
    word, wanted = fold(word), fold(wanted)
    if len(wanted) < RECOGNISED or word[:1] != wanted[:1]:
        return False
    if word.startswith(begun):
        return True
    most = 2 if len(wanted) >= LONG else 1
    # Compounds are compared by as many of their letters.
    cuts = {len(word), *range(len(wanted) - most, len(wanted) + most + 1)}
    return any(
        OSA.distance(word[:cut], wanted) <= most for cut in cuts if RECOGNISED <= cut <= len(word)
    )
