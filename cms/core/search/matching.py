"""Finds and ranks the texts of the index that hold what a query asks for, in one question.

PostgreSQL looks by its own word stems besides; SQLite finds the forms that it is given.
"""

import math
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from django.db import DatabaseError, OperationalError, connection

from cms.upstream.backends import INDEX_TABLE

from .backend import text_search_config
from .understanding import Alternative, Concept

# How much a title counts beside the whole text.
TITLE: Final = 2.5
# What a text has for holding a word at all; the rest is for how often.
PRESENT: Final = 0.5
# A hit has at least this part of the words that the best one has, however it has them.
LEAST: Final = 0.4

Key = tuple[int, str]


@dataclass
class _Found:
    """Where a text has a concept: how good it is in the title, and in the whole."""

    title: float = 0.0
    text: float = 0.0
    worth: float = 0.0


def find(concepts: list[Concept], language: str, content_types: Collection[int]) -> "Matches":
    """Return what of the index may be a hit, by (content type, id as text)."""
    found: list[dict[Key, _Found]] = [defaultdict(_Found) for _concept in concepts]
    parts = [(number, *part) for number, each in enumerate(concepts) for part in _by_worth(each)]
    rows = _ask([alternatives for _number, _worth, alternatives in parts], language, content_types)
    best: dict[int, float] = defaultdict(float)
    for place, _type, _id, in_text, _in_title in rows:
        best[place] = max(best[place], in_text)
    for place, content_type, object_id, in_text, in_title in rows:
        number, worth, _alternatives = parts[place]
        here = found[number][content_type, object_id]
        here.worth = max(here.worth, worth)
        often = in_text / best[place] if best[place] else 0.0
        here.text = max(here.text, worth * (PRESENT + (1 - PRESENT) * often))
        if in_title:
            here.title = max(here.title, worth)
    return Matches(found)


class Matches:
    """The texts that hold at least one concept of a query."""

    def __init__(self, found: list[dict[Key, _Found]]) -> None:
        self._asked = len(found)
        self._found = [each for each in found if each]

    def keys(self) -> set[Key]:
        return set().union(*self._found)

    def all_within(self, candidates: Collection[Key]) -> bool:
        """Return whether one of some candidates has each concept that was asked for."""
        return len(self._found) == self._asked and all(
            any(key in candidates for key in each) for each in self._found
        )

    def ranked(self, candidates: Collection[Key], number: int) -> dict[Key, float]:
        """Return the score of each hit among some candidates, of a `number` of texts in all.

        Rare words count more than common ones. Texts that lack too much of the query are no hits.
        """
        frequency = [_frequency(each, candidates) for each in self._found]
        # As BM25 weighs words (Robertson and Zaragoza, 2009, section 3.3.1).
        rarity = [
            math.log(1 + (max(number, each) - each + 0.5) / (each + 0.5)) if each else 0.0
            for each in frequency
        ]
        total = sum(rarity)
        covered: dict[Key, float] = {}
        scores: dict[Key, float] = {}
        for key in candidates:
            here = [
                (found[key], weight)
                for found, weight in zip(self._found, rarity, strict=True)
                if key in found
            ]
            covered[key] = sum(weight for _found, weight in here)
            quality = sum(weight * max(found.text, found.title) for found, weight in here) / total
            score = sum(weight * (found.text + TITLE * found.title) for found, weight in here)
            scores[key] = score * quality
        least = LEAST * max(covered.values(), default=0.0)
        return {key: score for key, score in scores.items() if covered[key] >= least}


def _frequency(found: dict[Key, _Found], candidates: Collection[Key]) -> int:
    """Return how many candidates have a concept in the best way in which any of them has it."""
    worths = [found[key].worth for key in candidates if key in found]
    return worths.count(max(worths)) if worths else 0


def _by_worth(concept: Concept) -> Iterator[tuple[float, list[Alternative]]]:
    groups: dict[float, list[Alternative]] = defaultdict(list)
    for alternative in concept.alternatives:
        groups[alternative.worth].append(alternative)
    yield from groups.items()


def _ask(
    groups: list[list[Alternative]], language: str, content_types: Collection[int]
) -> list[tuple[int, int, str, float, bool]]:
    """Return (place of the group, content type, id, how often in the text, whether in the title).

    Takes groups of alternatives, of which a text must have one.
    """
    part = _postgresql if connection.vendor == "postgresql" else _sqlite
    types = ", ".join(str(int(each)) for each in sorted(content_types))
    statements: list[str] = []
    values: list[str] = []
    for place, alternatives in enumerate(groups):
        statement, more = part(alternatives, language, types)
        statements.append(f"SELECT {place}, {statement}")
        values += more
    if not statements:
        return []
    with connection.cursor() as cursor:
        try:
            cursor.execute(" UNION ALL ".join(statements), values)
        except OperationalError:
            raise
        except DatabaseError as error:
            # The database's own message has what the visitor typed, and would be logged.
            raise type(error)("The search index could not be asked.") from None
        rows: list[tuple[int, int, str, float, bool]] = cursor.fetchall()
    return rows


def _postgresql(
    alternatives: list[Alternative], language: str, types: str
) -> tuple[str, list[str]]:
    asked = _joined(alternatives, "'{}'", " | ", " & ")
    statement = (
        "content_type_id, object_id, ts_rank(title || body, asked, 1), autocomplete @@ plain "
        f"FROM {INDEX_TABLE}, to_tsquery(%s::regconfig, %s) asked, to_tsquery('simple', %s) plain "
        f"WHERE content_type_id IN ({types}) AND (title || body) @@ asked"
    )
    return statement, [text_search_config(language), asked, asked]


def _sqlite(alternatives: list[Alternative], language: str, types: str) -> tuple[str, list[str]]:
    asked = _joined(alternatives, '"{}"', " OR ", " AND ")
    words = f"{INDEX_TABLE}_fts"
    statement = (
        f"content_type_id, object_id, -bm25({words}), entry.id IN "  # noqa: S608  # as above
        f"(SELECT rowid FROM {words} WHERE {words} MATCH %s) "
        f"FROM {words} JOIN {INDEX_TABLE} entry ON entry.id = {words}.rowid "
        f"WHERE {words} MATCH %s AND content_type_id IN ({types})"
    )
    return statement, [f"autocomplete : ({asked})", f"{{title body}} : ({asked})"]


def _joined(alternatives: list[Alternative], quoted: str, either: str, both: str) -> str:
    """Return alternatives in a database's syntax of queries.

    The words have no signs that it could mistake: see `words.split_words`.
    """
    groups = [
        [f"({either.join(map(quoted.format, forms))})" for forms in each.words]
        for each in alternatives
    ]
    return either.join(f"({both.join(group)})" for group in groups)
