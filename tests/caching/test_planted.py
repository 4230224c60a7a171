"""Tests that values in Redis from other writers are ignored, and run no code."""

import pickle
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client, override_settings

from cms.caching.answer_store import CachedAnswer
from cms.caching.content_version import ContentVersion, Dependencies
from cms.caching.redis_cache import FORMAT, MAX_BYTES, deserialize, serialize
from tests.caching.conftest import forget
from tests.caching.test_store import redis_at, redis_is_there

# Of its own, since these tests write over all that is there.
REDIS = "redis://127.0.0.1:6379/14"

KEPT = CachedAnswer(
    "Kärlek & ångest\n".encode(),
    {"ETag": '"x"', "Content-Type": "text/html"},
    Dependencies(ContentVersion(7, 1), frozenset({3, 4})),
)


class Planted:
    """An object that runs code when it is unpickled."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> Any:
        return (Path.touch, (self.mark,))


def moved(value: bytes) -> bytes:
    return serialize("another key", KEPT)


def resealed(value: bytes) -> bytes:
    with override_settings(SECRET_KEY="another"):
        return serialize("key", KEPT)


PLANTED: dict[str, Callable[[bytes], bytes]] = {
    "nothing": lambda value: b"",
    "undecodable bytes": lambda value: b"\xff\xfe\x80",
    "a number": lambda value: b"17",
    "JSON": lambda value: b'{"headers": {"Set-Cookie": "a=b"}}',
    "pickled": lambda value: pickle.dumps(KEPT),
    "cut at the end": lambda value: value[:-1],
    "cut in the seal": lambda value: value[: len(FORMAT) + 5],
    "another version": lambda value: value.replace(b"answer-2", b"answer-3"),
    "another header": lambda value: value.replace(b"text/html", b"text/evil"),
    "another body": lambda value: value + b"<script>",
    "of another key": moved,
    "of another site": resealed,
    "huge": lambda value: value + b"x" * MAX_BYTES,
}


@pytest.mark.parametrize("kind", PLANTED)
def test_what_was_not_sealed_for_the_key_is_nothing(kind: str) -> None:
    assert deserialize("key", serialize("key", KEPT)) == KEPT
    assert deserialize("key", PLANTED[kind](serialize("key", KEPT))) is None


@pytest.fixture
def redis(reader: Client) -> Iterator[Any]:
    with redis_at(REDIS):
        forget()
        yield caches["responses"]._cache.get_client(write=True)  # type: ignore[attr-defined]
        caches["responses"].clear()


def plant(redis: Any, value: bytes | None) -> int:
    """Overwrite each cached answer, with a list for None; return the number of answers."""
    names = redis.keys("*")
    for name in names:
        redis.delete(name)
        if value is None:
            redis.rpush(name, "x")
        else:
            redis.set(name, value)
    return len(names)


@pytest.mark.skipif(not redis_is_there(), reason="needs Redis on 127.0.0.1:6379")
@pytest.mark.parametrize("kind", ["undecodable", "pickled code", "huge", "list"])
def test_readers_get_the_page(redis: Any, reader: Client, tmp_path: Path, kind: str) -> None:
    mark = tmp_path / "code-was-run"
    value = {
        "undecodable": b"\xff\xfe",
        "pickled code": pickle.dumps(Planted(mark)),
        "huge": b"x" * (MAX_BYTES + 2),
        "list": None,
    }[kind]
    first = reader.get("/kontakt/")
    assert plant(redis, value) == 1
    # Another process, which has given nothing yet.
    again = Client().get("/kontakt/")
    assert (again.status_code, again.content) == (200, first.content)
    assert not mark.exists()
    # What was made anew is kept again.
    assert redis.get(redis.keys("*")[0]).startswith(FORMAT)
