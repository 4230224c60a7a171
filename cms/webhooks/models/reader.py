"""Base of readers of the journal: cursor, exclusive claim, and pauses after failures."""

import random
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import models
from django.db.models import Min, Q
from django.utils import timezone
from django.utils.crypto import get_random_string

# Longer than one request can take (`http.client.TOTAL_SECONDS`): when a claim ends, its holder has
# finished or is dead.
CLAIM: Final = timedelta(seconds=45)
FIRST_PAUSE: Final = timedelta(seconds=5)
LONGEST_PAUSE: Final = timedelta(hours=1)
GIVE_UP_AFTER: Final = timedelta(hours=24)


class JournalReader(models.Model):
    """Base model of a reader that must be told of every change, in order.

    The reader has been told of everything up to the version `cursor`. One process at a time
    works for a reader: it holds a claim that expires, so that a dead process does not block it.
    """

    cursor = models.BigIntegerField(default=0, editable=False)
    claim = models.CharField(max_length=32, blank=True, default="", editable=False)
    claimed_until = models.DateTimeField(null=True, editable=False)
    failures = models.PositiveIntegerField(default=0, editable=False)
    failing_since = models.DateTimeField(null=True, editable=False)
    next_attempt_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True

    @classmethod
    def lowest_cursor(cls) -> int | None:
        """Return the cursor of the slowest reader, None where there are no readers."""
        return cls._default_manager.aggregate(lowest=Min("cursor"))["lowest"]

    def take_claim(self) -> bool:
        """Claim this reader for this process; return False where another process holds the claim.

        Condition and change are one statement, so the lock on the row decides between two
        processes on every database. On success the instance is refreshed.
        """
        claim, now = get_random_string(32), timezone.now()
        free = Q(claimed_until=None) | Q(claimed_until__lt=now)
        taken = self._rows().filter(free).update(claim=claim, claimed_until=now + CLAIM)
        if taken:
            self.refresh_from_db()
        return bool(taken)

    def renew_claim(self) -> bool:
        """Extend the claim; return False where it has expired and was taken over."""
        until = timezone.now() + CLAIM
        return bool(self._claimed().update(claimed_until=until))

    def update_claimed(self, **fields: Any) -> bool:
        """Store fields of a claimed reader; return False and store nothing without the claim."""
        for name, value in fields.items():
            setattr(self, name, value)
        return bool(self._claimed().update(**fields))

    def release_claim(self) -> None:
        self._claimed().update(claim="", claimed_until=None)

    def is_due(self) -> bool:
        """Return whether the pause after a failed attempt is over."""
        return self.next_attempt_at is None or self.next_attempt_at <= timezone.now()

    def _rows(self) -> Any:
        return type(self)._default_manager.filter(pk=self.pk)

    def _claimed(self) -> Any:
        return self._rows().filter(claim=self.claim).exclude(claim="")


def next_attempt_time(failures: int, retry_after: int | None = None) -> datetime:
    """Return the time of the next attempt.

    Takes the number of failed attempts, 1 or more, and the seconds that the other side asked to
    wait. The pause doubles up to an hour. Up to half of it is taken off at random, so that
    attempts which failed together are not repeated together.
    """
    pause = min(FIRST_PAUSE * 2 ** min(failures - 1, 20), LONGEST_PAUSE)
    pause *= 0.5 + random.random() / 2  # noqa: S311  # no secret
    asked = timedelta(seconds=retry_after or 0)
    return timezone.now() + max(pause, min(asked, LONGEST_PAUSE))


def has_failed_too_long(failing_since: datetime) -> bool:
    return failing_since <= timezone.now() - GIVE_UP_AFTER
