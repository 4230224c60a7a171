"""Splits texts and queries into words, and folds words so that spellings of one word are equal."""

import unicodedata
from functools import lru_cache
from typing import Final

from .highlighting import WORD, stem

# Letters that Unicode does not take apart.
_PARTS: Final = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l"})
# Words that say nothing of what a text is about. PostgreSQL drops most of them; SQLite does not.
STOP_WORDS: Final = {
    "sv": frozenset(
        (
            "alla", "allt", "att", "av", "de", "dem", "den", "denna", "deras", "dess", "det",
            "detta", "dig", "din", "dina", "ditt", "du", "då", "där", "efter", "ej", "eller",
            "en", "er", "era", "ert", "ett", "från", "för", "ha", "han", "hans", "har", "hade",
            "hon", "i", "icke", "ingen", "inte", "jag", "ju", "kan", "man", "med", "mig", "min",
            "mina", "mitt", "mot", "mycket", "ni", "nu", "när", "någon", "något", "några",
            "och", "om", "oss", "på", "sig", "sin", "sina", "sitt", "ska", "skulle", "så",
            "sådan", "till", "under", "upp", "ut", "utan", "var", "vara", "varje", "vi", "vid",
            "vill", "vår", "våra", "vårt", "vad", "är", "åt", "över", "hur", "vilken", "vilket",
            "vilka", "får", "få", "måste", "finns", "blir", "bli", "blev", "göra", "gör",
            "bara", "också", "som", "hela", "helt", "alltid",
        )
    ),
    "en": frozenset(
        (
            "a", "about", "after", "all", "also", "am", "an", "and", "any", "are", "as", "at",
            "be", "because", "been", "but", "by", "can", "could", "did", "do", "does", "doing",
            "don", "for", "from", "get", "had", "has", "have", "having", "he", "her", "him",
            "his", "how", "i", "if", "in", "into", "is", "it", "its", "just", "ll", "me", "my",
            "of", "on", "or", "our", "she", "should", "so", "some", "such", "t", "than", "that",
            "the", "their", "them", "then", "there", "these", "they", "this", "to", "too", "up",
            "us", "ve", "very", "was", "we", "were", "what", "when", "where", "which", "who",
            "why", "will", "with", "would", "you", "your", "s", "m", "re", "always",
        )
    ),
}  # fmt: skip


@lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """Return a word in small letters without accents: "Ångest" becomes "angest"."""
    taken_apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(each for each in taken_apart if not unicodedata.combining(each)).translate(
        _PARTS
    )


@lru_cache(maxsize=100_000)
def root(word: str, language: str) -> str:
    """Return what all forms of a word have in common, however it is accented."""
    return stem(fold(word), language)


def split_words(text: str) -> list[str]:
    """Return the words of a text in small letters, each composed (NFC)."""
    return WORD.findall(unicodedata.normalize("NFC", text).replace("_", " ").casefold())


def content_words(words: list[str], language: str) -> list[str]:
    """Return the words of a query that say what it is about; all of them where none does."""
    stop_words = STOP_WORDS.get(language, frozenset())
    return [word for word in words if word not in stop_words] or words
