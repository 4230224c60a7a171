"""When to try again after a failure, and when to stop."""

import random
from datetime import datetime, timedelta
from typing import Final

from django.utils import timezone

FIRST: Final = timedelta(seconds=5)
LONGEST: Final = timedelta(hours=1)
PATIENCE: Final = timedelta(hours=24)


def next_attempt(failures: int, retry_after: int | None = None) -> datetime:
    """When to try again.

    Takes how many attempts have failed, 1 at least, and how many seconds the other side asked
    for. The pause doubles up to an hour; a random half of it keeps many that failed together
    from coming back together.
    """
    pause = min(FIRST * 2 ** min(failures - 1, 20), LONGEST)
    pause *= 0.5 + random.random() / 2  # noqa: S311  # no secret
    asked = timedelta(seconds=retry_after or 0)
    return timezone.now() + max(pause, min(asked, LONGEST))


def has_failed_for_long(failing_since: datetime) -> bool:
    return failing_since <= timezone.now() - PATIENCE
