"""Keeps the words of each language's live texts, by which queries are understood.

The search index adds the words of what it indexes; `update_index` begins the list anew. A word
whose last text has gone does no harm until then: it finds nothing. Words of private pages are
among them, so nothing of the list is shown unless a public text has it too.
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Any, Final

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract
from wagtail.models import TranslatableMixin

from ..models import SearchWord
from .full_text import searchable_text
from .words import fold, root, split_words

# Words that the index adds at once.
BATCH: Final = 2000
# Shorter roots are too near to each other.
LONG_ROOT: Final = 5
# As many words as a misspelt one may have been.
MOST_NEAR: Final = 3


class Vocabulary:
    """The words of one language."""

    def __init__(self, language: str, words: Iterable[str]) -> None:
        self.language = language
        self._by_root: dict[str, list[str]] = defaultdict(list)
        for word in dict.fromkeys(words):
            self._by_root[root(word, language)].append(word)

    @classmethod
    def load(cls, language: str) -> "Vocabulary":
        found = SearchWord.objects.filter(language=language).values_list("word", "root")
        vocabulary = cls(language, ())
        for word, its_root in found:
            forms = vocabulary._by_root[its_root]
            if word not in forms:
                forms.append(word)
        return vocabulary

    def forms(self, a_root: str) -> list[str]:
        """Return the words with a root, none where no text has one."""
        return self._by_root.get(a_root, [])

    def compounds(self, beginning: str) -> Iterable[str]:
        """Return the roots of longer words that begin with a folded word."""
        return [each for each in self._by_root if each != beginning and each.startswith(beginning)]

    def heads(self, ending: str) -> Iterable[str]:
        """Return the roots of longer words that end with a folded word."""
        return [each for each in self._by_root if each != ending and each.endswith(ending)]

    def nearest(self, word: str, most: int) -> list[str]:
        """Return the words that differ least from a misspelt one, by at most `most` letters.

        A letter that is missing, too many, wrong, or has changed places with its neighbour counts
        as one.
        """
        wanted = fold(word)
        near = _nearest(wanted, self._folded, most)
        if not near:
            # "Stresed" is two letters from "stress", and its root one.
            roots = _nearest(root(word, self.language), list(self._by_root), 1)
            near = [fold(self._by_root[each][0]) for each in roots if len(each) >= LONG_ROOT]
        return [form for each in near[:MOST_NEAR] for form in self._spelled[each][:1]]

    @cached_property
    def _spelled(self) -> dict[str, list[str]]:
        spelled: dict[str, list[str]] = defaultdict(list)
        for forms in self._by_root.values():
            for form in forms:
                if form.isalpha():
                    spelled[fold(form)].append(form)
        return spelled

    @cached_property
    def _folded(self) -> list[str]:
        return list(self._spelled)


def _nearest(wanted: str, words: list[str], most: int) -> list[str]:
    found = extract(wanted, words, scorer=OSA.distance, score_cutoff=most, limit=20)
    least = min((distance for _word, distance, _place in found), default=0)
    near = sorted(each for each, distance, _place in found if distance == least)
    # Few people mistake the first letter of a word.
    return [each for each in near if each[0] == wanted[0]] or near


class KeepsVocabulary:
    """Lets an index of modelsearch add the words of what it indexes."""

    def add_items(self, model: type, objs: Any) -> None:
        objects = list(objs)
        super().add_items(model, objects)  # type: ignore[misc]  # of the index beside this
        add_words(objects)

    def delete_stale_entries(self) -> None:
        """Begin the list anew; the index calls this when it is built anew."""
        super().delete_stale_entries()  # type: ignore[misc]  # as above
        SearchWord.objects.all().delete()


def add_words(objects: Iterable[Any]) -> None:
    """Add the words of live objects to the lists of their languages.

    Two transactions may add the same word: nothing forbids it, since one would have to wait for the
    other.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for each in objects:
        if isinstance(each, TranslatableMixin) and getattr(each, "live", True):
            texts = (str(getattr(each, "title", "")), searchable_text(each))
            found[each.locale.language_code].update(
                word for text in texts for word in split_words(text) if 1 < len(word) <= 80
            )
    for language, words in found.items():
        known = SearchWord.objects.filter(language=language, word__in=words)
        new = words - set(known.values_list("word", flat=True))
        SearchWord.objects.bulk_create(
            (
                SearchWord(language=language, word=word, root=root(word, language))
                for word in sorted(new)
            ),
            batch_size=BATCH,
        )
