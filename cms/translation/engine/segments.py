"""Reads the segments of a translation: source strings, their translations, earlier ones."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final, NamedTuple, Self

from django.db.models import Q
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from .links import has_link, kept_links, links_of, refitted
from .texts import plain

# An earlier string of the same rich text that is less alike is another sentence.
LIKENESS: Final = 0.4

# Translations that may be published: written or confirmed by a person, and without an error.
# Confirming a machine's text makes it manual; its tool's name stays.
USABLE: Final = Q(translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL, has_error=False) & ~Q(
    data=""
)


class SegmentProblem(StrEnum):
    """Why a segment cannot be published."""

    MISSING = "missing"
    MACHINE = "machine"
    ERROR = "error"


# Nobody has written a text of the place's string.
UNWRITTEN: Final = (SegmentProblem.MISSING, SegmentProblem.MACHINE)


class TextKey(NamedTuple):
    """Identifies a text of an object by the ids of its `TranslationContext` and its `String`.

    These outlive the segments of both, whose order on the page may change.
    """

    context: int
    string: int

    def __str__(self) -> str:
        return f"{self.context}-{self.string}"

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Parse a key from its `str()`; None where the text is none."""
        found = re.fullmatch(r"([0-9]{1,18})-([0-9]{1,18})", text)
        return cls(int(found[1]), int(found[2])) if found else None


@dataclass(frozen=True)
class SegmentRow:
    """One string of the source's published content, with its translation into one language.

    Where there is no usable translation, `previous_text` is the earlier one of this place, with
    its links where they led, and `previous_source` the string that it translates; those of
    several strings that have become one are joined. `previous_translation` is the same text where
    it could be published.
    """

    segment: StringSegment
    path: str
    order: int
    source_text: str
    previous_source: str | None
    previous_text: str | None
    previous_translation: str | None
    translation: StringTranslation | None
    problem: SegmentProblem | None

    @property
    def key(self) -> TextKey:
        return TextKey(self.segment.context_id, self.segment.string_id)


# All translations of an object's strings, by path and string id, the latest first.
TextsByPath = dict[str, dict[int, StringTranslation]]


def segment_rows(translation: Translation, made: TextsByPath | None = None) -> list[SegmentRow]:
    """Return the segments of a translation in page order, in two queries.

    Takes the translations from `texts_by_path` where they are read already. Where an earlier text
    has links, two more queries say where they led.
    """
    segments = list(
        StringSegment.objects.filter(source=translation.source_id)
        .select_related("string", "context")
        .order_by("order")
    )
    made = texts_by_path(translation) if made is None else made
    previous = _previous_texts(segments, made)
    links = kept_links(
        {
            (text.context_id, text.translation_of_id)
            for texts in previous.values()
            for text in texts
            if has_link(text.data)
        }
    )
    rows = []
    for segment in segments:
        text = made[segment.context.path].get(segment.string_id)
        before = previous.get(TextKey(segment.context_id, segment.string_id), [])
        earlier = " ".join(
            refitted(
                each.data,
                links.get((each.context_id, each.translation_of_id), {}),
                links_of(segment),
            )
            for each in before
        )
        rows.append(
            SegmentRow(
                segment=segment,
                path=segment.context.path,
                order=segment.order,
                source_text=segment.string.data,
                previous_source=" ".join(each.translation_of.data for each in before) or None,
                previous_text=earlier or None,
                previous_translation=earlier
                if earlier and not any(map(problem_of, before))
                else None,
                translation=text,
                problem=problem_of(text),
            )
        )
    return rows


def _previous_texts(
    segments: Iterable[StringSegment], made: TextsByPath
) -> dict[TextKey, list[StringTranslation]]:
    """Return the earlier translations of each place that needs one and has some.

    They are several where their strings have become one.
    """
    present: dict[str, set[int]] = defaultdict(set)
    for segment in segments:
        present[segment.context.path].add(segment.string_id)
    earlier = {
        path: Earlier(
            [
                text
                for string, text in sorted(texts.items(), key=lambda each: each[1].has_error)
                if string not in present[path] and is_of_a_person(text)
            ]
        )
        for path, texts in made.items()
    }
    previous: dict[TextKey, list[StringTranslation]] = {}
    for segment in segments:
        path, key = segment.context.path, TextKey(segment.context_id, segment.string_id)
        if key in previous or problem_of(made[path].get(segment.string_id)) not in UNWRITTEN:
            continue
        if path in earlier:
            alone = len(present[path]) == 1
            previous[key] = earlier[path].take(segment.string.data, alone=alone)
    return {key: texts for key, texts in previous.items() if texts}


def texts_by_path(translation: Translation) -> TextsByPath:
    """Return all translations of an object's strings, by path and string id, the latest first."""
    made: TextsByPath = defaultdict(dict)
    texts = StringTranslation.objects.filter(
        context__object_id=translation.source.object_id, locale_id=translation.target_locale_id
    )
    texts = texts.select_related("translation_of", "context").order_by("-updated_at", "-pk")
    for text in texts:
        made[text.context.path][text.translation_of_id] = text
    return made


def problem_of(text: StringTranslation | None) -> SegmentProblem | None:
    """Return why a translation cannot be published, or None where it can."""
    if text is None or not text.data:
        return SegmentProblem.MISSING
    if text.has_error:
        return SegmentProblem.ERROR
    if text.translation_type == StringTranslation.TRANSLATION_TYPE_MACHINE:
        return SegmentProblem.MACHINE
    return None


def is_of_a_person(text: StringTranslation) -> bool:
    """Whether somebody has written a text, or confirmed a machine's, right or with a fault."""
    manual: str = StringTranslation.TRANSLATION_TYPE_MANUAL
    return bool(text.data) and text.translation_type == manual


@dataclass
class Earlier:
    """The translations of strings that a place no longer has: usable ones first, then the latest.

    One with a fault is offered all the same: somebody has written it, and can correct it.
    """

    free: list[StringTranslation]
    taken: list[StringTranslation] = field(default_factory=list)

    def take(self, source: str, *, alone: bool) -> list[StringTranslation]:
        """Return the earlier translations that a string of the place may begin with.

        Those of the strings that were merged into it; the latest where it is the only string of
        the place; the one whose string is most like it; that of the string that it was a part of.
        """
        merged = self._merged(plain(source))
        if not merged and alone:
            return self.free[:1]
        found = merged or self._most_alike(source)
        if not found:
            return [text for text in self.taken if plain(source) in _source_of(text)][:1]
        self.free = [text for text in self.free if text not in found]
        self.taken += found
        return found

    def _merged(self, source: str) -> list[StringTranslation]:
        """Return the texts of several strings that a string consists of, in its order."""
        found: list[StringTranslation] = []
        end = 0
        places = [(source.find(_source_of(text)), text) for text in self.free if _source_of(text)]
        # Of those that begin at the same place the longest.
        for start, text in sorted(places, key=lambda each: (each[0], -len(_source_of(each[1])))):
            if start >= end:
                found.append(text)
                end = start + len(_source_of(text))
        return found if len(found) > 1 else []

    def _most_alike(self, source: str) -> list[StringTranslation]:
        alike = [(likeness(source, text.translation_of.data), text) for text in self.free]
        score, chosen = max(alike, key=lambda each: each[0], default=(0.0, None))
        return [chosen] if chosen is not None and score >= LIKENESS else []


def _source_of(text: StringTranslation) -> str:
    return plain(text.translation_of.data)


def likeness(one: str, other: str) -> float:
    """Return how alike two strings are, from 0 to 1, which is the same."""
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def unready(rows: Iterable[SegmentRow]) -> list[SegmentRow]:
    """Return the rows that keep a translation from being published."""
    return [row for row in rows if row.problem]
