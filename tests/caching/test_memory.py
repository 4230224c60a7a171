"""Tests that kept answers are bounded in bytes, and that nobody can push out the site's pages."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms.caching.answer_store import answers
from cms.caching.answers import Answer
from cms.caching.content_version import ContentVersion, Dependencies
from cms.caching.memory import AnswerMemory, BoundedAnswers
from tests.reading import API

KILOBYTE = 1024


def answer(size: int, *, is_lasting: bool = True) -> Answer:
    dependencies = Dependencies(ContentVersion(1, 0.0), ())
    return Answer({}, dependencies, {"": b"x" * size}, is_lasting=is_lasting)


def test_the_least_recently_used_goes_first() -> None:
    memory = BoundedAnswers(40 * KILOBYTE)
    for name in "abc":
        memory.set(name, answer(10 * KILOBYTE))
    assert memory.get("a")
    memory.set("d", answer(10 * KILOBYTE))
    assert [name for name in "abcd" if memory.get(name)] == ["a", "c", "d"]
    assert memory.size <= memory.limit


def test_what_is_set_again_counts_once() -> None:
    memory = BoundedAnswers(100 * KILOBYTE)
    for size in (10, 80, 20):
        memory.set("a", answer(size * KILOBYTE))
    assert memory.size == answer(20 * KILOBYTE).size
    memory.clear()
    assert (len(memory), memory.size) == (0, 0)


def test_what_is_larger_than_all_is_not_kept() -> None:
    memory = BoundedAnswers(100 * KILOBYTE)
    memory.set("a", answer(10 * KILOBYTE))
    memory.set("b", answer(200 * KILOBYTE))
    assert memory.get("a")
    assert memory.get("b") is None


def test_an_answer_grows_by_the_codings_that_are_asked_for() -> None:
    memory = AnswerMemory(KILOBYTE * KILOBYTE)
    kept = answer(10 * KILOBYTE)
    memory.set("a", kept)
    before = memory.size
    kept.body("gzip")
    memory.set("a", kept)
    assert memory.size == before + len(kept.bodies["gzip"])


def test_invented_addresses_push_out_no_page(
    reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "memory", AnswerMemory(400 * KILOBYTE))
    reader.get("/terapimetoder/ipt/")
    for limit in range(1, 60):
        reader.get(f"{API}pages/?locale=sv&limit={limit}&order=title")
    assert answers.memory.size <= 400 * KILOBYTE
    with CaptureQueriesContext(connection) as queries:
        reader.get("/terapimetoder/ipt/")
    # The version alone.
    assert len(queries) == 1
