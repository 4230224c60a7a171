"""The segments of a translation: what the source says, what it said before, what is translated."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any, Final, NamedTuple, Self

from django.db.models import Q
from wagtail_localize.models import StringSegment, StringTranslation, Translation

# How alike an earlier string of the same rich text must be to be taken for the same sentence.
LIKENESS: Final = 0.4

# A translation that may be published: given or confirmed by a person, and without an error.
# Machine text is confirmed by making it manual; its tool's name stays.
USABLE: Final = Q(translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL, has_error=False) & ~Q(
    data=""
)


class Problem(StrEnum):
    """Why a segment cannot be published."""

    MISSING = "missing"
    MACHINE = "machine"
    ERROR = "error"


class TextKey(NamedTuple):
    """Identifies a text of an object by its place and its words, whatever its order on the page.

    Takes the ids of a `TranslationContext` and a `String`, which outlive the segments of both.
    """

    context: int
    string: int

    def __str__(self) -> str:
        return f"{self.context}-{self.string}"

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Read a key from what `str()` made of it; None where it is something else."""
        found = re.fullmatch(r"([0-9]{1,18})-([0-9]{1,18})", text)
        return cls(int(found[1]), int(found[2])) if found else None


@dataclass(frozen=True)
class SegmentRow:
    """One string of the source's published content, for one target language.

    `translation` is that of exactly this string. `previous_source` is what the source said when
    the latest translation at this place was made, and `previous_translation` that translation,
    where there is no usable one of what it says now.
    """

    segment: StringSegment
    path: str
    order: int
    source_text: str
    previous_source: str | None
    previous_translation: str | None
    translation: StringTranslation | None
    problem: Problem | None

    @property
    def key(self) -> TextKey:
        return TextKey(self.segment.context_id, self.segment.string_id)


def segment_rows(translation: Translation) -> list[SegmentRow]:
    """The segments of a translation in page order, in two queries."""
    segments = list(
        StringSegment.objects.filter(source=translation.source_id)
        .select_related("string", "context")
        .order_by("order")
    )
    made = texts_by_path(translation)
    present: dict[str, set[int]] = defaultdict(set)
    for segment in segments:
        present[segment.context.path].add(segment.string_id)
    earlier = {
        path: [text for string, text in texts.items() if string not in present[path]]
        for path, texts in made.items()
    }
    rows = []
    previous: dict[TextKey, StringTranslation | None] = {}
    for segment in segments:
        path = segment.context.path
        text = made[path].get(segment.string_id)
        problem = problem_of(text)
        before = None
        if problem in (Problem.MISSING, Problem.MACHINE):
            key = TextKey(segment.context_id, segment.string_id)
            if key not in previous:
                alone = len(present[path]) == 1
                previous[key] = _take_previous(segment, earlier.get(path, []), alone=alone)
            before = previous[key]
        rows.append(
            SegmentRow(
                segment=segment,
                path=path,
                order=segment.order,
                source_text=segment.string.data,
                previous_source=before and before.translation_of.data,
                previous_translation=before and before.data,
                translation=text,
                problem=problem,
            )
        )
    return rows


def texts_by_path(translation: Translation) -> dict[str, dict[int, StringTranslation]]:
    """All that was ever translated in an object, by path and string id, the latest first."""
    made: dict[str, dict[int, StringTranslation]] = defaultdict(dict)
    texts = StringTranslation.objects.filter(
        context__object_id=translation.source.object_id, locale_id=translation.target_locale_id
    )
    texts = texts.select_related("translation_of", "context").order_by("-updated_at", "-pk")
    for text in texts:
        made[text.context.path][text.translation_of_id] = text
    return made


def problem_of(text: StringTranslation | None) -> Problem | None:
    """Why a translation cannot be published, or None where it can."""
    if text is None or not text.data:
        return Problem.MISSING
    if text.has_error:
        return Problem.ERROR
    if text.translation_type == StringTranslation.TRANSLATION_TYPE_MACHINE:
        return Problem.MACHINE
    return None


def confirm(text: StringTranslation, user: Any) -> None:
    """Make a machine's text a manual one of the user, so that it may be published.

    `tool_name` still names the machine.
    """
    text.translation_type = StringTranslation.TRANSLATION_TYPE_MANUAL
    text.last_translated_by = user
    text.save(update_fields=["translation_type", "last_translated_by", "updated_at"])


def _take_previous(
    segment: StringSegment, earlier: list[StringTranslation], *, alone: bool
) -> StringTranslation | None:
    """Find the latest earlier translation of a place, and take it from the list.

    Where a place holds several strings, the one whose source was most like the present one.
    """
    usable = [text for text in earlier if problem_of(text) is None]
    if not usable:
        return None
    if alone:
        return usable[0]
    chosen, how_alike = max(
        ((text, likeness(segment.string.data, text.translation_of.data)) for text in usable),
        key=lambda pair: pair[1],
    )
    if how_alike < LIKENESS:
        return None
    earlier.remove(chosen)
    return chosen


def likeness(one: str, other: str) -> float:
    """Return how alike two strings are, from 0 to 1, which is the same."""
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def unready(rows: Iterable[SegmentRow]) -> list[SegmentRow]:
    """The rows that keep a translation from being published."""
    return [row for row in rows if row.problem]
