"""Cache backend that signs answers in Redis, and ignores values that this site did not write."""

import hmac
import json
import logging
from typing import Any, Final

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache
from django.utils.crypto import salted_hmac
from redis.exceptions import ResponseError

from .answer_store import CachedAnswer
from .content_version import ContentVersion, Dependencies

logger = logging.getLogger(__name__)

# The beginning of a value: the format and its version.
FORMAT: Final = b"samtal-answer-2\n"
SIGNATURE_BYTES: Final = 32
# No page is larger. A larger value would take more memory and time than it saves.
MAX_BYTES: Final = 4_194_304


class SignedRedisCache(RedisCache):
    """A cache backend for answers that the processes of a site share.

    Django's own pickles values, so whoever can write to Redis could run code in each process.
    Here a value is a signature, a line of JSON and the body of the answer. The signature is an
    HMAC with `SECRET_KEY` of the cache key and all that follows it, so nobody else can write a
    value or move it to another key.
    """

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        name = self.make_and_validate_key(key)
        try:
            value: Any = self._cache.get_client().getrange(name, 0, MAX_BYTES)
        except ResponseError as error:
            # Redis answers, but the value is no string.
            logger.warning("A cached answer in Redis cannot be read: %s", error)
            return default
        return deserialize(key, value) or default

    def set(
        self,
        key: str,
        value: CachedAnswer,
        timeout: Any = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> None:
        data = serialize(key, value)
        if len(data) <= MAX_BYTES:
            name = self.make_and_validate_key(key)
            client = self._cache.get_client(write=True)
            seconds: Any = self.get_backend_timeout(timeout)
            client.set(name, data, ex=seconds)


def serialize(key: str, answer: CachedAnswer) -> bytes:
    """Return the signed bytes that store an answer under a key."""
    dependencies = answer.dependencies
    metadata = {
        "headers": answer.headers,
        "version": list(dependencies.version),
        "pages": None if dependencies.pages is None else list(dependencies.pages),
    }
    contents = b"%s\n%s" % (json.dumps(metadata).encode(), answer.content)
    return FORMAT + _signature(key, contents) + contents


def deserialize(key: str, value: bytes) -> CachedAnswer | None:
    """Return the answer that `serialize` wrote for the key, None for any other value."""
    signature_end = len(FORMAT) + SIGNATURE_BYTES
    contents = value[signature_end:]
    if len(value) > MAX_BYTES or not value.startswith(FORMAT):
        return None
    if not hmac.compare_digest(value[len(FORMAT) : signature_end], _signature(key, contents)):
        return None
    line, _newline, content = contents.partition(b"\n")
    metadata = json.loads(line)
    pages = metadata["pages"]
    dependencies = Dependencies(
        ContentVersion(*metadata["version"]), pages if pages is None else frozenset(pages)
    )
    return CachedAnswer(content, metadata["headers"], dependencies)


def _signature(key: str, contents: bytes) -> bytes:
    named = b"%s\n%s" % (key.encode(), contents)
    return salted_hmac("cms.caching.redis_cache", named, algorithm="sha256").digest()
