"""The parts of a source's content that are no text, and which of them differ.

Images, numbers, choices, addresses of links, the order of blocks, the form of rich text: what is
the same in all languages. A live translation has them as its revision took them from the source;
it is current only while the source has them still. A part is named by its content path, as
wagtail-localize names the place of a text.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import takewhile
from typing import Any, Final, NamedTuple

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from wagtail.blocks import (
    Block,
    CharBlock,
    ListBlock,
    RichTextBlock,
    StreamBlock,
    StructBlock,
    TextBlock,
)
from wagtail.fields import RichTextField, StreamField
from wagtail_localize.models import TranslationSource

from cms.content.content_digest import NOT_CONTENT
from cms.upstream.localize_segments import TranslatableField, translatable_fields

from .moved_blocks import BLOCK_ID
from .places import content_of, model_of

# No content of the page itself, but the same in all languages.
MENUS: Final = ("show_in_menus",)
# The order of a field's blocks or children, and the form and links of a rich text.
ORDER: Final = "#order"
FORM: Final = "#form"
TAG: Final = re.compile(r"<[a-zA-Z][^>]*>")
# Tags that a translation sets around its own words, and the editor's key of a paragraph.
INLINE: Final = re.compile(r"<(?:abbr|acronym|b|br|code|em|i|strong)\b")
PARAGRAPH_KEY: Final = re.compile(r'\s*data-block-key="[^"]*"')
TEXT_BLOCKS: Final = (CharBlock, TextBlock)
TEXT_FIELDS: Final = (models.CharField, models.TextField)

# Digests by part; of an order, the types and ids.
Parts = Mapping[str, str]


class Part(NamedTuple):
    """A part of a content: `kind` is its path with the types of blocks in place of their ids."""

    path: str
    kind: str
    value: Any

    def inside(self, step: str, kind: str = "") -> "Part":
        return Part(f"{self.path}.{step}", f"{self.kind}.{kind or step}", self.value)


def parts_of_source(source: TranslationSource) -> dict[str, str]:
    """Return the parts of a source's last published content."""
    return parts_of(model_of(source), content_of(source))


def parts_of(model: Any, data: Mapping[str, Any]) -> dict[str, str]:
    """Return the parts of an object, given as the data of a revision. Empty ones are left out."""
    return {
        part.path: ",".join(part.value) if part.path.endswith(ORDER) else _digest(part.value)
        for part in _parts(model, data)
        if part.value is not None and part.value is not False and part.value not in ("", [], {})
    }


def kinds_of(source: TranslationSource, paths: Iterable[str]) -> list[str]:
    """Return the kinds of some parts of a source, each once.

    Of one that is gone, the field, or what there is in the field.
    """
    known = {part.path: part.kind for part in _parts(model_of(source), content_of(source))}

    def kind_of(path: str) -> str:
        name = re.split("[.#]", path)[0]
        return known.get(path) or known.get(name + ORDER) or name

    return list(dict.fromkeys(map(kind_of, paths)))


def places_of(paths: Iterable[str], *versions: Parts) -> list[str]:
    """Return where parts and texts are: their paths with types of blocks in place of ids, sorted.

    Takes the parts of the versions that have them, which know the types. A path ends before a
    block of a type that none of them knows.
    """
    types = {
        item.rpartition(":")[2]: item.rpartition(":")[0] or "item"
        for parts in versions
        for path, order in parts.items()
        if path.endswith(ORDER)
        for item in order.split(",")
    }

    def place_of(path: str) -> str:
        steps = [types.get(step, step) for step in path.partition("#")[0].split(".")]
        return ".".join(takewhile(lambda step: not BLOCK_ID.fullmatch(step), steps))

    return sorted({place_of(path) for path in paths})


def differing(now: Parts, before: Parts) -> list[str]:
    """Return the parts that two versions of a content do not have alike, each once."""
    return [path for path in {**now, **before} if now.get(path) != before.get(path)]


def renamed(parts: Parts, moved: Mapping[str, str]) -> dict[str, str]:
    """Return parts under the new ids of blocks that were pasted.

    Takes the new paths of the texts in these blocks, by old.
    """
    ids = {
        old: new
        for path, other in moved.items()
        for old, new in zip(BLOCK_ID.findall(path), BLOCK_ID.findall(other), strict=False)
        if old != new
    }
    if not ids:
        return dict(parts)
    known = re.compile("|".join(map(re.escape, ids)))

    def rename(text: str) -> str:
        return known.sub(lambda found: ids[found[0]], text)

    return {
        rename(path): rename(value) if path.endswith(ORDER) else value
        for path, value in parts.items()
    }


def _parts(model: Any, data: Mapping[str, Any], at: Part | None = None) -> Iterator[Part]:
    for field in translatable_fields(model):
        name = field.field_name
        if name in data and (name in MENUS or name not in NOT_CONTENT):
            value = data[name]
            here = Part(name, name, None) if at is None else at.inside(name)
            yield from _field(model._meta.get_field(name), field, here._replace(value=value))


def _field(definition: Any, field: Any, here: Part) -> Iterator[Part]:
    value = here.value
    if isinstance(definition, StreamField):
        stream = json.loads(value) if isinstance(value, str) else value
        yield from _block(definition.stream_block, here._replace(value=stream))
    elif isinstance(definition, RichTextField):
        yield _form(here)
    elif isinstance(definition, models.ForeignObjectRel):
        keys = [str(child.get("translation_key") or child.get("pk")) for child in value]
        yield Part(here.path + ORDER, here.kind + ORDER, keys)
        for key, child in zip(keys, value, strict=True):
            yield from _parts(definition.related_model, child, here.inside(key, "item"))
    elif not (isinstance(field, TranslatableField) and isinstance(definition, TEXT_FIELDS)):
        yield here


def _block(block: Block | None, here: Part) -> Iterator[Part]:
    match block, here.value:
        case StreamBlock() | ListBlock(), list():
            items = [item for item in here.value if isinstance(item, dict) and "value" in item]
            if len(items) < len(here.value):
                # Values without ids, as Wagtail before 2.16 stored them.
                yield here
                return
            order = [f"{item.get('type')}:{item.get('id')}" for item in items]
            yield Part(here.path + ORDER, here.kind + ORDER, order)
            for item in items:
                kind = str(item.get("type"))
                inner = (
                    block.child_block
                    if isinstance(block, ListBlock)
                    else block.child_blocks.get(kind)
                )
                place = here.inside(str(item.get("id")), kind)
                yield from _block(inner, place._replace(value=item["value"]))
        case StructBlock(), dict():
            for name, child in here.value.items():
                place = here.inside(name)._replace(value=child)
                yield from _block(block.child_blocks.get(name), place)
        case RichTextBlock(), str():
            yield _form(here)
        case _ if not isinstance(block, TEXT_BLOCKS):
            yield here


def _form(here: Part) -> Part:
    """Return the tags of a rich text, with where its links lead, without what words are set in."""
    tags: Iterable[str] = TAG.findall(here.value) if isinstance(here.value, str) else ()
    form = [PARAGRAPH_KEY.sub("", tag) for tag in tags if not INLINE.match(tag)]
    return Part(here.path + FORM, here.kind + FORM, form)


def _digest(value: Any) -> str:
    text = json.dumps(value, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:12]
