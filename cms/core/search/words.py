"""Words: those that a reader looks for, and where they stand in a text."""

import re
from collections.abc import Iterator
from functools import lru_cache
from html import escape

import snowballstemmer
from django.utils.translation import get_language_info

WORD = re.compile(r"\w+")
EXTRACT_LENGTH = 200
LEAD = 60


def query_words(query: str) -> str:
    """The words of a query, without the signs that a search engine could read as commands."""
    return " ".join(WORD.findall(query.replace("_", " ")))


def highlighted_extract(text: str, query: str, language: str) -> str:
    """Where a text holds the words of a query.

    Takes plain text, the query and the text's language code. Gives escaped HTML of about 200
    characters around the first word that is found, with <mark> around each; or the beginning
    of the text where none is. Words match in all their forms, by the Snowball stemmers that
    PostgreSQL uses too.
    """
    wanted = {stem(word, language) for word in WORD.findall(query)}
    marks = [match.span() for match in WORD.finditer(text) if stem(match[0], language) in wanted]
    start, stop = _window(text, marks[0][0] if marks else 0)
    html = "".join(_marked(text, start, stop, marks))
    return ("… " if start else "") + html + (" …" if stop < len(text) else "")


@lru_cache(maxsize=50_000)
def stem(word: str, language: str) -> str:
    """What makes the forms of a word alike; a language without a stemmer keeps its words."""
    name = get_language_info(language)["name"].lower()
    if name not in snowballstemmer.algorithms():
        return word.casefold()
    # A stemmer keeps the word it works on, so threads cannot share one.
    return str(snowballstemmer.stemmer(name).stemWord(word.casefold()))


def _window(text: str, around: int) -> tuple[int, int]:
    """The bounds of an extract, at spaces between words."""
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
