"""The search index with each language's own word stems, where the database knows them.

PostgreSQL stems words by a text search configuration. One index row per object serves all
languages: it is written in the configuration of the object's own language, and asked in that
of the reader. A search that names no language (the admin's) asks in every one.

SQLite's full text search knows no stems; Wagtail's own backend is used as it is.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, reduce
from itertools import groupby
from operator import or_
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils.translation import get_language_info
from wagtail.models import TranslatableMixin

from cms.upstream.backends import (
    PostgresIndex,
    PostgresSearchBackend,
    PostgresSearchQueryCompiler,
    database_search_backend,
)


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


class StemmingIndex(PostgresIndex):
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


class StemmingSearchBackend(PostgresSearchBackend):
    index_class = StemmingIndex
    query_compiler_class = StemmingQueryCompiler

    def __init__(self, params: dict[str, Any]) -> None:
        super().__init__(params)
        if language := params.get("LANGUAGE"):
            self.config = text_search_config(language)


def SearchBackend(params: dict[str, Any]) -> Any:  # the name that Wagtail looks for
    """Return the backend of the default database, for `LANGUAGE` or for all languages."""
    if connection.vendor == "postgresql":
        return StemmingSearchBackend(params)
    return database_search_backend(params)
