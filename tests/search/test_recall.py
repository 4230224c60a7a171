"""Visitors find what they look for: the queries of `queries.py` on the demo content."""

import sys

import pytest
from django.db import connection

from tests.reading import Api
from tests.search.queries import ENGLISH, FRESH, SWEDISH, Queries

FIRST = 5
LEAST = {"postgresql": 0.95, "sqlite": 0.9}
# Of queries that nothing was tuned for.
LEAST_OF_FRESH = 0.6


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("locale", "queries", "least"),
    [
        ("sv", SWEDISH, LEAST[connection.vendor]),
        ("en", ENGLISH, LEAST[connection.vendor]),
        ("sv", FRESH["sv"], LEAST_OF_FRESH),
        ("en", FRESH["en"], LEAST_OF_FRESH),
    ],
    ids=["sv", "en", "fresh-sv", "fresh-en"],
)
def test_what_is_looked_for_is_among_the_first_hits(
    locale: str, queries: Queries, least: float, api: Api
) -> None:
    lines = []
    for query, wanted in queries:
        hits = api.get("search/", locale=locale, q=query, limit=FIRST)["items"]
        titles = [hit["title"] for hit in hits]
        lines += [f"{query}: no {title} in {titles}" for title in wanted if title not in titles]
    number = sum(len(wanted) for _query, wanted in queries)
    recall = 1 - len(lines) / number
    told = f"{connection.vendor}, {locale}: recall@{FIRST} {recall:.3f} of {number} titles"
    sys.stdout.write("\n  ".join(["", told, *lines, ""]))
    assert recall >= least, lines
