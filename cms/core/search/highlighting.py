"""Splits queries into words, and highlights them in texts."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import lru_cache
from html import escape
from itertools import islice

import snowballstemmer
from django.utils.translation import get_language_info

WORD = re.compile(r"\w+")
EXTRACT_LENGTH = 200
LEAD = 60


def query_words(query: str) -> str:
    """Return the words of a query, without the signs that a search engine interprets."""
    return " ".join(WORD.findall(query.replace("_", " ")))


def extract_with_words(text: str, is_wanted: Callable[[str], bool], language: str) -> str:
    """Return an extract of a text with the words highlighted of which a function says so.

    As `highlighted_extract`, which highlights the words of a query.
    """
    matches = [match for match in WORD.finditer(text) if is_wanted(match[0])]
    return _extract(
        text, [match.span() for match in matches], [stem(match[0], language) for match in matches]
    )


def highlighted_extract(text: str, query: str, language: str, unfinished: bool = False) -> str:
    """Return an extract of a text with the words of a query highlighted.

    Takes plain text, the query and the text's language code. Returns escaped HTML of about 200
    characters around the first place with most of the words, the rare ones before all, with <mark>
    around each match; without any, the beginning of the text. Words match in all their forms, by
    the Snowball stemmers that PostgreSQL uses too. The last word of an `unfinished` query matches
    each word that begins with it.
    """
    words = WORD.findall(query)
    wanted = {stem(word, language) for word in words}
    begun = words[-1].casefold() if words and unfinished else None
    marks, found = [], []
    for match in WORD.finditer(text):
        root = stem(match[0], language)
        if begun and match[0].casefold().startswith(begun):
            root = begun
        elif root not in wanted:
            continue
        marks.append(match.span())
        found.append(root)
    return _extract(text, marks, found)


def _extract(text: str, marks: list[tuple[int, int]], found: list[str]) -> str:
    """Take a text, the places to highlight in it and the word that each of them is a form of."""
    start, stop = _window(text, _best_start(marks, found))
    html = "".join(_marked(text, start, stop, marks))
    return ("… " if start else "") + html + (" …" if stop < len(text) else "")


@lru_cache(maxsize=50_000)
def stem(word: str, language: str) -> str:
    """Return the stem of a word; without a stemmer for the language, the word itself."""
    name = get_language_info(language)["name"].lower()
    if name not in snowballstemmer.algorithms():
        return word.casefold()
    # A stemmer keeps the word it works on, so threads cannot share one.
    return str(snowballstemmer.stemmer(name).stemWord(word.casefold()))


def _best_start(marks: list[tuple[int, int]], found: list[str]) -> int:
    """Return where to begin for the most words, the rare ones before all; 0 without a match."""
    often = Counter(found)
    best, most = 0, 0.0
    for number, (begin, _end) in enumerate(marks):
        stop = begin + EXTRACT_LENGTH - LEAD
        words = set()
        for (_begin, end), word in islice(zip(marks, found, strict=True), number, None):
            if end > stop:
                break
            words.add(word)
        worth = sum(1 / often[word] for word in words)
        if worth > most:
            best, most = begin, worth
    return best


def _window(text: str, around: int) -> tuple[int, int]:
    """Return the bounds of an extract, at spaces between words."""
    start = max(0, around - LEAD)
    if start:
        start = text.find(" ", start, around) + 1 or around
    stop = start + EXTRACT_LENGTH
    if stop >= len(text):
        return start, len(text)
    space = text.rfind(" ", start, stop)
    return start, space if space > around else stop


def _marked(text: str, start: int, stop: int, marks: list[tuple[int, int]]) -> Iterator[str]:
    position = start
    for begin, end in marks:
        if start <= begin and end <= stop:
            yield escape(text[position:begin])
            yield f"<mark>{escape(text[begin:end])}</mark>"
            position = end
    yield escape(text[position:stop])
