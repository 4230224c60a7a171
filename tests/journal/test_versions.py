"""Tests that versions are dense and in the order of commits, with parallel writers."""

import time
from collections.abc import Iterator
from concurrent.futures import wait
from threading import Barrier, Event
from typing import Any

import pytest
from django.db import connection, transaction
from wagtail.models import Page

from cms.journal.feed import changes_after
from cms.journal.models import ContentChange
from cms.journal.version import current_version
from pages.models import Concern
from tests.factories import ConcernFactory, ContentPageFactory
from tests.journal.parallel import Parallel, copy_of_the_database

WRITERS = 8

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        connection.vendor != "postgresql",
        reason="SQLite lets one transaction write at a time, so no two can interleave.",
    ),
]


@pytest.fixture(scope="module")
def database(django_db_setup: None, django_db_blocker: Any) -> Iterator[Parallel]:
    with django_db_blocker.unblock(), copy_of_the_database("journal") as parallel:
        yield parallel


def make_concerns() -> list[int]:
    return [concern.pk for concern in ConcernFactory.create_batch(WRITERS)]


def make_branch() -> tuple[int, int]:
    parent = ContentPageFactory(parent=Page.objects.get(slug="hem"), slug="gren")
    child = ContentPageFactory(parent=Page.objects.get(pk=parent.pk), slug="blad")
    return parent.pk, child.pk


def publish(key: int) -> None:
    """Save a live object, as publishing does."""
    Concern.objects.get(pk=key).save()


def rows_after(version: int) -> list[ContentChange]:
    return list(ContentChange.objects.filter(version__gt=version))


def test_who_commits_first_is_first(database: Parallel) -> None:
    first, second = database.run(make_concerns)[:2]
    start = database.run(current_version)
    has_version, may_commit = Event(), Event()

    def slow() -> None:
        with transaction.atomic():
            publish(first)
            has_version.set()
            assert may_commit.wait(20)

    slow_writer = database.start(slow)
    assert has_version.wait(20)
    other_writer = database.start(lambda: publish(second))
    # Long enough for the other to come to the counter, where it must wait.
    time.sleep(0.5)
    assert not other_writer.done()
    assert database.run(current_version) == start
    assert database.run(lambda: changes_after(start, 100)).rows == []
    may_commit.set()
    slow_writer.result(20)
    other_writer.result(20)
    assert database.run(lambda: [row.object_id for row in rows_after(start)]) == [first, second]
    assert database.run(current_version) == start + 2


def test_who_rolls_back_leaves_no_gap(database: Parallel) -> None:
    first, second = database.run(make_concerns)[:2]
    start = database.run(current_version)
    has_version, may_end = Event(), Event()

    def fail() -> None:
        with transaction.atomic():
            publish(first)
            has_version.set()
            assert may_end.wait(20)
            transaction.set_rollback(True)

    failing = database.start(fail)
    assert has_version.wait(20)
    other = database.start(lambda: publish(second))
    may_end.set()
    failing.result(20)
    other.result(20)
    (row,) = database.run(lambda: rows_after(start))
    assert (row.version, row.object_id) == (start + 1, second)


def test_a_new_address_of_a_branch_waits_for_who_edits_below(database: Parallel) -> None:
    """Otherwise the two transactions would deadlock."""
    parent, child = database.run(make_branch)
    start = database.run(current_version)
    has_child, may_publish = Event(), Event()

    def edit_child() -> None:
        with transaction.atomic():
            revision = Page.objects.get(pk=child).specific.save_revision()
            has_child.set()
            assert may_publish.wait(20)
            revision.publish()

    def rename_parent() -> None:
        page = Page.objects.get(pk=parent).specific
        page.slug = "annan"
        page.save()

    editing = database.start(edit_child)
    assert has_child.wait(20)
    renaming = database.start(rename_parent)
    time.sleep(0.5)
    may_publish.set()
    editing.result(20)
    renaming.result(20)
    rows = database.run(lambda: rows_after(start))
    assert [(row.action, row.object_id) for row in rows][:2] == [
        ("published", child),
        ("moved", parent),
    ]


@pytest.mark.parametrize("publishes", [20, pytest.param(100, marks=pytest.mark.full)])
def test_many_writers_and_a_reader(database: Parallel, publishes: int) -> None:
    keys = database.run(make_concerns)
    start = database.run(current_version)
    end = start + WRITERS * publishes
    together = Barrier(WRITERS)

    def write(key: int) -> None:
        together.wait()
        for _number in range(publishes):
            publish(key)

    def read() -> list[int]:
        """Return the versions that a reader sees who reads repeatedly while others write."""
        seen: list[int] = []
        while (since := seen[-1] if seen else start) < end:
            seen += [row.version for row in changes_after(since, 100).rows]
            time.sleep(0.002)
        return seen

    reader = database.start(read)
    writers = [database.start(lambda key=key: write(key)) for key in keys]
    wait(writers)
    for writer in writers:
        writer.result()
    assert reader.result(20) == list(range(start + 1, end + 1))
    counts = database.run(
        lambda: [
            ContentChange.objects.filter(version__gt=start, object_id=key).count() for key in keys
        ]
    )
    assert counts == [publishes] * WRITERS
