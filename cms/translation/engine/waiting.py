"""Tells which texts of the desk are not live, by comparing them with those that were published.

A revision that is made at the desk notes its texts (`RevisionParts.texts`), and its publication
takes them into `LiveTexts.texts`. Where a live revision was made by other means, or before texts
were noted, they are read from the target. So it does not matter who wrote a text, or where.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import ngettext
from wagtail_localize.models import Translation

from ..models import LiveTexts, RevisionParts
from .segments import SegmentProblem, SegmentRow, TextsByPath, problem_of, texts_by_path
from .texts import PlacedTexts, is_same, placed_texts, plain

# A content path, the id of the string that a text there translates, and a digest of the text.
# Where the string is not known it is None, and the digest is of the plain words.
NotedText = tuple[str, int | None, str]
# A content path, the id of its string and the text of the desk that may be published.
DeskText = tuple[str, int, str]


def digest_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def desk_texts(rows: Iterable[SegmentRow]) -> list[DeskText]:
    """Return the texts of the desk that may be published."""
    return [
        (row.path, row.segment.string_id, row.translation.data)
        for row in rows
        if row.translation is not None and not row.problem
    ]


def waiting_texts(texts: Iterable[DeskText], live: Iterable[NotedText]) -> set[tuple[str, int]]:
    """Return the paths and string ids of the texts that visitors do not have.

    A text of a string that is new at its place is not one of them where visitors have it for the
    same string elsewhere, or had it there for the earlier string: such is copied without anybody.
    """
    own: dict[tuple[str, int | None], set[str]] = defaultdict(set)
    here: dict[str, set[str]] = defaultdict(set)
    elsewhere: dict[int, set[str]] = defaultdict(set)
    for path, string, digest in live:
        here[path].add(digest)
        if string is not None:
            own[path, string].add(digest)
            elsewhere[string].add(digest)
    waiting = set()
    for path, string, text in texts:
        digest = digest_of(text)
        if (path, string) in own:
            is_live = digest in own[path, string]
        else:
            known = here[path] | elsewhere.get(string, set())
            is_live = digest in known or digest_of(plain(text)) in here[path]
        if not is_live:
            waiting.add((path, string))
    return waiting


def waiting_of(translation: Translation, target: Any, rows: Sequence[SegmentRow]) -> int:
    """Return how many texts of the desk a live target does not have; 0 where it is not live."""
    if not target.live:
        return 0
    live = LiveTexts.objects.filter(translation=translation).first()
    if live is None:
        return 0
    return len(waiting_texts(desk_texts(rows), noted_texts(translation, live, target, rows)))


def waiting_in_words(count: int) -> str:
    """Return a sentence on texts of the desk that are not live, empty where there are none."""
    if not count:
        return ""
    return ngettext(
        "%(count)d text in the translation editor is not published yet.",
        "%(count)d texts in the translation editor are not published yet.",
        count,
    ) % {"count": count}


def noted_texts(
    translation: Translation, live: LiveTexts, target: Any, rows: Sequence[SegmentRow]
) -> list[NotedText]:
    """Return the texts of a live target, read from it where they were not noted."""
    noted: list[NotedText] | None = live.texts
    if noted is None:
        made = RevisionParts.objects.filter(revision=target.live_revision_id).first()
        noted = made.texts if made is not None else None
    if noted is None:
        # The target may be a draft.
        stored = placed_texts(translation.get_target_instance())
        noted = texts_of_target(rows, texts_by_path(translation), stored)
    return noted


def texts_of_revision(rows: Iterable[SegmentRow]) -> list[NotedText]:
    """Return the texts that a revision is made of at the desk."""
    noted: list[NotedText] = []
    for row in rows:
        if row.translation is not None and row.problem in (None, SegmentProblem.MACHINE):
            noted.append((row.path, row.segment.string_id, digest_of(row.translation.data)))
        else:
            text = row.previous_translation or row.source_text
            noted.append((row.path, None, digest_of(plain(text))))
    return noted


def texts_of_target(
    rows: Iterable[SegmentRow], made: TextsByPath, texts: PlacedTexts
) -> list[NotedText]:
    """Return the texts of a target, each as the desk has it where the words are the same.

    Markup is no difference here: it is stored in another form than the desk has it in.
    """
    by_path: dict[str, list[SegmentRow]] = defaultdict(list)
    for row in rows:
        by_path[row.path].append(row)
    noted: list[NotedText] = []
    for path, here in texts.items():
        wanted = by_path.get(path, [])
        for rank, text in enumerate(here):
            candidates = [row.translation for row in [*wanted[rank : rank + 1], *wanted]]
            candidates += made.get(path, {}).values()
            found = next(
                (
                    each
                    for each in candidates
                    if each is not None
                    and problem_of(each) is None
                    and is_same(path, text, each.data)
                ),
                None,
            )
            if found is None:
                noted.append((path, None, digest_of(plain(text))))
            else:
                noted.append((path, found.translation_of_id, digest_of(found.data)))
    return noted
