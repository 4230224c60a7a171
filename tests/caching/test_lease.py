"""The version is used for a while, and whoever was told of a change reads it everywhere."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import wait
from contextlib import contextmanager
from threading import Event
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from cms.journal import lease as lease_module
from cms.journal.lease import VersionLease, commit_wait, settle
from cms.journal.version import current_version
from pages.models import Concern, ContentPage
from tests.factories import ConcernFactory
from tests.journal.parallel import Parallel, copy_of_the_database
from tests.reading import API

pytestmark = pytest.mark.django_db
AN_HOUR = 3_600_000
SECONDS_TO_NOTICE = 10
URL = "/kontakt/"
PUBLISHES = 20


@pytest.fixture
def slept(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> list[float]:
    """Return the seconds of each pause, none of which is made."""
    settings.VERSION_LEASE_MS = 50
    found: list[float] = []
    monkeypatch.setattr(lease_module.time, "sleep", found.append)
    return found


@pytest.fixture
def away(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return what makes the database fail, for the block that it is used in.

    Who waits for the database notices at the end of the block that it answers again.
    """
    waiting: list[Callable[[], None]] = []

    def fail(*_args: Any) -> None:
        raise OperationalError("The server closed the connection.")

    @contextmanager
    def block() -> Iterator[None]:
        with connection.execute_wrapper(fail):
            yield
        assert len(waiting) <= 1
        while waiting:
            waiting.pop()()

    monkeypatch.setattr(lease_module, "PAUSE_SECONDS", 0.0)
    monkeypatch.setattr(lease_module, "beside", waiting.append)
    return block


def test_a_page_that_is_read_often_costs_no_query(reader: Client, settings: Settings) -> None:
    settings.VERSION_LEASE_MS = AN_HOUR
    first = reader.get(URL)
    with CaptureQueriesContext(connection) as queries:
        assert reader.get(URL).content == first.content
    assert len(queries) == 0


def test_without_a_lease_each_answer_is_asked_for(reader: Client) -> None:
    reader.get(URL)
    with CaptureQueriesContext(connection) as queries:
        reader.get(URL)
    assert len(queries) == 1


@pytest.fixture(scope="module")
def database(django_db_setup: None, django_db_blocker: Any) -> Iterator[Parallel]:
    with django_db_blocker.unblock(), copy_of_the_database("lease") as parallel:
        yield parallel


def test_who_was_told_reads_it_in_every_process(database: Parallel, settings: Settings) -> None:
    """Three processes read as often as they can while another publishes."""
    settings.VERSION_LEASE_MS = 20
    told = [0]
    done = Event()

    def read() -> int:
        lease, reads = VersionLease(), 0
        while not done.is_set():
            known = told[0]
            assert lease.read() >= known
            reads += 1
        return reads

    def publish() -> None:
        concern = ConcernFactory()
        for number in range(PUBLISHES):
            Concern.objects.filter(pk=concern.pk).first().save()
            told[0] = current_version()
            assert told[0] > number
        done.set()

    readers = [database.start(read) for _reader in range(3)]
    try:
        database.run(publish)
    finally:
        done.set()
    wait(readers)
    assert all(reader.result() > PUBLISHES for reader in readers)


def test_a_transaction_waits_once(
    slept: list[float], django_capture_on_commit_callbacks: Any
) -> None:
    for changes in (3, 1):
        with django_capture_on_commit_callbacks(execute=True):
            ConcernFactory.create_batch(changes)
        assert slept == [0.05]
        slept.clear()


def test_a_change_that_was_rolled_back_takes_no_wait_from_the_next(
    slept: list[float], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        ConcernFactory()
        transaction.set_rollback(True)
    assert slept == []
    with django_capture_on_commit_callbacks(execute=True):
        ConcernFactory()
    assert slept == [0.05]


def test_a_draft_waits_for_nobody(
    slept: list[float], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        page = ContentPage.objects.get(slug="kontakt")
        page.heading = "Ett utkast"
        page.save_revision()
    assert slept == []


def test_many_transactions_can_wait_together(
    slept: list[float], django_capture_on_commit_callbacks: Any
) -> None:
    with commit_wait.together():
        for _transaction in range(3):
            with django_capture_on_commit_callbacks(execute=True):
                ConcernFactory()
        assert slept == []
    assert slept == [0.05]


def test_each_version_is_settled_once(slept: list[float]) -> None:
    for version, pauses in ((10**9, 1), (10**9, 1), (10**9 + 1, 2)):
        settle(version)
        assert slept == [0.05] * pauses


def test_the_feed_tells_of_a_version_when_all_processes_read_it(
    client: Client, slept: list[float]
) -> None:
    ConcernFactory()
    version = current_version()
    answer = client.get(f"{API}changes/", {"since": version - 1}).json()
    assert answer["version"] == version
    assert slept == [0.05]


def test_kept_answers_go_on_without_the_database(reader: Client, away: Any) -> None:
    for url in (URL, f"{API}pages/by-path/?path={URL}"):
        before = reader.get(url)
        with away():
            for headers, status in (({}, 200), ({"if-none-match": before["ETag"]}, 304)):
                answer = reader.get(url, headers=headers)
                assert answer.status_code == status
                assert answer["Cache-Status"] == 'Samtal; hit; detail="database unavailable"'
                assert answer["Cache-Control"] == "public, max-age=0, must-revalidate"
                assert answer["ETag"] == before["ETag"]
                assert answer.content == (before.content if status == 200 else b"")
            assert reader.get("/en/contact/").status_code == 503
        after = reader.get(url)
        assert after.status_code == 200
        assert "Cache-Status" not in after


def test_they_end_when_the_database_is_away_too_long(
    reader: Client, away: Any, settings: Settings
) -> None:
    reader.get(URL)
    reader.raise_request_exception = False
    settings.SERVE_WITHOUT_DATABASE = 0
    with away():
        assert reader.get(URL).status_code == 503
    assert reader.get(URL).status_code == 200


def test_no_reader_of_a_kept_answer_waits_for_a_database_that_is_away(
    reader: Client, away: Any
) -> None:
    reader.get(URL)
    with away():
        reader.get(URL)
        with CaptureQueriesContext(connection) as queries:
            assert reader.get(URL)["Cache-Status"]
        assert len(queries) == 0


def test_who_waits_for_the_database_asks_until_it_answers(
    database: Parallel, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusals = [OperationalError("The server closed the connection.") for _time in range(3)]
    monkeypatch.setattr(lease_module, "PAUSE_SECONDS", 0.01)
    lease = VersionLease()
    version = database.run(lease.ask)

    def answer() -> int:
        if refusals:
            raise refusals.pop()
        return int(version)

    monkeypatch.setattr(lease_module, "current_version", answer)
    assert lease.read() == version
    assert not lease.is_confirmed
    end = time.monotonic() + SECONDS_TO_NOTICE
    while not lease.is_confirmed and time.monotonic() < end:
        time.sleep(0.01)
    assert lease.is_confirmed
    assert not refusals


def test_an_answer_that_the_database_does_not_know_is_no_outage(
    reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite has the same class of error for what is locked and for a table that is missing."""
    monkeypatch.setattr("cms.journal.version.QUERY", "SELECT number FROM no_such_table")
    with pytest.raises(Exception, match="no_such_table"), transaction.atomic():
        VersionLease().read()
