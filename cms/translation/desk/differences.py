"""Compares two texts word by word."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby
from typing import Final, NamedTuple

WORD: Final = re.compile(r"</?[a-zA-Z][^<>]*>|\w+|\s+|[^\w\s]")


class ChangeKind(StrEnum):
    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


class TextPart(NamedTuple):
    kind: ChangeKind
    text: str


def word_changes(before: str, after: str) -> list[TextPart]:
    """Return both texts as one list of parts; a removed part comes before what replaces it."""
    old, new = WORD.findall(before), WORD.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    parts: list[TextPart] = []
    for operation, i1, i2, j1, j2 in matcher.get_opcodes():
        if operation == "equal":
            parts.append(TextPart(ChangeKind.SAME, "".join(old[i1:i2])))
        else:
            parts.append(TextPart(ChangeKind.REMOVED, "".join(old[i1:i2])))
            parts.append(TextPart(ChangeKind.ADDED, "".join(new[j1:j2])))
    return list(_merged([part for part in parts if part.text]))


def _merged(parts: list[TextPart]) -> Iterator[TextPart]:
    """Merge changes that only a space separates."""
    is_change = [
        part.kind != ChangeKind.SAME or (0 < at < len(parts) - 1 and part.text.isspace())
        for at, part in enumerate(parts)
    ]
    for _changed, group in groupby(zip(parts, is_change, strict=True), key=lambda pair: pair[1]):
        run = [part for part, _ in group]
        if {part.kind for part in run} != set(ChangeKind):
            yield from run
            continue
        for kind in (ChangeKind.REMOVED, ChangeKind.ADDED):
            text = "".join(part.text for part in run if part.kind in (kind, ChangeKind.SAME))
            if text:
                yield TextPart(kind, text)
