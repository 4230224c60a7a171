"""Counts the segments of a translation that are translated, and the texts that are not live.

`steps.update_progress` calls this for each text that is written or deleted, whoever does it. A
request that writes several texts, or that publishes afterwards and so works out the whole state,
counts at its end.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import OuterRef, Subquery
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from ..models import TranslationState
from .segments import USABLE, segment_rows
from .waiting import DeskText, noted_texts, waiting_texts

# The object and the locale whose translations are to be counted at the end; None for at once.
_later: ContextVar[set[tuple[UUID, int]] | None] = ContextVar("progress_later", default=None)


@contextmanager
def counted_at_end() -> Iterator[None]:
    """Count each translation once, when all of its texts are written.

    For a block within one transaction: an error counts nothing.
    """
    later: set[tuple[UUID, int]] = set()
    token = _later.set(later)
    try:
        yield
    finally:
        _later.reset(token)
    for object_id, locale in later:
        update(object_id, locale)


def update(object_id: UUID, locale: int) -> None:
    """Count the translations of an object into a locale."""
    later = _later.get()
    if later is not None:
        later.add((object_id, locale))
        return
    translations = Translation.objects.filter(source__object_id=object_id, target_locale=locale)
    for translation in translations.select_related("live_texts"):
        _refresh(translation)


def forget(translation: Translation) -> None:
    """Leave a translation out whose whole state has just been worked out."""
    if (later := _later.get()) is not None:
        later.discard((translation.source.object_id, translation.target_locale_id))


def _refresh(translation: Translation) -> None:
    """Count anew, after a text was written or deleted."""
    usable = StringTranslation.objects.filter(
        USABLE,
        translation_of=OuterRef("string_id"),
        context=OuterRef("context_id"),
        locale=translation.target_locale_id,
    )
    segments = StringSegment.objects.filter(source=translation.source_id).annotate(
        done_at=Subquery(usable.values("updated_at")[:1]), text=Subquery(usable.values("data")[:1])
    )
    rows = list(segments.values_list("context__path", "string_id", "text", "done_at"))
    done = [(path, string, text) for path, string, text, _at in rows if text is not None]
    counts: dict[str, Any] = {
        "segments_total": len(rows),
        "segments_done": len(done),
        "waiting_texts": _count_waiting(translation, done),
        "translated_at": max((at for *_text, at in rows if at is not None), default=None),
    }
    if not TranslationState.objects.filter(translation=translation).update(**counts):
        TranslationState.objects.update_or_create(translation=translation, defaults=counts)


def _count_waiting(translation: Translation, texts: list[DeskText]) -> int:
    """Count the texts of the desk that were not published, 0 where nothing ever was."""
    live = getattr(translation, "live_texts", None)
    if live is None:
        return 0
    noted = live.texts
    if noted is None:
        try:
            target = translation.get_target_instance()
        except ObjectDoesNotExist:
            return 0
        noted = noted_texts(translation, live, target, segment_rows(translation))
    return len(waiting_texts(texts, noted))
