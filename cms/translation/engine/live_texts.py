"""Finds the source string that each text of a live translation is a translation of."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from wagtail_localize.models import StringTranslation

from .segments import SegmentRow, problem_of
from .texts import PlacedTexts, is_same

# A content path with the id of the string of the source that the live text there translates.
LiveString = tuple[str, int | None]


def present_strings(rows: Sequence[SegmentRow]) -> list[LiveString]:
    """Return the (path, string id) pairs of the source's segments.

    These are the pairs of an up-to-date translation.
    """
    return [(row.path, row.segment.string_id) for row in rows]


def live_strings(
    rows: Sequence[SegmentRow],
    made: dict[str, dict[int, StringTranslation]],
    texts: PlacedTexts,
    before: Iterable[LiveString],
    saved_at: Callable[[], datetime | None],
) -> list[LiveString]:
    """Return the source string that each text of a live target translates, None where unknown.

    Takes the segments, all translations by path, the target's texts, the earlier result for the
    target and the time at which its live revision was saved. A text that is no known translation
    keeps the string of the earlier result at its place.
    """
    by_path: dict[str, list[SegmentRow]] = defaultdict(list)
    for row in rows:
        by_path[row.path].append(row)
    old: dict[str, list[int | None]] = defaultdict(list)
    for path, string in before:
        old[path].append(string)
    found: list[LiveString] = []
    for path in dict.fromkeys([*by_path, *texts]):
        wanted, here, was = by_path.get(path, []), texts.get(path, []), old.get(path, [])
        for rank in range(max(len(wanted), len(here))):
            string = None
            if rank < len(here):
                string = _wanted_string(path, here[rank], wanted[rank : rank + 1] + wanted)
            if string is None and rank < len(here):
                string = _known_string(path, here[rank], made.get(path, {}).values())
            if string is None and rank < len(wanted) and _was_reworded(wanted[rank], saved_at):
                string = wanted[rank].segment.string_id
            if string is None and rank < len(was):
                string = was[rank]
            found.append((path, string))
    return found


def _wanted_string(path: str, text: str, rows: Iterable[SegmentRow]) -> int | None:
    """Return the string of the first segment whose translation a text is."""
    for row in rows:
        ready = row.translation if not row.problem else None
        if ready is not None and is_same(path, text, ready.data):
            return row.segment.string_id
    return None


def _known_string(path: str, text: str, made: Iterable[StringTranslation]) -> int | None:
    for other in made:
        if problem_of(other) is None and is_same(path, text, other.data):
            return other.translation_of_id
    return None


def _was_reworded(row: SegmentRow, saved_at: Callable[[], datetime | None]) -> bool:
    """Whether the segment had another translation when the revision was saved."""
    if row.translation is None or row.problem:
        return False
    saved = saved_at()
    return saved is not None and row.translation.created_at <= saved < row.translation.updated_at
