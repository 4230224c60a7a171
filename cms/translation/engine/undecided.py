"""Publish a translation for a person who does not see its texts, such as one who publishes several.

What waits at the desk of a live translation, perhaps half a sentence, is published by whoever reads
it there and decides so.
"""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from wagtail.models import Revision
from wagtail_localize.models import SegmentOverride, Translation

from cms.core.edit_requests import lock_edits

from ..models import RevisionParts
from . import targets
from .segments import SegmentRow, segment_rows
from .waiting import waiting_of


class Undecided(Exception):
    """Texts or values of the desk are not live, and nobody has decided to publish them."""


@transaction.atomic
def publish_decided(translation: Translation, user: Any) -> Revision:
    """Publish a translation whose live version, if it has one, lacks nothing of the desk.

    Raises Undecided where it does, and what `targets.publish` raises.
    """
    target = translation.get_target_instance()
    lock_edits(type(target), target.pk)
    target = translation.get_target_instance()
    if waits_at_desk(translation, target, segment_rows(translation)):
        raise Undecided
    return targets.publish(translation, user, target)


def waits_at_desk(translation: Translation, target: Any, rows: Sequence[SegmentRow]) -> bool:
    """Whether a live target lacks a text or value of the desk, or has a value that was removed.

    For who has locked the target for others who edit it.
    """
    if not target.live:
        return False
    return bool(waiting_of(translation, target, rows)) or _has_new_values(translation, target)


def _has_new_values(translation: Translation, target: Any) -> bool:
    """Whether a value that the language has of its own, or its removal, waits to be published."""
    live = target.live_revision
    if live is None:
        return False
    made = RevisionParts.objects.filter(revision=live).first()
    if made is not None:
        return bool(made.own_values != targets.own_values(translation))
    # Of a revision from before they were noted, only new ones are known.
    written = SegmentOverride.objects.filter(
        context__object_id=translation.source.object_id,
        locale=translation.target_locale_id,
        updated_at__gt=live.created_at,
    )
    return written.exists()
