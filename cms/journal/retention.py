"""Deletes old rows of the journal, as far as registered readers have read them."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Min

from .models import ContentChange, JournalCounter

# Returns the version up to which all readers of one kind have read, None without readers.
FindCursor = Callable[[], int | None]

_cursors: Final[list[FindCursor]] = []


def register_cursor(find: FindCursor) -> None:
    """Keep the rows that readers have yet to read; call it in `ready()`."""
    if find not in _cursors:
        _cursors.append(find)


@transaction.atomic
def prune(before: datetime, hold_until: datetime | None = None) -> int:
    """Delete the rows of changes before a point in time, and return their number.

    Rows that a registered reader has not read stay until they are older than `hold_until`, without
    limit for None. The version of the newest deleted row becomes the journal's floor, by which
    readers that are further behind are told that rows are missing.
    """
    counter = JournalCounter.objects.select_for_update().first()
    if counter is None:
        return 0
    floor = _last_before(before, counter.number)
    cursors = [cursor for find in _cursors if (cursor := find()) is not None]
    if cursors and min(cursors) < floor:
        forgotten = _last_before(hold_until, counter.number) if hold_until else 0
        floor = max(min(cursors), min(forgotten, floor))
    JournalCounter.objects.filter(pk=counter.pk, floor__lt=floor).update(floor=floor)
    deleted, _by_model = ContentChange.objects.filter(version__lte=floor).delete()
    return deleted


def _last_before(time: datetime, newest: int) -> int:
    """Return the last version before the first change since a point in time."""
    oldest = ContentChange.objects.filter(time__gte=time).aggregate(oldest=Min("version"))
    return newest if oldest["oldest"] is None else oldest["oldest"] - 1
