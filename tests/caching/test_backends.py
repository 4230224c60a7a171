"""Tests the cache backends of answers: the contract of Django's caches, bounds and time-outs."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import caches
from django.test import override_settings

from cms.caching import memory_cache
from cms.caching.answer_store import CachedAnswer
from cms.caching.content_version import ContentVersion, Dependencies
from cms.caching.redis_cache import MAX_BYTES, deserialize, serialize
from tests.caching.test_store import redis_at, redis_is_there

# Of its own, since it is emptied.
REDIS = "redis://127.0.0.1:6379/13"

needs_redis = pytest.mark.skipif(not redis_is_there(), reason="needs Redis on 127.0.0.1:6379")


def answer(content: bytes = b"x", pages: frozenset[int] | None = None) -> CachedAnswer:
    return CachedAnswer(content, {"ETag": '"x"'}, Dependencies(ContentVersion(7, 1), pages))


@pytest.fixture
def redis() -> Iterator[Any]:
    with redis_at(REDIS):
        yield caches["responses"]
        caches["responses"].clear()


@pytest.fixture(params=["memory", pytest.param("redis", marks=needs_redis)])
def store(request: pytest.FixtureRequest) -> Iterator[Any]:
    """Yield each backend, empty."""
    if request.param == "redis":
        yield request.getfixturevalue("redis")
        return
    backend = {"BACKEND": "cms.caching.memory_cache.MemoryCache"}
    with override_settings(CACHES={"default": backend, "responses": backend}):
        yield caches["responses"]
        caches["responses"].clear()


@pytest.mark.parametrize("pages", [None, frozenset[int](), frozenset({3, 4})])
def test_what_was_set_last_is_returned(store: Any, pages: frozenset[int] | None) -> None:
    assert store.get("a") is None
    assert store.get("a", "default") == "default"
    assert "a" not in store
    for content in (b"old", b"new"):
        store.set("a", answer(content, pages))
    store.set("b", answer(b"other"))
    assert store.get("a", "default") == answer(b"new", pages)
    assert store.get("b") == answer(b"other")
    store.clear()
    assert store.get("a") is None


def test_memory_drops_what_was_set_longest_ago(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory_cache, "MAX_ENTRIES", 3)
    entries: memory_cache.BoundedDict[str] = memory_cache.BoundedDict()
    for key in "abcad":
        entries.set(key, key)
        assert len(entries) <= 3
    assert [entries.get(key) for key in "abcd"] == ["a", None, "c", "d"]


def of_size(size: int) -> CachedAnswer:
    """Return an answer that takes this many bytes in Redis."""
    return answer(b"x" * (size - len(serialize("a", answer(b"")))))


@needs_redis
def test_redis_keeps_what_is_not_too_large(redis: Any) -> None:
    redis.set("a", of_size(MAX_BYTES + 1))
    assert redis.get("a") is None
    assert deserialize("a", serialize("a", of_size(MAX_BYTES + 1))) is None
    redis.set("a", of_size(MAX_BYTES))
    assert redis.get("a") == of_size(MAX_BYTES)


@needs_redis
@pytest.mark.parametrize(("timeout", "seconds"), [((), 300), ((50,), 50), ((None,), -1)])
def test_redis_drops_answers_after_a_time(redis: Any, timeout: tuple[Any], seconds: int) -> None:
    """Each release has keys of its own, so answers of older ones are in nobody's way."""
    redis.set("a", answer(), *timeout)
    client = redis._cache.get_client()
    (name,) = client.keys("*")
    assert seconds - 5 <= client.ttl(name) <= seconds


@needs_redis
def test_answers_are_written_to_the_first_server(redis: Any) -> None:
    """Django writes to the first of several servers and reads from the others."""
    with redis_at([REDIS, "redis://127.0.0.1:1/0"]):
        caches["responses"].set("a", answer())
    assert redis.get("a") == answer()
