"""Answers in Redis, sealed: a value that this site did not write there is read as none."""

import hmac
import json
import logging
from typing import Any, Final

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache
from django.utils.crypto import salted_hmac
from redis.exceptions import ResponseError

from .answers import Kept
from .moment import Basis, Moment

logger = logging.getLogger(__name__)

# What a value begins with: the format and its version.
FORMAT: Final = b"samtal-answer-1\n"
SEAL_BYTES: Final = 32
# No page is larger; what is would take more memory and time than it saves.
LARGEST: Final = 4 * 1024 * 1024


class SharedCache(RedisCache):
    """A cache backend for kept answers that processes share.

    Django's own pickles values, and whoever can write to Redis could have each process run code
    by that. Here a value is a seal, a line of JSON and the body of the answer. The seal is made
    with `SECRET_KEY` of the key and all that follows, so nobody else can make or move a value.
    """

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        name = self.make_and_validate_key(key, version=version)
        try:
            value: Any = self._cache.get_client(name).getrange(name, 0, LARGEST)
        except ResponseError as error:
            # Redis answers; what it has there is no string.
            logger.warning("A kept answer in Redis cannot be read: %s", error)
            return default
        return unsealed(key, value) or default

    def set(
        self, key: str, value: Kept, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> None:
        sealed_value = sealed(key, value)
        if len(sealed_value) <= LARGEST:
            name = self.make_and_validate_key(key, version=version)
            client = self._cache.get_client(name, write=True)
            client.set(name, sealed_value, ex=int(self.get_backend_timeout(timeout) or 0) or None)


def sealed(key: str, kept: Kept) -> bytes:
    """The bytes of an answer that is kept under a key."""
    basis = kept.basis
    facts = {
        "headers": kept.headers,
        "moment": list(basis.moment),
        "pages": None if basis.pages is None else list(basis.pages),
    }
    contents = b"%s\n%s" % (json.dumps(facts).encode(), kept.content)
    return FORMAT + _seal(key, contents) + contents


def unsealed(key: str, value: bytes) -> Kept | None:
    """The answer that `sealed` wrote for the key, None for anything else."""
    seal_end = len(FORMAT) + SEAL_BYTES
    contents = value[seal_end:]
    if len(value) > LARGEST or not value.startswith(FORMAT):
        return None
    if not hmac.compare_digest(value[len(FORMAT) : seal_end], _seal(key, contents)):
        return None
    line, _newline, content = contents.partition(b"\n")
    facts = json.loads(line)
    pages = facts["pages"]
    basis = Basis(Moment(*facts["moment"]), pages if pages is None else frozenset(pages))
    return Kept(content, facts["headers"], basis)


def _seal(key: str, contents: bytes) -> bytes:
    named = b"%s\n%s" % (key.encode(), contents)
    return salted_hmac("cms.caching.shared", named, algorithm="sha256").digest()
