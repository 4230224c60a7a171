"""Bases of our search backend and of our backend for proxies that keep copies.

From `modelsearch.backends.database`, modelsearch 1.3. Documented is one configuration of words
for each backend, while two backends overwrite each other's index (wagtail/wagtail issue 9253); an
index in the language of each object is asked for in django-modelsearch issue 61. The backend of
PostgreSQL is subclassed in three places: what writes the index, what reads a query, and what
brings these two together. What the admin searches while one types is titles alone in both backends.

From `wagtail.contrib.frontend_cache`, Wagtail 8.0. Documented are the setting, and functions that
send purges in the background and swallow errors; our outbox must know whether a purge was heard.
"""

from typing import Any

from modelsearch.backends.database import SearchBackend
from modelsearch.backends.database.postgres.postgres import (
    PostgresAutocompleteQueryCompiler,
    PostgresIndex,
    PostgresSearchBackend,
    PostgresSearchQueryCompiler,
)
from wagtail.contrib.frontend_cache.backends.http import HTTPBackend, PurgeRequest
from wagtail.contrib.frontend_cache.utils import get_backends

__all__ = [
    "HTTPBackend",
    "PostgresAutocompleteQueryCompiler",
    "PostgresIndex",
    "PostgresSearchBackend",
    "PostgresSearchQueryCompiler",
    "PurgeRequest",
]


def database_search_backend(params: dict[str, Any]) -> Any:
    """Return modelsearch's own backend for the database that is configured."""
    return SearchBackend(params)


def looking_as_well(backend: Any, columns: type) -> Any:
    """Return a backend of SQLite that looks where a mixin says while one types.

    The compiler can be imported where the database is SQLite alone.
    """
    compiler = backend.autocomplete_query_compiler_class
    backend.autocomplete_query_compiler_class = type(columns.__name__, (columns, compiler), {})
    return backend


def purge_backends() -> dict[str, Any]:
    """Return the backends of WAGTAILFRONTENDCACHE by name."""
    return dict(get_backends())
