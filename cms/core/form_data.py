"""Form data that no form of ours sends: refused as a whole, before any of it is used.

Wagtail reads the blocks of a stream by numbers that the form's script keeps: how many there are,
of which type and in which order. Where such a field is missing or no number it fails, and where
the number is too small, or the type unknown, it drops blocks without a word.
"""

import re
from collections.abc import Iterable
from typing import Any, Final

from django.core.exceptions import BadRequest
from django.utils.datastructures import MultiValueDictKeyError
from draftjs_exporter.error import ExporterException
from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.blocks import StreamBlock
from wagtail.blocks.base import BlockWidget

COUNT: Final = "-count"
ID: Final = "-id"
WHAT_MALFORMED_DATA_RAISES: Final = (
    AttributeError,
    ExporterException,
    KeyError,
    OverflowError,
    RecursionError,
    TypeError,
    ValueError,
)


class UnreadableForm(BadRequest):
    """A form that arrived without fields that it needs, or with nonsense in them."""


def is_unreadable_form(error: Exception) -> bool:
    """Whether an exception comes from a form of which a part is missing."""
    return isinstance(error, UnreadableForm | MultiValueDictKeyError)


def refuse_broken_forms() -> None:
    """Let the widgets of every StreamField and rich text refuse what they cannot read."""
    read_blocks = BlockWidget.value_from_datadict
    read_rich_text = DraftailRichTextArea.value_from_datadict

    def blocks_from_form(self: Any, data: Any, files: Any, name: str) -> Any:
        try:
            if isinstance(self.block_def, StreamBlock):
                _check_numbers(data, name, self.block_def.child_blocks)
            return read_blocks(self, data, files, name)
        except WHAT_MALFORMED_DATA_RAISES as error:
            raise UnreadableForm(f"The blocks of {name!a} cannot be read.") from error

    def rich_text_from_form(self: Any, data: Any, files: Any, name: str) -> Any:
        try:
            return read_rich_text(self, data, files, name)
        except WHAT_MALFORMED_DATA_RAISES as error:
            raise UnreadableForm(f"The rich text of {name!a} cannot be read.") from error

    BlockWidget.value_from_datadict = blocks_from_form
    DraftailRichTextArea.value_from_datadict = rich_text_from_form


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
        elif name.endswith(ID) and "\0" in data[name]:
            raise ValueError(f"{name!a} is no id.")
