"""What changed in a text, word by word."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby
from typing import Final, NamedTuple

WORD: Final = re.compile(r"</?[a-zA-Z][^<>]*>|\w+|\s+|[^\w\s]")


class Kind(StrEnum):
    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


class Part(NamedTuple):
    kind: Kind
    text: str


def word_changes(before: str, after: str) -> list[Part]:
    """Both texts in one, in parts that stayed, went and came; a change takes what it replaces
    first."""
    old, new = WORD.findall(before), WORD.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    parts: list[Part] = []
    for operation, i1, i2, j1, j2 in matcher.get_opcodes():
        if operation == "equal":
            parts.append(Part(Kind.SAME, "".join(old[i1:i2])))
        else:
            parts.append(Part(Kind.REMOVED, "".join(old[i1:i2])))
            parts.append(Part(Kind.ADDED, "".join(new[j1:j2])))
    return list(_tidied([part for part in parts if part.text]))


def _tidied(parts: list[Part]) -> Iterator[Part]:
    """The parts with changes that only a space parts taken together."""
    is_change = [
        part.kind != Kind.SAME or (0 < at < len(parts) - 1 and part.text.isspace())
        for at, part in enumerate(parts)
    ]
    for _changed, group in groupby(zip(parts, is_change, strict=True), key=lambda pair: pair[1]):
        run = [part for part, _ in group]
        if {part.kind for part in run} != set(Kind):
            yield from run
            continue
        for kind in (Kind.REMOVED, Kind.ADDED):
            text = "".join(part.text for part in run if part.kind in (kind, Kind.SAME))
            if text:
                yield Part(kind, text)
