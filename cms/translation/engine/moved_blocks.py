"""Recognises blocks that were cut and pasted: they have new ids and the same texts.

The path of a text contains the ids of the blocks around it, so the texts of a pasted block are at
paths that no translation is known for.
"""

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from typing import Final

from wagtail_localize.models import StringTranslation, TranslationContext, TranslationSource

from .repeats import copy_texts

BLOCK_ID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")

# A content path with what is there: a text or the id of its string.
PlacedText = tuple[str, Hashable]


def moved_paths(before: Iterable[PlacedText], after: Iterable[PlacedText]) -> dict[str, str]:
    """Map the old path of each text in a pasted block to its new path.

    Takes the texts in page order. A block counts as pasted where one that is gone had all of the
    same texts, in the same order, in the same field.
    """
    old, new = _blocks(before), _blocks(after)
    gone = _outermost(old, new)
    moved: dict[str, str] = {}
    for block in _outermost(new, old):
        match = next((each for each in gone if _content(each, old) == _content(block, new)), None)
        if match is not None:
            gone.remove(match)
            paths = zip(old[match], new[block], strict=True)
            moved |= {was: now for (was, _old), (now, _new) in paths}
    return moved


def carry_translations(source: TranslationSource, moved: dict[str, str]) -> None:
    """Give the texts of pasted blocks the translations of their old paths, with their dates."""
    contexts = TranslationContext.objects.filter(object=source.object_id)
    by_path = {each.path: each.pk for each in contexts.filter(path__in={*moved.values()})}
    known = set(
        StringTranslation.objects.filter(context__in=by_path.values()).values_list(
            "context", "translation_of", "locale"
        )
    )
    made = StringTranslation.objects.filter(
        context__object=source.object_id, context__path__in=moved
    )
    pairs = []
    # The ids of the copies order those of the same moment.
    for text in made.select_related("context").order_by("updated_at", "pk"):
        context = by_path.get(moved[text.context.path])
        if context is not None and (context, text.translation_of_id, text.locale_id) not in known:
            pairs.append((text, context))
    copy_texts(pairs)


def _blocks(texts: Iterable[PlacedText]) -> dict[str, list[PlacedText]]:
    """The texts within each block, by the block's path; those of an inner block are in both."""
    blocks: dict[str, list[PlacedText]] = defaultdict(list)
    for path, text in texts:
        for block in _ids(path):
            blocks[path[: block.end()]].append((path, text))
    return blocks


def _ids(path: str) -> Sequence[re.Match[str]]:
    return list(BLOCK_ID.finditer(path))


def _outermost(blocks: Iterable[str], others: Iterable[str]) -> list[str]:
    """The blocks that are not among the others, without the blocks inside these."""
    known = {*others}
    missing = dict.fromkeys(block for block in blocks if block not in known)
    return [
        block
        for block in missing
        if not any(block[: outer.end()] in missing for outer in _ids(block)[:-1])
    ]


def _content(block: str, blocks: dict[str, list[PlacedText]]) -> tuple[str, list[PlacedText]]:
    """The field of a block, and its texts by their paths inside the block."""
    field = block[: _ids(block)[-1].start()]
    return field, [(BLOCK_ID.sub("*", path[len(block) :]), text) for path, text in blocks[block]]
