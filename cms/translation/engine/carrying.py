"""Bring what is the same in all languages into live translations, when their source is published.

An image, a number, the address of a link, the order of blocks: nobody has to translate them. They
go live in the other language as soon as the source's publication is committed, in a transaction of
their own: within that of the source, it would wait for whoever works on the translation, who may
wait for the source. Until then, and where anything else waits, the translation is behind.
"""

import logging
import re
from collections.abc import Iterable
from typing import Any, Final, NamedTuple

from bs4 import BeautifulSoup
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail_localize.models import Translation

from cms.content.told_losses import published_by_itself
from cms.core.after_commit import after_commit
from cms.core.edit_requests import lock_edits

from ..models import TranslationState
from . import targets
from .links import has_link, links_of
from .segments import SegmentRow, segment_rows
from .state import default_weight, find_target, refresh_state
from .times import is_past
from .undecided import waits_at_desk

logger = logging.getLogger(__name__)

# As many digits are a number that somebody calls, such as 112.
NUMBER: Final = 3


def carry_over_after_commit(translation: Translation, user: Any, weight: str) -> None:
    """Publish a live translation with its source's parts, once the source is published.

    An error there changes nothing for the source: the translation stays behind. Takes what the
    editor said of the change, which the public is told where the translation stays behind.
    """
    after_commit(_follow, translation.pk, user, weight)


class Waiting(NamedTuple):
    """A translation, its target and its state, read while no other request edits the target."""

    translation: Translation
    target: Any
    state: TranslationState


def _follow(translation_id: int, user: Any, weight: str) -> None:
    _carry_over(translation_id, user)
    with transaction.atomic():
        found = _locked(translation_id)
        if found is not None and found.state.parts:
            said = weight or default_weight(found.target)
            refresh_state(found.translation, target=found.target, weight=said)


def _carry_over(translation_id: int, user: Any) -> None:
    try:
        with transaction.atomic(), published_by_itself():
            found = _locked(translation_id)
            if found is not None and _waits_for_parts_only(found):
                carried, state = found.state.parts, found.state
                targets.publish(found.translation, user)
                state.refresh_from_db()
                state.carried_at = timezone.now()
                state.carried_parts = [part for part in carried if part not in state.parts]
                state.save(update_fields=["carried_at", "carried_parts"])
    except (targets.NotReady, ObjectDoesNotExist, PermissionDenied, ValidationError) as error:
        # An approval is missing, or an own image was deleted: its publisher will be told.
        logger.info("Nothing is carried over into translation %s: %s", translation_id, error)


def _locked(translation_id: int) -> Waiting | None:
    """Return a translation when no other request edits its target, None where one is gone."""
    translations = Translation.objects.select_related(
        "source__locale", "target_locale", "state"
    ).filter(pk=translation_id, state__isnull=False)
    translation = translations.first()
    target = find_target(translation) if translation is not None else None
    if target is None:
        return None
    lock_edits(type(target), target.pk)
    # Anew: whoever held the lock may have published.
    translation = translations.first()
    target = find_target(translation) if translation is not None else None
    if translation is None or target is None:
        return None
    return Waiting(translation, target, translation.state)


def _waits_for_parts_only(found: Waiting) -> bool:
    """Whether a live translation lacks parts, and nothing that its people have done or must do."""
    translation, target, state = found
    if not state.parts or state.edited_directly:
        return False
    live = target.live_revision
    if not target.live or live is None or target.latest_revision_id != live.pk:
        return False
    if getattr(target, "locked", False) or getattr(target, "workflow_in_progress", False):
        return False
    if target.scheduled_revision is not None or (
        target.go_live_at and not is_past(target.go_live_at)
    ):
        return False
    rows = segment_rows(translation)
    if any(row.problem for row in rows) or targets.has_missing_objects(translation):
        return False
    return not waits_at_desk(translation, target, rows) and not _names_another_number(rows)


def _names_another_number(rows: Iterable[SegmentRow]) -> bool:
    """Whether the words of a link name a number to which the link does not lead any more."""
    for row in rows:
        if row.translation is None or not has_link(row.translation.data):
            continue
        links = links_of(row.segment)
        for link in BeautifulSoup(row.translation.data, "html.parser").find_all("a"):
            address = links.get(str(link.get("id")), {}).get("href", "")
            words, leads_to = (re.sub(r"\D", "", each) for each in (link.get_text(), address))
            if address.startswith("tel:") and len(words) >= NUMBER and words not in leads_to:
                return True
    return False
