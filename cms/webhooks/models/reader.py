"""A reader of the journal that must hear of every change, and may fail on the way."""

from datetime import timedelta
from typing import Any, Final

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import get_random_string

# Longer than one sending can take (`http.client.TOTAL_SECONDS`), so that whoever holds a claim
# is done, or dead, when it ends.
CLAIM: Final = timedelta(seconds=45)


class JournalReader(models.Model):
    """How far a reader has come, and who is working for it.

    Everything up to the version `cursor` has been told. One process at a time works for a
    reader: it holds a claim that ends by itself, so that a process that dies leaves none behind.
    """

    cursor = models.BigIntegerField(default=0, editable=False)
    claim = models.CharField(max_length=32, blank=True, default="", editable=False)
    claimed_until = models.DateTimeField(null=True, editable=False)
    failures = models.PositiveIntegerField(default=0, editable=False)
    failing_since = models.DateTimeField(null=True, editable=False)
    next_attempt_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True

    def take_claim(self) -> bool:
        """Become the only one who works for this reader; False where somebody else does.

        The condition and the change are one statement, whose lock on the row decides between
        two processes on every database. On success the instance is as it is stored.
        """
        claim, now = get_random_string(32), timezone.now()
        free = Q(claimed_until=None) | Q(claimed_until__lt=now)
        taken = self._rows().filter(free).update(claim=claim, claimed_until=now + CLAIM)
        if taken:
            self.refresh_from_db()
        return bool(taken)

    def renew_claim(self) -> bool:
        """Go on for as long again; False where the claim has ended and was taken over."""
        until = timezone.now() + CLAIM
        return bool(self._claimed().update(claimed_until=until))

    def update_claimed(self, **fields: Any) -> bool:
        """Store fields of a claimed reader; False, and nothing stored, where the claim is lost."""
        for name, value in fields.items():
            setattr(self, name, value)
        return bool(self._claimed().update(**fields))

    def leave_claim(self) -> None:
        self._claimed().update(claim="", claimed_until=None)

    def is_due(self) -> bool:
        """Whether an attempt may be made now, after those that failed."""
        return self.next_attempt_at is None or self.next_attempt_at <= timezone.now()

    def _rows(self) -> Any:
        return type(self)._default_manager.filter(pk=self.pk)

    def _claimed(self) -> Any:
        return self._rows().filter(claim=self.claim).exclude(claim="")
