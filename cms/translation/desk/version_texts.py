"""Reads the texts of an earlier version and finds what each of them is the translation of now.

The version's content has the texts by place and rank. The source's history has what it said then,
at the same places and ranks. Where it does not say, the translations that are stored do, and
otherwise the rank.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.core.exceptions import ObjectDoesNotExist
from wagtail.log_actions import registry
from wagtail.models import Revision
from wagtail_localize.models import StringTranslation, Translation

from cms.upstream.localize_segments import StringSegmentValue, read_segments

from ..engine.link_numbers import numbered
from ..engine.links import Links, links_of, removed_links
from ..engine.moved_blocks import moved_paths
from ..engine.segments import LIKENESS, SegmentRow, TextsByPath, likeness, problem_of
from ..engine.texts import by_path, is_same, plain

PUBLICATIONS: Final = ("wagtail.publish", "wagtail.publish.scheduled")

Match = tuple["OldText", SegmentRow | None]


@dataclass(frozen=True)
class OldText:
    """A text of a version at the path that its place has now, with where its links led.

    `source` is the string that it translates, None where that is not known. `is_translated` is
    False where the version held the source's own words.
    """

    path: str
    data: str
    links: Links
    source: str | None
    is_translated: bool


def old_texts(
    translation: Translation, revision: Revision, rows: Sequence[SegmentRow], made: TextsByPath
) -> dict[str, list[OldText]]:
    """Return the texts of a version by path, in the order of the page.

    Takes the source's segments now and all stored translations.
    """
    here: dict[str, list[StringSegmentValue]] = defaultdict(list)
    for value in read_segments(revision.as_object()):
        if isinstance(value, StringSegmentValue):
            here[value.path].append(value)
    said = _said_by_source(translation, revision.created_at, rows)
    moved = moved_paths(
        [(path, text) for path, texts in said.items() for text in texts],
        [(row.path, row.source_text) for row in rows],
    )
    found: dict[str, list[OldText]] = defaultdict(list)
    for path, values in here.items():
        strings: Sequence[str | None] = said.get(path, [])
        if len(strings) != len(values):
            strings = [None] * len(values)
        stored = made.get(path, {}).values()
        for value, string in zip(values, strings, strict=True):
            now = moved.get(path, path)
            found[now].append(_old_text(path, now, value, string, stored, revision.created_at))
    return found


def matched_texts(texts: Sequence[OldText], rows: Sequence[SegmentRow]) -> list[Match]:
    """Return the texts of one place, each with the segment it belongs to, None without one.

    The segment with the same source string goes first, then the one most alike, then rank.
    """
    found: dict[int, SegmentRow] = {}
    free = list(rows)
    repeated = set()
    for at, text in enumerate(texts):
        row = next((row for row in rows if row.source_text == text.source), None)
        if row in free:
            found[at] = row
            free.remove(row)
        elif row is not None:
            # The source says the same twice here, and both share one translation.
            repeated.add(at)
    left = [at for at in range(len(texts)) if at not in found and at not in repeated]
    if len(texts) == len(rows) == 1:
        found |= dict(zip(left, free, strict=True))
    else:
        found |= _most_alike(texts, left, free)
        unknown = [at for at in left if at not in found and texts[at].source is None]
        if len(unknown) == len(free):
            found |= dict(zip(unknown, free, strict=True))
    return [(text, found.get(at)) for at, text in enumerate(texts) if at not in repeated]


def _said_by_source(
    translation: Translation, moment: datetime, rows: Sequence[SegmentRow]
) -> dict[str, list[str]]:
    """Return the strings of the source as it was published at a moment; empty where unknown.

    Their links have the numbers that the source's segments have, or had.
    """
    try:
        source = translation.source.get_source_instance()
    except ObjectDoesNotExist:
        return {}
    published = registry.get_logs_for_instance(source).filter(
        action__in=PUBLICATIONS, revision__isnull=False, timestamp__lte=moment
    )
    key = published.order_by("-timestamp", "-pk").values_list("revision_id", flat=True).first()
    revision = Revision.objects.filter(pk=key).first() if key else None
    if revision is None:
        return {}
    present = [(row.path, row.source_text, links_of(row.segment)) for row in rows]
    values = numbered(
        read_segments(revision.as_object()), present, lambda: removed_links(translation.source)
    )
    return by_path(values)


def _old_text(
    path: str,
    now: str,
    value: StringSegmentValue,
    string: str | None,
    stored: Iterable[StringTranslation],
    moment: datetime,
) -> OldText:
    """Make the text of a version; `string` is what the source said at its rank."""
    data = value.string.data
    known = [
        each.translation_of.data
        for each in stored
        if problem_of(each) is None and is_same(path, data, each.data)
    ]
    is_copy = string is not None and plain(string) == plain(data) and string not in known
    if known and string not in known and not is_copy:
        # A draft has the earlier translation of a place where there is no new one.
        string = known[0]
    if string is None:
        # Stored before the version, and replaced since.
        older = [each for each in stored if each.created_at <= moment]
        string = older[0].translation_of.data if len(older) == 1 else None
    return OldText(now, data, value.attrs or {}, string, not is_copy)


def _most_alike(
    texts: Sequence[OldText], left: Iterable[int], free: list[SegmentRow]
) -> dict[int, SegmentRow]:
    """Match texts with free segments, the most alike first, and take these from `free`."""
    pairs = [(at, row) for at in left for row in free]
    # In the order of the page where several are as much alike.
    pairs.sort(key=lambda pair: _how_alike(texts[pair[0]], pair[1]), reverse=True)
    found: dict[int, SegmentRow] = {}
    for at, row in pairs:
        if at not in found and row in free and _how_alike(texts[at], row) >= LIKENESS:
            found[at] = row
            free.remove(row)
    return found


def _how_alike(text: OldText, row: SegmentRow) -> float:
    if text.source is not None:
        return likeness(text.source, row.source_text)
    return likeness(text.data, row.translation.data) if row.translation else 0.0
