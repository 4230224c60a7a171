"""Searches the content of one language."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from wagtail.blocks import StreamValue
from wagtail.search.backends import get_search_backend

from ..keyed_streams import keyed
from .highlighting import query_words


def search(queryset: QuerySet[Any], query: str, language: str) -> Any:
    """Return the objects of a queryset that contain every word of a query, the best first.

    Takes a queryset of an indexed model and a language code. Returns search results, which can be
    counted and sliced; none where the query has no word.
    """
    words = query_words(query)
    if not words:
        return queryset.none()
    everything = queryset.model._default_manager.filter(pk__in=queryset.order_by().values("pk"))
    return get_search_backend(LANGUAGE=language).search(words, everything, operator="and")


def searchable_text(instance: Any) -> str:
    """Return all indexed text of an object but its title, as plain text on one line."""
    values = (
        _value(instance, field)
        for field in type(instance).get_searchable_search_fields()
        if field.field_name != "title"
    )
    return " ".join(word for value in values for text in _texts(value) for word in text.split())


def _value(instance: Any, field: Any) -> Any:
    value = getattr(instance, field.field_name, None)
    if isinstance(value, StreamValue):
        # The targets of choosers are no part of the text, and would cost a query for each page.
        return value.stream_block.get_searchable_content(keyed(value))
    return field.get_value(instance)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif value:
        yield str(value)
