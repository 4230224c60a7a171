"""Orders querysets alphabetically in a language.

PostgreSQL has collations by ICU; SQLite gets them on each new connection. A language that neither
has, such as in a PostgreSQL built without ICU, keeps the database's own order.
"""

from functools import partial
from typing import Any, Final

from django.core.exceptions import FieldDoesNotExist
from django.db.models import CharField, F, Func, QuerySet, TextField
from django.db.models.expressions import OrderBy

from .alphabet import LANGUAGES, sort_key

# What PostgreSQL calls the order that most languages have in common.
ROOT: Final = "und"
# Text by which the tree of pages is kept: its order is that of its bytes.
TREE: Final = frozenset({"path", "url_path"})

_names_of_servers: dict[tuple[str, str], str | None] = {}


def in_alphabetical_order(queryset: QuerySet[Any], language: str | None) -> QuerySet[Any]:
    """Return a queryset ordered by the same fields, with text in the order of a language.

    Takes a language code, None for the order that languages have in common. The fields are those of
    `order_by`, or else of the model's ordering, and at last the primary key. Dates, numbers, codes
    and expressions sort as before.
    """
    names = queryset.query.order_by
    if not names and queryset.query.default_ordering:
        names = tuple(queryset.model._meta.ordering)
    ordering = [_in_language(queryset, name, language) for name in names]
    if not {"pk", "-pk"}.intersection(name for name in names if isinstance(name, str)):
        # So that equal words come in one order on every page of a list. An expression, since the
        # search engines would ask for an index of a name.
        ordering.append(F("pk").asc())
    return queryset.order_by(*ordering)


def _in_language(queryset: QuerySet[Any], name: Any, language: str | None) -> Any:
    if not isinstance(name, str) or not _is_words(queryset, name.removeprefix("-")):
        return name
    words = Alphabetical(F(name.removeprefix("-")), language or ROOT)
    return OrderBy(words, descending=name.startswith("-"))


def _is_words(queryset: QuerySet[Any], name: str) -> bool:
    """Return whether a field or annotation holds text that people sort by."""
    if name in queryset.query.annotations:
        field: Any = queryset.query.annotations[name].output_field
    else:
        model: Any = queryset.model
        *relations, last = name.split("__")
        try:
            for relation in relations:
                model = model._meta.get_field(relation).related_model
            field = model._meta.get_field(last)
        except (AttributeError, FieldDoesNotExist):
            return False
    is_text = isinstance(field, CharField | TextField)
    return is_text and not field.choices and name not in TREE


class Alphabetical(Func):
    """Text with the collation of a language."""

    template = "%(expressions)s COLLATE %(collation)s"

    def __init__(self, expression: Any, language: str) -> None:
        super().__init__(expression)
        self.language = language

    def as_sql(self, compiler: Any, connection: Any, *args: Any, **context: Any) -> Any:
        name = _find_collation(connection, self.language)
        if name is None:
            return compiler.compile(self.source_expressions[0])
        context["collation"] = connection.ops.quote_name(name)
        return super().as_sql(compiler, connection, *args, **context)


def register_collations(connection: Any, **kwargs: Any) -> None:
    """Register the collations on a new SQLite connection; receives `connection_created`."""
    if connection.vendor == "sqlite":
        for language in (ROOT, *LANGUAGES):
            compare = partial(_compare, language)
            connection.connection.create_collation(_collation(language), compare)


def _compare(language: str, one: str, other: str) -> int:
    left, right = sort_key(one, language), sort_key(other, language)
    return (left > right) - (left < right)


def _collation(language: str) -> str:
    return f"{language}-x-icu"


def _find_collation(connection: Any, language: str) -> str | None:
    """Return the name of the nearest collation that a database has: pt-br, else pt, else root."""
    wanted = [_collation(code) for code in (language.lower(), language.split("-")[0], ROOT)]
    if connection.vendor == "sqlite":
        known = {_collation(code): _collation(code) for code in (ROOT, *LANGUAGES)}
        return next(known[name] for name in wanted if name in known)
    if connection.vendor != "postgresql":
        return None
    key = (connection.alias, language)
    if key not in _names_of_servers:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT lower(collname), collname FROM pg_collation"
                " WHERE collprovider = 'i' AND lower(collname) = ANY(%s)",
                [wanted],
            )
            found = dict(cursor.fetchall())
        _names_of_servers[key] = next((found[name] for name in wanted if name in found), None)
    return _names_of_servers[key]
