"""Bases of our search backend and of our backend for proxies that keep copies.

From `modelsearch.backends.database`, modelsearch 1.3. Documented is one configuration of words
for each backend, while two backends overwrite each other's index (wagtail/wagtail issue 9253); an
index in the language of each object is asked for in django-modelsearch issue 61. The backend of
PostgreSQL is subclassed in three places: what writes the index, what reads a query, and what
brings these two together. What the admin searches while one types is titles alone in both backends.
The search for visitors ranks pages and shared content as one list, and asks the table of the index
itself, since a search of modelsearch is one of one model.

From `wagtail.contrib.frontend_cache`, Wagtail 8.0. Documented are the setting, and functions that
send purges in the background and swallow errors; our outbox must know whether a purge was heard.
"""

from typing import Any, Final

from modelsearch.backends.database import SearchBackend
from modelsearch.backends.database.postgres.postgres import (
    PostgresAutocompleteQueryCompiler,
    PostgresIndex,
    PostgresSearchBackend,
    PostgresSearchQueryCompiler,
)
from wagtail.contrib.frontend_cache.backends.http import HTTPBackend, PurgeRequest
from wagtail.contrib.frontend_cache.utils import get_backends
from wagtail.search.models import IndexEntry

__all__ = [
    "INDEX_TABLE",
    "HTTPBackend",
    "PostgresAutocompleteQueryCompiler",
    "PostgresIndex",
    "PostgresSearchBackend",
    "PostgresSearchQueryCompiler",
    "PurgeRequest",
]

# The table of the index; on SQLite its texts are in another one, with the suffix `_fts`.
INDEX_TABLE: Final = IndexEntry._meta.db_table


def database_search_backend(params: dict[str, Any]) -> Any:
    """Return modelsearch's own backend for the database that is configured."""
    return SearchBackend(params)


def looking_as_well(backend: Any, columns: type, index: type) -> Any:
    """Return a backend of SQLite that looks where a mixin says while one types.

    Another mixin is for what writes the index. Both can be imported where the database is SQLite
    alone.
    """
    backend.index_class = type(index.__name__, (index, backend.index_class), {})
    compiler = backend.autocomplete_query_compiler_class
    backend.autocomplete_query_compiler_class = type(columns.__name__, (columns, compiler), {})
    return backend


def purge_backends() -> dict[str, Any]:
    """Return the backends of WAGTAILFRONTENDCACHE by name."""
    return dict(get_backends())
