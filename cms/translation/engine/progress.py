"""Counts how many segments of a translation are translated, after each text or after several.

`steps.update_progress` calls this for each text that is written or deleted. A request that writes
several texts, or that publishes afterwards and so works out the whole state, counts at its end.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, OuterRef, Q, Subquery
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from ..models import TranslationState
from .segments import USABLE

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
    for translation in Translation.objects.filter(
        source__object_id=object_id, target_locale=locale
    ):
        _refresh(translation)


def forget(translation: Translation) -> None:
    """Leave a translation out whose whole state has just been worked out."""
    if (later := _later.get()) is not None:
        later.discard((translation.source.object_id, translation.target_locale_id))


def _refresh(translation: Translation) -> None:
    """Count the translated segments anew, after a text was written or deleted."""
    usable = StringTranslation.objects.filter(
        USABLE,
        translation_of=OuterRef("string_id"),
        context=OuterRef("context_id"),
        locale=translation.target_locale_id,
    )
    segments = StringSegment.objects.filter(source=translation.source_id).annotate(
        done_at=Subquery(usable.values("updated_at")[:1])
    )
    counts: dict[str, Any] = segments.aggregate(
        segments_total=Count("pk"),
        segments_done=Count("pk", filter=Q(done_at__isnull=False)),
        translated_at=Max("done_at"),
    )
    if not TranslationState.objects.filter(translation=translation).update(**counts):
        TranslationState.objects.update_or_create(translation=translation, defaults=counts)
