"""Rules that make questions and bands a self-test: each possible sum of points lands in a band."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue

from cms.core.keyed_streams import UNFIT, keyed

from .self_test_blocks import LEAST_CHOICES

LEAST_QUESTIONS: Final = 2
# Messages by the name of the field that they are of.
Messages = Mapping[str, list[str]]


@dataclass(frozen=True)
class Points:
    """The points of a test: of each question's choices, and the lowest of each band.

    None stands for points that are not written yet. `dangers` has the places of the choices that
    point to danger: the number of the question, then that of the choice.
    """

    questions: Sequence[Sequence[int | None]]
    bands: Sequence[int | None]
    dangers: Sequence[tuple[int, int]] = ()

    @classmethod
    def of(cls, questions: StreamValue, bands: StreamValue) -> "Points":
        choices = [child.value["choices"] for child in keyed(questions)]
        return cls(
            [[_number(choice["points"]) for choice in each] for each in choices],
            [_number(child.value["lowest_points"]) for child in keyed(bands)],
            [
                (number, place)
                for number, each in enumerate(choices)
                for place, choice in enumerate(each)
                if choice["points_to_danger"]
            ],
        )

    @property
    def are_whole(self) -> bool:
        """Whether there are questions and bands, and all of them have their points."""
        return (
            len(self.questions) >= LEAST_QUESTIONS
            and all(len(choices) >= LEAST_CHOICES for choices in self.questions)
            and all(points is not None for choices in self.questions for points in choices)
            and bool(self.bands)
            and None not in self.bands
        )

    def sums(self) -> set[int]:
        """Return every sum that answers to all questions can have."""
        sums = {0}
        for choices in self.questions:
            sums = {total + points for total in sums for points in choices if points is not None}
        return sums

    def starts(self) -> list[int]:
        return sorted(points for points in self.bands if points is not None)


def contradictions(points: Points) -> Messages:
    """Return what cannot be right, also in a draft: it does not depend on what is still missing."""
    starts = points.starts()
    twice = sorted({first for first, second in pairwise(starts) if first == second})
    messages = [
        _("Two results begin at %(points)d points: change one of them.") % {"points": start}
        for start in twice
    ]
    if points.are_whole and min(points.sums()) < starts[0]:
        messages.append(
            _(
                "Answers can add up to %(sum)d points, and the lowest result begins at %(start)d: "
                "let it begin at %(sum)d or lower."
            )
            % {"sum": min(points.sums()), "start": starts[0]}
        )
    return {"bands": messages} if messages else {}


def missing(questions: StreamValue, bands: StreamValue) -> Messages:
    """Return what questions and bands still lack to be a test that can be published."""
    points = Points.of(questions, bands)
    messages = {name: list(texts) for name, texts in contradictions(points).items()}
    if len(points.questions) < LEAST_QUESTIONS:
        text = _("Write at least two questions, each with at least two answers to choose from.")
        messages.setdefault("questions", []).append(text)
    elif not _is_filled_in(questions):
        text = _(
            "A question is not finished: each needs its text, and at least two answers with points."
        )
        messages.setdefault("questions", []).append(text)
    if not points.bands:
        text = _("Write at least one result, so that the answers lead to something to do next.")
        messages.setdefault("bands", []).append(text)
    elif not _is_filled_in(bands):
        text = _(
            "A result is not finished: each needs its lowest points, a heading, what it can mean, "
            "what to do next, and where to turn."
        )
        messages.setdefault("bands", []).append(text)
    return messages or {**_unreachable(points), **_made_light_of(points)}


def differs_from_original() -> str:
    """Say that a translation has other points or ticks than its original."""
    return _(
        "Points, and ticks for danger, are the same in every language. Change them in the "
        "original, and publish this one from the translation editor, which brings them along."
    )


def is_test(questions: StreamValue, bands: StreamValue) -> bool:
    """Return whether stored questions and bands can be shown as a test.

    Looks at the points alone, without a query: the texts were checked when it was published.
    """
    points = Points.of(questions, bands)
    return points.are_whole and not contradictions(points)


def _number(stored: object) -> int | None:
    """Return stored points, None where they are missing or damaged."""
    return stored if isinstance(stored, int) else None


def _unreachable(points: Points) -> Messages:
    sums = points.sums()
    starts = points.starts()
    ends = [*starts[1:], max(sums) + 1]
    unreached = [
        start
        for start, end in zip(starts, ends, strict=True)
        if not any(start <= total < end for total in sums)
    ]
    texts = [
        _(
            "No answers lead to the result from %(start)d points: they add up to between %(low)d "
            "and %(high)d. Change its points, or remove it."
        )
        % {"start": start, "low": min(sums), "high": max(sums)}
        for start in unreached
    ]
    return {"bands": texts} if texts else {}


def _made_light_of(points: Points) -> Messages:
    """Return where somebody in danger could read the words of the lowest band."""
    starts = points.starts()
    if len(starts) == 1:
        return {}
    least = [min(each for each in choices if each is not None) for choices in points.questions]
    for number, place in points.dangers:
        total = sum(least) - least[number] + (points.questions[number][place] or 0)
        if total < starts[1]:
            text = _(
                "An answer to question %(number)d points to danger, and can still lead to the "
                "lowest result. Give it so many points that it leads to a higher one."
            )
            return {"questions": [text % {"number": number + 1}]}
    return {}


def _is_filled_in(stream: StreamValue) -> bool:
    """Return whether a stream passes the checks of its blocks, as on publication in the editor."""
    try:
        stream.stream_block.clean(stream)
    except (ValidationError, *UNFIT):
        return False
    return True
