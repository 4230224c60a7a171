"""Form data that no form of ours sends: refused as a whole, before any of it is used.

Wagtail reads the blocks of a stream by numbers that the form's script keeps: how many there are,
of which type and in which order. Where such a field is missing or no number it fails, and where
the number is too small, or the type unknown, it drops blocks without a word.
"""

import json
import re
from collections.abc import Iterable
from typing import Any, Final

from django.core.exceptions import BadRequest, ValidationError
from django.db import DataError
from django.utils.datastructures import MultiValueDictKeyError
from wagtail.blocks import StreamBlock

from cms.upstream import submitted_forms
from cms.upstream.rich_text import text_of_html

from .keyed_streams import KEY_OF_ROW
from .visible_text import is_visible

COUNT: Final = "-count"
ID: Final = "-id"
WHAT_MALFORMED_DATA_RAISES: Final = (
    AttributeError,
    submitted_forms.RichTextExportError,
    KeyError,
    OverflowError,
    RecursionError,
    TypeError,
    ValueError,
)
# JSON may name half of a surrogate pair (half an emoji) by an escape. No UTF-8 text can hold it.
LONE_SURROGATE: Final = re.compile("[\ud800-\udfff]")
UNSTORABLE: Final = re.compile("[\0\ud800-\udfff]")
REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"
# What rich text shows beside text.
WITHOUT_TEXT: Final = re.compile("<(embed|hr|img)\\b")
# Wagtail's editor shows a link to a page that does not exist as a broken link.
NO_PAGE: Final = "0"
# Messages of Django, `int()` and the databases for a value that cannot be a key.
FAILED_CONVERSIONS: Final = (
    "expected a number but got",
    "invalid literal for int()",
    "int too large to convert",
    "Exceeds the limit",
    "out of range",
)


class UnreadableForm(BadRequest):
    """A form that arrived without fields that it needs, or with nonsense in them."""


class UnstorableText(BadRequest):
    """Text with NUL or a lone surrogate, which PostgreSQL or UTF-8 cannot hold."""


def is_unreadable_form(error: Exception) -> bool:
    """Whether an exception comes from a form of which a part is missing."""
    return isinstance(error, UnreadableForm | MultiValueDictKeyError)


def is_failed_conversion(error: Exception) -> bool:
    """Tell whether an exception comes from a submitted key that is not a number of that size.

    Choosers and the rows of inline forms hand the submitted text to a query unchecked, and
    modelcluster lets the ValidationError of a field pass.
    """
    if isinstance(error, ValidationError):
        return getattr(error, "code", None) == "invalid"
    return isinstance(error, DataError | OverflowError | TypeError | ValueError) and any(
        message in str(error) for message in FAILED_CONVERSIONS
    )


def is_storable(value: Any) -> bool:
    """Check the texts of parsed JSON, names included, for NUL and lone surrogates."""
    rest = [value]
    while rest:
        each = rest.pop()
        if isinstance(each, dict):
            rest += [*each, *each.values()]
        elif isinstance(each, list):
            rest += each
        elif isinstance(each, str) and UNSTORABLE.search(each):
            return False
    return True


def refuse_broken_forms() -> None:
    """Let the widgets of every StreamField and rich text refuse what they cannot read.

    Text and rich text of which nothing can be seen become empty, so that required fields say so.
    """
    submitted_forms.wrap_stream_reading(_read_stream)
    submitted_forms.wrap_rich_text_reading(_read_rich_text)
    submitted_forms.wrap_rich_text_storing(_store_rich_text)
    submitted_forms.wrap_text_cleaning(_clean_text)
    submitted_forms.wrap_page_link_loading(_load_page_link)


def _read_stream(read: Any, widget: Any, data: Any, files: Any, name: str) -> Any:
    try:
        if isinstance(widget.block_def, StreamBlock):
            _check_numbers(data, name, widget.block_def.child_blocks)
        return read(widget, data, files, name)
    except WHAT_MALFORMED_DATA_RAISES as error:
        raise UnreadableForm(f"The blocks of {name!a} cannot be read.") from error


def _read_rich_text(read: Any, widget: Any, data: Any, files: Any, name: str) -> Any:
    try:
        return read(widget, data, files, name)
    except WHAT_MALFORMED_DATA_RAISES as error:
        raise UnreadableForm(f"The rich text of {name!a} cannot be read.") from error


def _store_rich_text(store: Any, converter: Any, contentstate: str) -> str:
    content = json.loads(contentstate)
    if content is None:
        # What an empty editor sends.
        return ""
    _check_links(content)
    stored = LONE_SURROGATE.sub(REPLACEMENT, store(converter, contentstate))
    shows_nothing = not is_visible(text_of_html(stored)) and not WITHOUT_TEXT.search(stored)
    return "" if shows_nothing else stored


def _clean_text(clean: Any, field: Any, value: Any) -> Any:
    cleaned = clean(field, value)
    # A password may be of spaces.
    is_text = isinstance(cleaned, str) and getattr(field, "strip", False)
    return field.empty_value if is_text and not is_visible(cleaned) else cleaned


def _load_page_link(load: Any, handler: Any, attributes: dict[str, str]) -> Any:
    if not KEY_OF_ROW.fullmatch(attributes.get("id") or ""):
        attributes = {**attributes, "id": NO_PAGE}
    return load(handler, attributes)


def _check_links(contentstate: Any) -> None:
    """Raise ValueError where a link in rich text names a page or document by no key."""
    for entity in contentstate.get("entityMap", {}).values():
        key = entity.get("data", {}).get("id")
        if key is not None and not KEY_OF_ROW.fullmatch(str(key)):
            raise ValueError("A link in the rich text has an id that is no number.")


def _check_numbers(data: Any, stream: str, types: Iterable[str]) -> None:
    """Raise ValueError where the numbers of a stream would let blocks be dropped."""
    types_of_blocks = re.compile(rf"{re.escape(stream)}-(\d+)-type")
    for name in data:
        if name.startswith(f"{stream}-") and name.endswith(COUNT):
            count, counted = int(data[name]), name.removesuffix(COUNT)
            if count < 0 or f"{counted}-{count}-deleted" in data:
                raise ValueError(f"{name!a} is too small.")
        elif types_of_blocks.fullmatch(name) and data[name] not in types:
            raise ValueError(f"{name!a} is no block of the stream.")
        elif name.endswith(ID) and "\0" in str(data[name]):
            raise ValueError(f"{name!a} is no id.")
