"""Writes rows of the journal with the next version, in the transaction of the change."""

from typing import Any, Final

from django.db import transaction
from django.db.models import F

from .models import ContentChange, JournalCounter

COUNTER: Final = 1

# Fields that editors' work and Wagtail's own housekeeping write, and that no answer shows.
HOUSEKEEPING: Final = frozenset(
    {
        "draft_title",
        "expired",
        "file_hash",
        "file_size",
        "go_live_at",
        "has_unpublished_changes",
        "latest_revision",
        "latest_revision_created_at",
        "live_revision",
        "locked",
        "locked_at",
        "locked_by",
        "numchild",
        "owner",
    }
)


def record(**fields: Any) -> ContentChange:
    """Write one row of the journal.

    Takes the fields of `ContentChange` except `version` and `time`. The counter's row stays
    locked until the transaction around it ends, so a later version cannot be committed first;
    a transaction that rolls back gives its version back.
    """
    # Without a savepoint: a change whose row cannot be written must fail with it.
    with transaction.atomic(savepoint=False):
        return ContentChange.objects.create(version=_next_version(), **fields)


def is_housekeeping(update_fields: Any) -> bool:
    """Return whether a `save(update_fields=…)` writes nothing that the public can see."""
    return update_fields is not None and HOUSEKEEPING.issuperset(update_fields)


def _next_version() -> int:
    counter = JournalCounter.objects.filter(pk=COUNTER)
    if not counter.update(number=F("number") + 1):
        # `manage.py flush` empties this table too.
        JournalCounter.objects.get_or_create(pk=COUNTER)
        counter.update(number=F("number") + 1)
    return counter.values_list("number", flat=True).get()
