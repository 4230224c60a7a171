"""Computes the digest of an object's public content, in its own language.

Rich text counts as its editor would store it, plain text counts letter by letter. The field or
block of a value decides which of the two it is.
"""

import hashlib
import json
from collections.abc import Container, Iterable
from typing import Any, Final

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Field, Model
from wagtail.blocks import Block, ListBlock, RichTextBlock, StreamBlock, StructBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.models import COMMENTS_RELATION_NAME

from .rich_text_words import rich_text_words

# Fields that editors can change and that are no content: an object's place, its schedule, and its
# ties to translations. Fields that cannot be edited are none either.
NOT_CONTENT: Final = frozenset(
    {
        "alias_of",
        "content_type",
        "depth",
        "expire_at",
        "first_published_at",
        "go_live_at",
        "latest_revision",
        "locale",
        "locked_by",
        "numchild",
        "owner",
        "path",
        "pk",
        "show_in_menus",
        "slug",
        "sort_order",
        "translation_key",
        "url_path",
        COMMENTS_RELATION_NAME,
    }
)
# Raise it with each change of the rule: `cms.review.renewing` renews digests of earlier rules.
DIGEST_RULE: Final = 2


def content_digest(instance: Any, only: Container[str] | None = None) -> str:
    """Return the digest of an object's own fields and children, or of some fields only.

    Block ids, the editor's paragraph keys, white space that the editor does not keep, and empty
    fields make no difference. References count by their ids.
    """
    return digest_of_data(type(instance), instance.serializable_data(), only)


def digest_of_data(
    model: type[Model], data: dict[str, Any], only: Container[str] | None = None
) -> str:
    """Return the digest of an object given as the data of a revision."""
    content = _content(model, data)
    if only is not None:
        content = {name: value for name, value in content.items() if name in only}
    text = json.dumps(content, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def shows_content(instance: Model, names: Iterable[str]) -> bool:
    """Return whether writing some fields alone can change what the public reads."""
    fields = {field.name: field for field in instance._meta.fields}
    return any(
        name == "live" or (name in fields and fields[name].editable and name not in NOT_CONTENT)
        for name in names
    )


def _content(model: type[Model], data: dict[str, Any], parent: str = "") -> dict[str, Any]:
    fields = {field.name: field for field in model._meta.get_fields()}
    found = {}
    for name, value in data.items():
        field = fields.get(name)
        if name in NOT_CONTENT or name == parent or field is None:
            continue
        if isinstance(field, StreamField):
            stream = json.loads(value) if isinstance(value, str) else value
            found[name] = _block_content(field.stream_block, stream)
        elif isinstance(field, RichTextField):
            found[name] = rich_text_words(value) if isinstance(value, str) else value
        elif isinstance(field, Field):
            found[name] = _plain(value) if field.editable else None
        else:
            child: Any = field
            found[name] = [_content(child.related_model, item, child.field.name) for item in value]
    return _filled(found)


def _block_content(block: Block | None, value: Any) -> Any:
    """Return the content of a block's stored value; a value that does not fit it unchanged."""
    match block, value:
        case StreamBlock(), list():
            return [_item_content(block.child_blocks, item) for item in value]
        case ListBlock(), list():
            kinds = {"item": block.child_block}
            return [
                _item_content(kinds, item)
                if _is_item(item)
                else _block_content(block.child_block, item)
                for item in value
            ]
        case StructBlock(), dict():
            blocks = block.child_blocks
            return _filled(
                {name: _block_content(blocks.get(name), child) for name, child in value.items()}
            )
        case RichTextBlock(), str():
            return rich_text_words(value)
    return _plain(value)


def _item_content(blocks: dict[str, Block], item: Any) -> Any:
    if not _is_item(item):
        return _plain(item)
    kind = item["type"]
    return {"type": kind, "value": _block_content(blocks.get(kind), item["value"])}


def _is_item(item: Any) -> bool:
    return isinstance(item, dict) and item.keys() >= {"type", "value"}


def _plain(value: Any) -> Any:
    """Return a value without differences that forms make: outer white space, kinds of newlines."""
    if isinstance(value, dict):
        return _filled({key: _plain(child) for key, child in value.items()})
    if isinstance(value, list):
        return [_plain(child) for child in value]
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n").strip()
    return value


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    """Return the values without empty ones; fields that are new to a type are empty."""
    return {
        name: value
        for name, value in values.items()
        if value is not False and value not in (None, "", [], {})
    }
