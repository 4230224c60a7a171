"""Where answers are kept: in the process, or in Redis. Never a reason for a request to fail."""

import logging
import time
from typing import Final

from django.core.cache import caches
from redis.exceptions import RedisError

from .answers import Kept

logger = logging.getLogger(__name__)

ALIAS: Final = "responses"
# How long a store that failed is left alone, so that not every request waits for it in vain.
PAUSE_SECONDS: Final = 5.0


class Store:
    """A cache that is out of order now and then."""

    def __init__(self) -> None:
        self._paused_until = 0.0
        self._has_failed = False

    def get(self, key: str) -> Kept | None:
        if not self._is_in_order():
            return None
        try:
            value: Kept | None = caches[ALIAS].get(key)
        except (RedisError, OSError) as error:
            self._pause(error)
            return None
        self._recover()
        return value

    def set(self, key: str, value: Kept) -> None:
        if not self._is_in_order():
            return
        try:
            caches[ALIAS].set(key, value)
        except (RedisError, OSError) as error:
            self._pause(error)

    def _is_in_order(self) -> bool:
        return time.monotonic() >= self._paused_until

    def _pause(self, error: Exception) -> None:
        self._paused_until = time.monotonic() + PAUSE_SECONDS
        if not self._has_failed:
            self._has_failed = True
            logger.warning("The response cache does not answer; pages are made anew: %s", error)

    def _recover(self) -> None:
        if self._has_failed:
            self._has_failed = False
            logger.warning("The response cache answers again.")
