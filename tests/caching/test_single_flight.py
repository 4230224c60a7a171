"""Tests that an answer is computed once at a time."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory

from cms.caching import middleware
from cms.caching.middleware import ResponseCacheMiddleware


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
