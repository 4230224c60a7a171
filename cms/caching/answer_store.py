"""Stores answers in the cache `responses`; a failing cache never fails a request."""

import logging
import time
from dataclasses import dataclass
from typing import Final

from django.core.cache import caches
from redis.exceptions import RedisError

from .content_version import Dependencies

logger = logging.getLogger(__name__)

ALIAS: Final = "responses"
# How long a cache that failed is left alone, so that not every request waits for it in vain.
PAUSE_SECONDS: Final = 5.0


@dataclass(frozen=True)
class CachedAnswer:
    """A whole answer, as the response cache returns it again."""

    content: bytes
    headers: dict[str, str]
    dependencies: Dependencies


class AnswerStore:
    """Reads and writes cached answers, and pauses for a while when the cache fails."""

    def __init__(self) -> None:
        # Seconds of the monotonic clock; 0 while the cache answers.
        self._paused_until = 0.0

    def get(self, key: str) -> CachedAnswer | None:
        if not self._is_available():
            return None
        try:
            value: CachedAnswer | None = caches[ALIAS].get(key)
        except (RedisError, OSError) as error:
            self._pause(error)
            return None
        self._recover()
        return value

    def set(self, key: str, value: CachedAnswer) -> None:
        if not self._is_available():
            return
        try:
            caches[ALIAS].set(key, value)
        except (RedisError, OSError) as error:
            self._pause(error)

    def _is_available(self) -> bool:
        return time.monotonic() >= self._paused_until

    def _pause(self, error: Exception) -> None:
        if not self._paused_until:
            logger.warning("The response cache does not answer; pages are made anew: %s", error)
        self._paused_until = time.monotonic() + PAUSE_SECONDS

    def _recover(self) -> None:
        if self._paused_until:
            self._paused_until = 0.0
            logger.warning("The response cache answers again.")
