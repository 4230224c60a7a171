"""Reads streams with bare keys in their choosers, without a query for each kind of chooser."""

import logging
import re
from collections.abc import Iterator
from copy import copy
from functools import partial
from typing import Any, Final

from django.db.models import Model
from wagtail.blocks import Block, ChooserBlock, StreamValue

logger = logging.getLogger(__name__)

# A primary key as text. Eighteen digits fit into the 64 bits of the database's largest integers.
KEY_OF_ROW: Final = re.compile("[0-9]{1,18}")
# What reading a value raises that a block's present definition would never have stored.
UNFIT: Final = (TypeError, ValueError, AttributeError, LookupError)


def keyed(stream: StreamValue) -> StreamValue:
    """Return the same stream with an object that has only its key for each chosen one.

    Wagtail loads the targets of choosers as soon as a stream is read. The public view needs only
    the keys: language and visibility decide which object is shown for a key.

    Blocks whose stored data cannot be read are left out, such as data from before a change of the
    block: one bad block must not fail the whole page.
    """
    block = stream.stream_block
    if id(block) not in _twins:
        _twins[id(block)] = (block, _keyed_block(block))
    twin = _twins[id(block)][1]
    return StreamValue(twin, list(_readable(twin, stream.raw_data)))


def _readable(twin: Block, raw_data: Any) -> Iterator[tuple[str, Any, str | None]]:
    for raw in raw_data:
        try:
            child = twin.child_blocks.get(raw["type"])
            if child is not None:
                yield child.name, child.to_python(raw["value"]), raw.get("id")
        except UNFIT:
            logger.exception("Left out a block that cannot be read: %s", raw)


# By identity, since blocks compare by value and have no hash; the block is kept beside its twin
# so that no other can take its place.
_twins: dict[int, tuple[Block, Block]] = {}


def _keyed_block(block: Block) -> Any:
    """Return a copy of a block definition, with its children."""
    twin: Any = copy(block)
    if isinstance(block, ChooserBlock):
        twin.to_python = partial(_with_key_alone, block.model_class)
        twin.bulk_to_python = lambda keys: [twin.to_python(key) for key in keys]
    if hasattr(block, "child_blocks"):
        twin.child_blocks = {
            name: _keyed_block(child) for name, child in block.child_blocks.items()
        }
    if hasattr(block, "child_block"):
        twin.child_block = _keyed_block(block.child_block)
    return twin


def _with_key_alone(model: type[Model], key: int | None) -> Model | None:
    """Return an object as the database returns it with all fields but its key deferred."""
    if key is None:
        return None
    return model.from_db(None, [model._meta.pk.attname], [key])
