"""Validates the shape of a StreamField that a program sends to API v3.

Wagtail hands it to the page's form, which passes over the fields of a block that it does not know
and fails on values of the wrong kind. What the shape says nothing of (lengths, forbidden tags,
empty fields) is the form's, as in the editor.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from wagtail.blocks import (
    BaseStreamBlock,
    BaseStructBlock,
    CharBlock,
    ChooserBlock,
    ListBlock,
    RichTextBlock,
)

ENVELOPE = {"type", "value", "id"}
RICH_TEXT = {"format", "content", "removals"}


def stream_errors(block: Any, value: Any, place: str) -> Iterator[str]:
    """Yield what is wrong with a block's value as JSON, each with its place, such as `body.0`."""
    if isinstance(block, BaseStreamBlock | ListBlock):
        yield from _list_errors(block, value, place)
    elif isinstance(block, BaseStructBlock):
        yield from _struct_errors(block, value, place)
    elif isinstance(block, RichTextBlock):
        yield from _rich_text_errors(value, place)
    elif not _is_of_its_kind(block, value):
        yield f"{place}: a value of the wrong kind, or the key of an object that does not exist"


def check_stream(field: Any) -> Any:
    """Return a validator of the JSON of a StreamField; it raises ValueError."""

    def check(value: Any) -> Any:
        errors = list(stream_errors(field.stream_block, value, field.name))
        errors += [
            f"{field.name}: the id {key!r} is used twice"
            for key, uses in _ids(value).items()
            if uses > 1
        ]
        if errors:
            raise ValueError("; ".join(errors))
        return value

    return check


def _ids(value: Any) -> Counter[str]:
    """Count the ids of all blocks of a stream: texts are known by them, and so are translations."""
    if isinstance(value, list):
        return sum(map(_ids, value), Counter())
    if not isinstance(value, dict):
        return Counter()
    found = sum(map(_ids, value.values()), Counter[str]())
    key = value.get("id")
    if "value" in value and isinstance(key, str) and key:
        found[key] += 1
    return found


def _is_of_its_kind(block: Any, value: Any) -> bool:
    if isinstance(value, dict | list) or (isinstance(block, CharBlock) and isinstance(value, int)):
        return False
    try:
        found = block.to_python(value)
        block.value_for_form(found)
    except Exception:  # each type of block fails in its own way
        return False
    return not isinstance(block, ChooserBlock) or value is None or found is not None


def _list_errors(block: Any, value: Any, place: str) -> Iterator[str]:
    if not isinstance(value, list):
        yield f"{place}: must be a list"
        return
    for number, item in enumerate(value):
        here = f"{place}.{number}"
        if isinstance(block, ListBlock):
            yield from stream_errors(block.child_block, item, here)
        elif not isinstance(item, dict) or not {"type", "value"} <= item.keys() <= ENVELOPE:
            yield f"{here}: must have `type` and `value`, and may have `id`"
        elif not isinstance(item.get("id", ""), str | None):
            yield f"{here}.id: must be text"
        elif not isinstance(item["type"], str) or item["type"] not in block.child_blocks:
            yield f"{here}.type: must be one of {', '.join(block.child_blocks)}"
        else:
            child = block.child_blocks[item["type"]]
            yield from stream_errors(child, item["value"], f"{here}.value")


def _struct_errors(block: Any, value: Any, place: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{place}: must have {', '.join(block.child_blocks)}"
        return
    for name in value.keys() - block.child_blocks.keys():
        yield f"{place}.{name}: unknown; known are {', '.join(block.child_blocks)}"
    for name, child in block.child_blocks.items():
        if name in value:
            yield from stream_errors(child, value[name], f"{place}.{name}")


def _rich_text_errors(value: Any, place: str) -> Iterator[str]:
    content = value
    if isinstance(value, dict):
        for name in value.keys() - RICH_TEXT:
            yield f"{place}.{name}: unknown"
        content = value.get("content")
    if not isinstance(content, str):
        yield f"{place}: must be rich text, as HTML or with `format` and `content`"
