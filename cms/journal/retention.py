"""How long the journal remembers."""

from datetime import datetime

from django.db import transaction
from django.db.models import Min

from .models import ContentChange, JournalCounter


@transaction.atomic
def prune(before: datetime) -> int:
    """Delete the rows of changes before a point in time; gives how many.

    The journal keeps the version of the newest deleted row as its floor, so that a reader who
    has not come that far is told so.
    """
    counter = JournalCounter.objects.select_for_update().first()
    if counter is None:
        return 0
    oldest = ContentChange.objects.filter(time__gte=before).aggregate(oldest=Min("version"))
    floor = counter.number if oldest["oldest"] is None else oldest["oldest"] - 1
    JournalCounter.objects.filter(pk=counter.pk, floor__lt=floor).update(floor=floor)
    deleted, _by_model = ContentChange.objects.filter(version__lte=floor).delete()
    return deleted
