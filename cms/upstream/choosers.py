"""Reads what streams choose once, where one piece of work reads the same streams several times.

From `wagtail.blocks.field_block`, Wagtail 8.0. Each stream that is loaded asks the database for the
pages, images and snippets of each of its choosers. A publication loads the same stream to write it,
to check its texts, for the search index and for the reference index; Wagtail has no setting that
would let these share what they read.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from copy import copy
from functools import wraps
from typing import Any

from wagtail.blocks.field_block import ChooserBlock

# Objects by model and key; None for keys of which there is no object.
_read: ContextVar[dict[type[Any], dict[Any, Any]] | None] = ContextVar("chosen", default=None)


@contextmanager
def choices_read_once() -> Iterator[None]:
    """Let streams share what they read of what they choose.

    For work that writes nothing a stream chooses but what it is about.
    """
    token = _read.set({})
    try:
        yield
    finally:
        _read.reset(token)


def share_choices() -> None:
    """Let `choices_read_once` have an effect. To be called once."""
    upstream = ChooserBlock.bulk_to_python

    @wraps(upstream)
    def bulk_to_python(self: Any, values: Sequence[Any]) -> list[Any]:
        read = _read.get()
        if read is None:
            found: list[Any] = upstream(self, values)
            return found
        objects = read.setdefault(self.model_class, {})
        unread = [value for value in dict.fromkeys(values) if value not in objects]
        if unread:
            objects.update(zip(unread, upstream(self, unread), strict=True))
        # Each value is an object of its own, as upstream has it for one that is chosen twice.
        return [copy(objects[value]) for value in values]

    ChooserBlock.bulk_to_python = bulk_to_python
