"""Tests answers in Redis, failures of Redis, and that an answer is computed once at a time."""

import logging
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings

from cms.caching import middleware
from cms.caching.answer_store import AnswerStore, CachedAnswer
from cms.caching.content_version import ContentVersion, Dependencies
from cms.caching.middleware import ResponseCacheMiddleware
from cms.caching.redis_cache import SignedRedisCache
from tests.caching.conftest import forget

REDIS = "redis://127.0.0.1:6379/15"


def redis_at(location: str | list[str]) -> override_settings:
    responses = {
        "BACKEND": "cms.caching.redis_cache.SignedRedisCache",
        "LOCATION": location,
        "OPTIONS": {"socket_connect_timeout": 0.2, "socket_timeout": 0.2},
    }
    return override_settings(CACHES={**settings.CACHES, "responses": responses})


def redis_is_there() -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", 6379)) == 0


@pytest.mark.skipif(not redis_is_there(), reason="needs Redis on 127.0.0.1:6379")
def test_processes_share_redis(reader: Client) -> None:
    with redis_at(REDIS):
        assert isinstance(caches["responses"], SignedRedisCache)
        try:
            forget()
            first = reader.get("/")
            calls: list[Any] = []
            other = ResponseCacheMiddleware(lambda request: calls.append(request) or HttpResponse())
            second = other(RequestFactory().get("/"))
            assert second.content == first.content
            assert calls == []
        finally:
            caches["responses"].clear()


@pytest.fixture
def silent_server() -> Iterator[int]:
    """Yield the port of a server that accepts connections and sends nothing."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(100)
        yield server.getsockname()[1]


def test_redis_that_is_down_is_told_of_once(
    reader: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with (
        caplog.at_level(logging.WARNING, "cms.caching.answer_store"),
        redis_at("redis://127.0.0.1:1/0"),
    ):
        for _number in range(5):
            assert reader.get("/").status_code == 200
    warnings = [record for record in caplog.records if record.name == "cms.caching.answer_store"]
    assert len(warnings) == 1
    assert "does not answer" in warnings[0].message
    assert "Connection refused" in warnings[0].message


def test_redis_that_is_slow_is_left_alone_for_a_while(reader: Client, silent_server: int) -> None:
    with redis_at(f"redis://127.0.0.1:{silent_server}/0"):
        assert reader.get("/").status_code == 200
        store = AnswerStore()
        assert store.get("x") is None
        start = time.monotonic()
        for _number in range(100):
            assert store.get("x") is None
            store.set("x", CachedAnswer(b"", {}, Dependencies(ContentVersion(1, 0), None)))
        assert time.monotonic() - start < 0.1


def test_fifty_readers_at_once_cost_one_computation(reader: Client) -> None:
    computed = []

    def slow_page(request: Any) -> HttpResponse:
        computed.append(request)
        time.sleep(0.3)
        return HttpResponse("done", headers={"Cache-Control": "public"})

    middleware = ResponseCacheMiddleware(slow_page)
    answers = []
    start = threading.Barrier(50)

    def read() -> None:
        start.wait()
        try:
            answers.append(middleware(RequestFactory().get("/samtidigt/")).content)
        finally:
            connection.close()

    threads = [threading.Thread(target=read) for _number in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert answers == [b"done"] * 50
    assert len(computed) == 1


def test_readers_of_what_cannot_be_kept_do_not_queue(reader: Client) -> None:
    others = threading.Barrier(5)
    leader = threading.Event()

    def private_page(request: Any) -> HttpResponse:
        if leader.is_set():
            others.wait(5)
        else:
            leader.set()
            time.sleep(0.3)
        return HttpResponse("mine", headers={"Cache-Control": "private"})

    middleware = ResponseCacheMiddleware(private_page)
    answers = []

    def read() -> None:
        try:
            answers.append(middleware(RequestFactory().get("/api/x/")).content)
        finally:
            connection.close()

    threads = [threading.Thread(target=read) for _number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert answers == [b"mine"] * 6


def test_who_has_waited_too_long_makes_an_answer_alone(
    reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(middleware, "WAIT_SECONDS", 0.1)
    started, may_end = threading.Event(), threading.Event()

    def page(request: Any) -> HttpResponse:
        if not started.is_set():
            started.set()
            may_end.wait(10)
        return HttpResponse("done", headers={"Cache-Control": "public"})

    cache = ResponseCacheMiddleware(page)

    def read() -> bytes:
        try:
            return cache(RequestFactory().get("/samtidigt/")).content
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        slow = pool.submit(read)
        assert started.wait(10)
        assert pool.submit(read).result(5) == b"done"
        assert not slow.done()
        may_end.set()
        assert slow.result(5) == b"done"
