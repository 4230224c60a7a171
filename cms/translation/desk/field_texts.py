"""Texts as the fields of the desk hold them: shown, typed, refused, and in which state they are.

`desk.saving` compares what was typed with what was shown; `desk.text_cards` renders the result.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, Self

from wagtail_localize.models import StringTranslation

from ..engine.links import Links, links_of
from ..engine.notation import shown
from ..engine.segments import SegmentProblem, SegmentRow, TextKey


class TextState(StrEnum):
    """State of one text; all but DONE need work. The values are used in templates and CSS."""

    CONFLICT = "conflict"
    ERROR = "error"
    MISSING = "missing"
    CHANGED = "changed"
    MACHINE = "machine"
    DONE = "done"


class ShownText(NamedTuple):
    """Version and digest of the text that a field of the desk was rendered with.

    `version` changes whenever somebody stores another text, and where the links of the original
    come to lead elsewhere. It is empty where there is no text and no link.
    `digest` is that of the field's text, empty where a form does not send it.
    """

    version: str
    digest: str

    def __str__(self) -> str:
        return f"{self.version}/{self.digest}"

    @classmethod
    def parse(cls, text: str) -> Self:
        version, _slash, digest = text.partition("/")
        return cls(version, digest)

    @classmethod
    def of(cls, stored: StringTranslation | None, in_field: str, links: Links) -> Self:
        """Takes where the links of the original lead, or led where it is gone."""
        version = stored.updated_at.isoformat() if stored else ""
        if links:
            version += "~" + cls.digest_of(json.dumps(links, sort_keys=True))
        return cls(version, cls.digest_of(in_field))

    @staticmethod
    def digest_of(in_field: str) -> str:
        """Digest a text whose line breaks a browser may have changed, or left out at its start."""
        text = in_field.replace("\r\n", "\n").strip()
        return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class TypedText:
    """A text of a submitted form, and what its field was rendered with."""

    text: str
    shown: ShownText


@dataclass(frozen=True)
class RefusedText:
    """A typed text that was not stored; `shown` is what its field was rendered with.

    `error` is the message for the translator. Without one, another user's newer text is stored.
    """

    text: str
    shown: ShownText
    error: str | None = None


def distinct_rows(rows: Iterable[SegmentRow]) -> list[SegmentRow]:
    """Return the first row of each key: rows with the same key share one translation."""
    first: dict[TextKey, SegmentRow] = {}
    for row in rows:
        first.setdefault(row.key, row)
    return list(first.values())


def field_text(row: SegmentRow, *, rich: bool) -> str:
    """Return the text to fill the field of a row with: its translation or the previous one."""
    if row.translation is not None:
        return shown(row.translation.data, rich=rich)
    return shown(row.previous_text or "", rich=rich)


def shown_text(row: SegmentRow, *, rich: bool) -> ShownText:
    """Return the version and digest of the text that a row's field is rendered with."""
    return ShownText.of(row.translation, field_text(row, rich=rich), links_of(row.segment))


def state_of(row: SegmentRow, refused: RefusedText | None) -> TextState:
    """Return the state of a text, whose writer may just have been refused another one."""
    if refused is not None:
        return TextState.CONFLICT if refused.error is None else TextState.ERROR
    if row.problem is None:
        return TextState.DONE
    if row.problem is SegmentProblem.MISSING:
        return TextState.MISSING if row.previous_source is None else TextState.CHANGED
    return TextState(row.problem.value)
