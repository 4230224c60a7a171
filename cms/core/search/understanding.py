"""Understands a query by the words of the index: other forms, compounds, synonyms, misspellings.

Both databases search for what comes out of it, so that they find alike.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from .vocabulary import Vocabulary
from .words import content_words, fold, root, split_words

# How much a text counts that has a word as it was asked for, and what was made of it.
EXACT, SYNONYM, COMPOUND, PART, MISSPELT = 1.0, 0.8, 0.6, 0.45, 0.7
# Words shorter than this have no compounds, and are not taken for misspelt.
SHORTEST: Final = 4
SHORTEST_HEAD: Final = 3
# From this length on, two letters of a word may be wrong.
LONG: Final = 8
# A query of more words is not understood any better.
MOST_WORDS: Final = 16
MOST_FORMS: Final = 40
# Languages that write a compound as one word. In others only an unknown word may be two.
COMPOUNDING: Final = frozenset({"sv", "da", "nb", "nn", "no", "is", "fi", "de", "nl"})
# What Swedish and other Germanic languages put between the parts of a compound.
LINKS: Final = ("", "s")

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Alternative:
    """One way in which a text can hold what was asked for.

    Each of `words` are the forms of one word, of which a text must have one.
    """

    words: tuple[tuple[str, ...], ...]
    worth: float


@dataclass
class Concept:
    """A word of a query, or a phrase with synonyms, with all that stands for it."""

    alternatives: list[Alternative] = field(default_factory=list)

    def forms(self) -> frozenset[str]:
        """Return all words that stand for it, folded."""
        return frozenset(
            fold(form)
            for alternative in self.alternatives
            for forms in alternative.words
            for form in forms
        )

    def add(self, worth: float, *words: Sequence[str]) -> None:
        if words and all(words):
            forms = tuple(tuple(each[:MOST_FORMS]) for each in words)
            self.alternatives.append(Alternative(forms, worth))


@dataclass
class Understood:
    """A query as it was understood; `corrected` is None where every word is known."""

    words: list[str]
    concepts: list[Concept]
    corrected: str | None = None

    def forms(self) -> frozenset[str]:
        return frozenset().union(*(concept.forms() for concept in self.concepts))


class Synonyms:
    """Phrases that mean the same in one language.

    Takes pairs of a phrase and the phrases that stand for it as well.
    """

    def __init__(self, language: str, pairs: Iterable[tuple[str, Iterable[str]]]) -> None:
        self._others: dict[Phrase, dict[Phrase, None]] = defaultdict(dict)
        for phrase, others in pairs:
            words = _roots(phrase, language)
            for other in others:
                spelled = tuple(content_words(split_words(other), language))
                if words and spelled and _roots(other, language) != words:
                    self._others[words][spelled] = None
        self.longest = max(map(len, self._others), default=0)
        self.vocabulary = Vocabulary(
            language, (word for others in self._others.values() for each in others for word in each)
        )

    def of(self, roots: Phrase) -> list[Phrase]:
        """Return the words of each phrase that means the same."""
        return list(self._others.get(roots, ()))


def understand(query: str, vocabulary: Vocabulary, synonyms: Synonyms) -> Understood:
    """Return what a query asks for."""
    return _Reading(vocabulary, synonyms).read(query)


class _Reading:
    def __init__(self, vocabulary: Vocabulary, synonyms: Synonyms) -> None:
        self.vocabulary = vocabulary
        self.language = vocabulary.language
        self.synonyms = synonyms

    def read(self, query: str) -> Understood:
        words = split_words(query)[:MOST_WORDS]
        wanted = set(content_words(words, self.language))
        corrections: dict[str, str] = {}
        concepts = []
        place = 0
        while place < len(words):
            length = self._phrase_length(words, place)
            if length:
                concepts.append(self._of_phrase(words[place : place + length]))
            elif words[place] in wanted:
                concepts.append(self._of_word(words[place], corrections))
            place += length or 1
        corrected = None
        if corrections:
            corrected = " ".join(corrections.get(word, word) for word in words)
        return Understood(words, [each for each in concepts if each.alternatives], corrected)

    def _phrase_length(self, words: list[str], place: int) -> int:
        """Return of how many words the longest phrase is that begins here and has synonyms."""
        for length in range(min(self.synonyms.longest, len(words) - place), 0, -1):
            phrase = tuple(root(word, self.language) for word in words[place : place + length])
            if self.synonyms.of(phrase):
                return length
        return 0

    def _of_phrase(self, words: list[str]) -> Concept:
        concept = self._of_word(words[0], {}) if len(words) == 1 else Concept()
        if len(words) > 1:
            concept.add(EXACT, *map(self._forms, content_words(words, self.language)))
        self._add_synonyms(concept, tuple(root(word, self.language) for word in words))
        return concept

    def _add_synonyms(self, concept: Concept, phrase: Phrase) -> None:
        for other in self.synonyms.of(phrase):
            concept.add(SYNONYM, *map(self._forms, other))
            if len(other) == 1:
                self._add_compounds(concept, other[0], PART)

    def _of_word(self, word: str, corrections: dict[str, str]) -> Concept:
        concept = Concept()
        forms = self._forms(word)
        concept.add(EXACT, forms)
        self._add_compounds(concept, word, COMPOUND)
        is_known = bool(self.vocabulary.forms(root(word, self.language)))
        parts = self._parts(word) if not is_known or self.language in COMPOUNDING else []
        for part in parts:
            concept.add(PART, self.vocabulary.forms(part))
        if not is_known and len(parts) < 2 and len(word) >= SHORTEST and not word.isdigit():
            self._add_corrections(concept, word, corrections)
        return concept

    def _add_corrections(self, concept: Concept, word: str, corrections: dict[str, str]) -> None:
        most = 2 if len(word) >= LONG else 1
        near = self.vocabulary.nearest(word, most) or self.synonyms.vocabulary.nearest(word, most)
        for number, right in enumerate(near):
            concept.add(MISSPELT, self._forms(right))
            self._add_compounds(concept, right, PART)
            self._add_synonyms(concept, (root(right, self.language),))
            if not number:
                corrections[word] = right

    def _forms(self, word: str) -> list[str]:
        """Return a word and its other forms; with the accents that it has, if it has any."""
        forms = self.vocabulary.forms(root(word, self.language))
        if fold(word) != word:
            beginning = word[: len(root(word, self.language))]
            forms = [form for form in forms if form.startswith(beginning)] or forms
        return list(dict.fromkeys([word, *forms]))

    def _add_compounds(self, concept: Concept, word: str, worth: float) -> None:
        """Add the words that a word is part of, such as "sömnproblem" of "sömn"."""
        begun = root(word, self.language)
        if len(begun) < SHORTEST:
            return
        longer = self.vocabulary.compounds(begun)
        concept.add(worth, [form for each in longer for form in self.vocabulary.forms(each)])
        if len(begun) > SHORTEST:
            longer = self.vocabulary.heads(begun)
            forms = [form for each in longer for form in self.vocabulary.forms(each)]
            concept.add(worth * COMPOUND, forms)

    def _parts(self, word: str) -> list[str]:
        """Return the roots of the words that a compound is made of, where the index has them.

        The first part says what it is about, so that it is enough where only that is known.
        """
        folded = fold(word)
        best: tuple[int, list[str]] = (0, [])
        for cut in range(SHORTEST_HEAD, len(folded) - SHORTEST_HEAD + 1):
            tail = root(folded[cut:], self.language)
            for link in LINKS:
                if link and not folded[:cut].endswith(link):
                    continue
                begun = folded[: cut - len(link)]
                if len(begun) < SHORTEST_HEAD:
                    continue
                head = root(begun, self.language)
                if not self._is_part(head):
                    continue
                if self._is_part(tail):
                    score, parts = 100 + min(len(head), len(tail)), [head, tail]
                elif len(begun) > SHORTEST and len(folded) - cut > SHORTEST:
                    score, parts = len(head), [head]
                else:
                    continue
                best = max(best, (score, parts))
        return best[1]

    def _is_part(self, its_root: str) -> bool:
        return len(its_root) >= SHORTEST_HEAD and bool(self.vocabulary.forms(its_root))


def _roots(phrase: str, language: str) -> Phrase:
    return tuple(root(word, language) for word in split_words(phrase))
