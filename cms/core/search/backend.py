"""The search index with each language's own word stems, where the database knows them.

PostgreSQL stems words by a text search configuration. One index row per object serves all
languages: it is written in the configuration of the object's own language. The searches of the
admin, which go through this backend, ask in every one; the one for visitors is in `matching`.

SQLite's full text search knows no stems.

The lists of the admin search while one types, for words that begin with the last one. Wagtail looks
into titles alone then; here the whole text counts, and titles count most.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, reduce
from itertools import groupby
from operator import or_
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import F
from django.utils.translation import get_language_info
from wagtail.models import TranslatableMixin

from cms.upstream.backends import (
    PostgresAutocompleteQueryCompiler,
    PostgresIndex,
    PostgresSearchBackend,
    PostgresSearchQueryCompiler,
    database_search_backend,
    looking_as_well,
)

from .vocabulary import KeepsVocabulary

# How much more a word counts in what Wagtail looks into while one types, mostly titles.
TITLE_BOOST = 4.0


def text_search_config(language: str) -> str:
    """PostgreSQL's configuration for a language code, or `simple` where it has none.

    PostgreSQL names its configurations by the English names of languages.
    """
    name = get_language_info(language)["name"].lower()
    return name if name in _known_configs() else "simple"


@cache
def _known_configs() -> frozenset[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT cfgname FROM pg_ts_config")
        return frozenset(row[0] for row in cursor.fetchall())


class StemmingIndex(KeepsVocabulary, PostgresIndex):
    """Writes each object in its own language's configuration."""

    def add_items(self, model: type, objs: Any) -> None:
        for language, group in groupby(sorted(objs, key=_language), key=_language):
            with self._configured(language):
                super().add_items(model, list(group))

    @contextmanager
    def _configured(self, language: str) -> Iterator[None]:
        before = self.backend.config
        self.backend.config = text_search_config(language) if language else before
        try:
            yield
        finally:
            self.backend.config = before


def _language(instance: Any) -> str:
    return instance.locale.language_code if isinstance(instance, TranslatableMixin) else ""


class StemmingQueryCompiler(PostgresSearchQueryCompiler):
    def build_tsquery(self, query: Any, config: str | None = None) -> Any:
        if config is not None:
            return super().build_tsquery(query, config)
        configs = {text_search_config(code) for code, _name in settings.LANGUAGES}
        # Texts of no language are indexed in the database's own configuration.
        build = super().build_tsquery
        parts = [build(query, name) for name in (None, *sorted(configs))]
        return reduce(or_, parts)


class WholeTextCompiler(PostgresAutocompleteQueryCompiler):
    """Looks for the beginnings of words in titles, and for their stems in the whole text."""

    def get_index_vectors(self, search_query: Any) -> Any:
        return [
            (F("index_entries__autocomplete"), TITLE_BOOST),
            (F("index_entries__title"), F("index_entries__title_norm")),
            (F("index_entries__body"), 1.0),
        ]

    def build_tsquery(self, query: Any, config: str | None = None) -> Any:
        configs = {text_search_config(code) for code, _name in settings.LANGUAGES}
        build = super().build_tsquery
        return reduce(or_, [build(query, name) for name in (config, *sorted(configs))])


class StemmingSearchBackend(PostgresSearchBackend):
    index_class = StemmingIndex
    query_compiler_class = StemmingQueryCompiler
    autocomplete_query_compiler_class = WholeTextCompiler


class WholeTextOnSqlite:
    """The columns that SQLite looks into while one types."""

    FTS_TABLE_FIELDS = ("autocomplete", "title", "body")

    def get_index_vectors(self) -> Any:
        return [
            (F("index_entry__autocomplete"), TITLE_BOOST),
            (F("index_entry__title"), F("index_entry__title_norm")),
            (F("index_entry__body"), 1.0),
        ]


def SearchBackend(params: dict[str, Any]) -> Any:  # the name that Wagtail looks for
    """Return the backend of the default database."""
    if connection.vendor == "postgresql":
        return StemmingSearchBackend(params)
    return looking_as_well(database_search_backend(params), WholeTextOnSqlite, KeepsVocabulary)
