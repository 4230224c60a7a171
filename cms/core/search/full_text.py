"""Gives the indexed text of an object, as the search index has it."""

from collections.abc import Iterator
from typing import Any

from wagtail.blocks import StreamValue

from ..keyed_streams import keyed


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
