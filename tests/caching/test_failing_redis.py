"""Tests that a Redis which fails is told of, left alone for a while, and used again."""

import socketserver
import threading
import time
from collections.abc import Iterator

import pytest
from django.test import Client

from cms.caching import answer_store
from cms.caching.answer_store import AnswerStore, CachedAnswer
from cms.caching.content_version import ContentVersion, Dependencies
from tests.caching.test_store import redis_at

ANSWER = CachedAnswer(b"", {}, Dependencies(ContentVersion(1, 0), None))
FULL = b"-OOM command not allowed when used memory > 'maxmemory'.\r\n"


class Redis(socketserver.ThreadingTCPServer):
    """Answers in Redis's protocol: nothing is found, and what is set is answered by `set_reply`."""

    allow_reuse_address = daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.set_reply = b"+OK\r\n"
        self.commands: list[bytes] = []


class Conversation(socketserver.StreamRequestHandler):
    server: Redis

    def handle(self) -> None:
        while head := self.rfile.readline():
            words = []
            for _number in range(int(head[1:])):
                size = int(self.rfile.readline()[1:])
                words.append(self.rfile.read(size + 2)[:-2])
            self.server.commands.append(words[0])
            replies = {b"GETRANGE": b"$0\r\n\r\n", b"SET": self.server.set_reply}
            self.wfile.write(replies.get(words[0], b"+OK\r\n"))


@pytest.fixture
def redis() -> Iterator[Redis]:
    with Redis() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with redis_at(f"redis://127.0.0.1:{server.server_address[1]}/0?protocol=2"):
            yield server
        server.shutdown()


def test_redis_that_is_full_fails_no_request(
    reader: Client, redis: Redis, caplog: pytest.LogCaptureFixture
) -> None:
    redis.set_reply = FULL
    for _number in range(3):
        assert reader.get("/kontakt/").status_code == 200
    (warning,) = [message for message in caplog.messages if "response cache" in message]
    assert "maxmemory" in warning
    assert redis.commands.count(b"SET") == 1


def test_redis_is_used_again_after_a_while(
    redis: Redis, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    store = AnswerStore()
    redis.set_reply = FULL
    store.set("a", ANSWER)
    store.set("a", ANSWER)
    assert redis.commands.count(b"SET") == 1
    redis.set_reply = b"+OK\r\n"
    start = time.monotonic()
    monkeypatch.setattr(answer_store, "time", Clock(start + 60))
    for _number in range(2):
        assert store.get("a") is None
        store.set("a", ANSWER)
    assert redis.commands.count(b"SET") == 3
    assert ["again" in message for message in caplog.messages] == [False, True]
    redis.set_reply = FULL
    store.set("a", ANSWER)
    assert "maxmemory" in caplog.messages[2]


class Clock:
    """A clock that stands still."""

    def __init__(self, now: float) -> None:
        self.now = now

    def monotonic(self) -> float:
        return self.now
