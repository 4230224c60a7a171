"""Bring what is the same in all languages into live translations, when their source is published.

An image, a number, the address of a link, the order of blocks: nobody has to translate them. They
are carried over with the words that are live where nothing else waits: every text is ready and
live as it stands at the desk, no own value was changed since, nothing is scheduled or in review.
Otherwise the translation is behind.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail_localize.models import SegmentOverride, Translation

from ..models import TranslationState
from . import targets
from .segments import SegmentRow
from .state import find_target
from .texts import PlacedTexts, is_content, placed_texts, plain


def carry_over(
    translation: Translation, rows: Sequence[SegmentRow], state: TranslationState, user: Any
) -> bool:
    """Publish a live translation with its source's parts; False where something else waits.

    Takes the state as the source's publication has left it. Nothing is written where the
    publication is refused, for instance because the words need a new review.
    """
    target = find_target(translation)
    if target is None or not _is_waiting_for_parts_only(translation, target, rows, state):
        return False
    carried = state.parts
    try:
        with transaction.atomic():
            targets.republish(translation, target, rows, user)
    except (PermissionDenied, ValidationError):
        return False
    TranslationState.objects.filter(translation=translation, parts=[]).update(
        carried_at=timezone.now(), carried_parts=carried
    )
    return True


def _is_waiting_for_parts_only(
    translation: Translation, target: Any, rows: Sequence[SegmentRow], state: TranslationState
) -> bool:
    if not target.live or not state.parts or state.edited_directly:
        return False
    if any(row.problem for row in rows) or target.live_revision is None:
        return False
    if getattr(target, "workflow_in_progress", False) or target.scheduled_revision is not None:
        return False
    own_values = SegmentOverride.objects.filter(
        context__object_id=translation.source.object_id,
        locale=translation.target_locale_id,
        updated_at__gt=target.live_revision.created_at,
    )
    return _words(rows) == _live_words(placed_texts(target)) and not own_values.exists()


def _words(rows: Iterable[SegmentRow]) -> Counter[str]:
    return Counter(
        plain(row.translation.data)
        for row in rows
        if row.translation is not None and is_content(row.path)
    )


def _live_words(texts: PlacedTexts) -> Counter[str]:
    return Counter(plain(text) for path in texts if is_content(path) for text in texts[path])
