"""Base of blocks with a public schema, and the typed stream items that are made of them."""

import logging
from collections.abc import Callable
from typing import Annotated, Any, ClassVar, Literal, TypeVar, Union

from django.http import HttpRequest
from django.utils.functional import Promise
from pydantic import Field, create_model
from typing_extensions import TypeAliasType
from wagtail.blocks import Block, StreamBlock, StreamValue
from wagtail.models import Locale

from cms.core.keyed_streams import UNFIT, keyed

from .lookup import PublicLookup
from .schemas import PublicSchema
from .visibility import PublicScope

logger = logging.getLogger(__name__)

Item = TypeVar("Item")


class StreamItem(PublicSchema):
    """One block of a stream: its type, its id and its value."""

    type: str
    id: str

    @property
    def template(self) -> str:
        return f"blocks/{self.type}.html"

    @property
    def place(self) -> str:
        """The fragment of its heading on the page: the same in all languages and wordings."""
        return f"block-{self.id}" if self.id else ""


class PublicBlock(Block):
    """A block with a public schema.

    A subclass names the schema (`public_schema`) and fills it (`public_value`). Its template
    renders the same value as `content`, so that HTML and API cannot differ. It can also give the
    value of another block of the stream: the item is one of that block's type then.
    """

    public_schema: ClassVar[type[PublicSchema]]

    def public_value(self, value: Any, lookup: PublicLookup) -> PublicSchema | None:
        """Return the public value, None where nothing may be shown."""
        raise NotImplementedError

    def get_preview_value(self) -> Any:
        return self.normalize(_in_active_language(self.meta.preview_value))

    def get_context(
        self, value: Any, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        lookup = context.get("lookup") or self._lookup_for(value, context["request"])
        context["content"] = self.public_value(value, lookup)
        return context

    def _lookup_for(self, value: Any, request: HttpRequest) -> PublicLookup:
        """Return a lookup for a block alone, as in the editors' preview, in the active language."""
        lookup = PublicLookup(PublicScope.for_request(request), Locale.get_active())
        lookup.find((model, int(key)) for model, key, *_paths in self.extract_references(value))
        return lookup


def _in_active_language(value: Any) -> Any:
    """Return a preview value with its lazy translations resolved in the active language."""
    if isinstance(value, dict):
        return {name: _in_active_language(child) for name, child in value.items()}
    if isinstance(value, list):
        return [_in_active_language(child) for child in value]
    return str(value) if isinstance(value, Promise) else value


# One class for each block, so that every page type's body names the same schemas.
_item_schemas: dict[tuple[str, type[PublicBlock]], Any] = {}


def item_schema(block: PublicBlock) -> Any:
    """Return the schema of a stream item that holds the given child block."""
    key = (block.name, type(block))
    if key not in _item_schemas:
        literal: Any = Literal[block.name]
        _item_schemas[key] = create_model(
            type(block).__name__,
            __base__=StreamItem,
            type=(literal, ...),
            value=(block.public_schema, ...),
        )
    return _item_schemas[key]


def is_public(block: Block) -> bool:
    """Return whether a block has a public schema."""
    return isinstance(block, PublicBlock) and hasattr(block, "public_schema")


def stream_schema(stream_block: StreamBlock) -> Any:
    """Return the type of a stream's items: a union discriminated by `type`, named as the block.

    Blocks without a public schema are left out; `cms.content.checks` reports them.
    """
    public = filter(is_public, stream_block.child_blocks.values())
    schemas = tuple(item_schema(child) for child in public) or (StreamItem,)
    union: Any = Union[schemas]  # noqa: UP007  # `|` cannot join a run-time tuple
    item = Annotated[union, Field(discriminator="type")] if len(schemas) > 1 else union
    return TypeAliasType(type(stream_block).__name__, item)


def public_stream(stream: StreamValue, lookup: PublicLookup) -> list[StreamItem]:
    """Return the public items of a stream, without items that have nothing to show."""

    children = filter(is_public, stream.stream_block.child_blocks.values())
    blocks: dict[type[PublicSchema], Any] = {child.public_schema: child for child in children}

    def item_of(child: Any) -> StreamItem | None:
        value = child.block.public_value(child.value, lookup)
        if value is None:
            return None
        block = blocks[type(value)]
        item: StreamItem = item_schema(block)(type=block.name, id=child.id or "", value=value)
        return item

    return public_items(stream, item_of)


def public_items(stream: StreamValue, make: Callable[[Any], Item | None]) -> list[Item]:
    """Convert each child of a stream, leaving out those for which the result is None.

    Children whose stored data does not fit the public schema are left out as well.
    """
    items = []
    for child in keyed(stream):
        try:
            item = make(child)
        except UNFIT:
            logger.exception("Left out a %s block with unfit data: %s", child.block_type, child.id)
            continue
        if item is not None:
            items.append(item)
    return items
