"""Keeps the texts that a translation is published from for the steps of that publication.

`targets.publish` reads them and checks that they may be published; `state.note_publication`, a step
of the save, notes what was published.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from wagtail.models import Revision
from wagtail_localize.models import Translation

from .segments import SegmentRow, TextsByPath, segment_rows, texts_by_path


@dataclass(frozen=True)
class KnownTexts:
    """The segments and texts of a translation, and the revision that is made of them."""

    translation: Translation
    rows: Sequence[SegmentRow]
    made: TextsByPath
    revision: Revision


_known: ContextVar[KnownTexts | None] = ContextVar("known_texts", default=None)


@contextmanager
def known_texts(
    translation: Translation, rows: Sequence[SegmentRow], made: TextsByPath, revision: Revision
) -> Iterator[None]:
    """Publish a revision with these texts, which its saves do not read again."""
    token = _known.set(KnownTexts(translation, rows, made, revision))
    try:
        yield
    finally:
        _known.reset(token)


def published_texts(translation: Translation) -> tuple[Sequence[SegmentRow], TextsByPath]:
    """Return the segments and texts of a translation that is published, in at most two queries."""
    known = _known.get()
    if known is not None and known.translation == translation:
        return known.rows, known.made
    made = texts_by_path(translation)
    return segment_rows(translation, made), made


def is_published_from(translation: Translation, revision_id: int) -> bool:
    """Tell whether a revision is being published now with the texts of a translation."""
    known = _known.get()
    return (
        known is not None and known.translation == translation and known.revision.pk == revision_id
    )
