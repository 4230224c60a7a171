"""Tests that a worker or a thread delivers after the commit, without delaying it."""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, connections, transaction
from django_tasks import TaskResultStatus, task_backends
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult
from pytest_django.fixtures import Settings
from wagtail.models import Site

from cms.journal.version import current_version
from cms.webhooks import delivery_thread
from cms.webhooks.delivery_thread import DeliveryThread
from cms.webhooks.models import Endpoint
from cms.webhooks.tasks import has_worker
from tests.factories import ConcernFactory
from tests.journal.parallel import Parallel
from tests.webhooks.receiver import Receiver

UseBackend = Callable[[str], None]
LITTLE = timedelta(milliseconds=50)


@pytest.fixture
def use_backend(settings: Settings) -> Iterator[UseBackend]:
    """Return a function that sets the task backend of webhooks."""
    before = settings.TASKS

    def use(backend: str) -> None:
        settings.TASKS = {**before, "webhooks": {"BACKEND": backend}}
        forget()

    def forget() -> None:
        task_backends.__dict__.pop("settings", None)
        if hasattr(task_backends._connections, "webhooks"):
            del task_backends._connections.webhooks

    yield use
    settings.TASKS = before
    forget()


@pytest.fixture
def worker(use_backend: UseBackend, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Return a function that runs the database-backed worker until no task is due."""
    use_backend("django_tasks_db.DatabaseBackend")
    # The test's transaction is in the connection that a worker renews before each task.
    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)
    return db_worker.Worker(
        queue_names=["default"],
        interval=0,
        batch=True,
        backend_name="webhooks",
        startup_delay=False,
        max_tasks=None,
        worker_id="test",
        excluded_queue_names=[],
    ).run


def test_a_worker_delivers_after_the_commit(
    endpoint: Endpoint,
    receiver: Receiver,
    worker: Callable[[], None],
    django_capture_on_commit_callbacks: Any,
) -> None:
    assert has_worker()
    with django_capture_on_commit_callbacks() as callbacks:
        ConcernFactory()
    assert not DBTaskResult.objects.exists()
    assert receiver.requests == []
    for callback in callbacks:
        callback()
    worker()
    assert receiver.versions == [current_version()]
    assert DBTaskResult.objects.get().status == TaskResultStatus.SUCCESSFUL


def test_a_worker_comes_again_after_a_failure(
    endpoint: Endpoint,
    receiver: Receiver,
    worker: Callable[[], None],
    django_capture_on_commit_callbacks: Any,
) -> None:
    receiver.behaviour = lambda number: 500 if number == 1 else 204
    with django_capture_on_commit_callbacks(execute=True):
        ConcernFactory()
    worker()
    endpoint.refresh_from_db()
    later = DBTaskResult.objects.get(status=TaskResultStatus.READY)
    assert later.run_after == endpoint.next_attempt_at
    # While the pause lasts, further changes bring no further tasks.
    with django_capture_on_commit_callbacks(execute=True):
        ConcernFactory()
    assert DBTaskResult.objects.filter(status=TaskResultStatus.READY).count() == 1
    past = endpoint.failing_since
    DBTaskResult.objects.filter(pk=later.pk).update(run_after=past)
    Endpoint.objects.filter(pk=endpoint.pk).update(next_attempt_at=past)
    worker()
    end = current_version()
    assert receiver.versions == [end - 1, end - 1, end]


def test_nobody_is_called_where_nobody_listens(
    site: Site, worker: Callable[[], None], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        ConcernFactory()
    assert not DBTaskResult.objects.exists()


def test_a_change_succeeds_whatever_becomes_of_its_messages(
    endpoint: Endpoint,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    def fail() -> None:
        raise RuntimeError("no tasks today")

    monkeypatch.setattr(delivery_thread, "enqueue_due", fail)
    before = current_version()
    with django_capture_on_commit_callbacks(execute=True):
        ConcernFactory()
    assert current_version() == before + 1


def test_what_is_rolled_back_is_told_to_nobody(
    endpoint: Endpoint, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks() as callbacks, transaction.atomic():
        ConcernFactory()
        transaction.set_rollback(True)
    assert callbacks == []


def test_cron_delivers_what_is_left(
    endpoint: Endpoint, receiver: Receiver, capsys: pytest.CaptureFixture[str]
) -> None:
    ConcernFactory()
    call_command("deliver_webhooks")
    version = current_version()
    assert receiver.versions == [version]
    assert f"Webbplatsen: told up to {version} of {version}" in capsys.readouterr().out


def wait_until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


# --- The thread, which sees only what is committed -------------------------------------------


@pytest.mark.django_db
@pytest.mark.skipif(
    connection.vendor != "postgresql",
    reason="The test database of SQLite is in the memory of one process.",
)
def test_a_thread_delivers_and_comes_again_while_the_editor_goes_on(
    database: Parallel,
    receiver: Receiver,
    use_backend: UseBackend,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    use_backend("django_tasks.backends.immediate.ImmediateBackend")
    monkeypatch.setattr("cms.webhooks.models.reader.FIRST_PAUSE", LITTLE)

    class ThreadOnTheCopy(DeliveryThread):
        def _deliver(self) -> float | None:
            connections["default"] = connections.create_connection("default")
            connections["default"].settings_dict = database.settings
            pause = super()._deliver()
            return None if pause is None else min(pause, 0.1)

    thread = ThreadOnTheCopy()
    monkeypatch.setattr(delivery_thread, "delivery_thread", thread)
    receiver.behaviour = lambda number: 503 if number <= 2 else 204

    def work() -> int:
        Endpoint.objects.create(
            name="Mottagaren", url=receiver.url, site=Site.objects.get(is_default_site=True)
        )
        ConcernFactory.create_batch(2)
        return current_version()

    end = database.run(work)
    wait_until(lambda: len(receiver.requests) == 4 and thread._thread is None)
    assert receiver.versions == [end - 1, end - 1, end - 1, end]
    database.run(lambda: ConcernFactory())
    wait_until(lambda: len(receiver.requests) == 5 and thread._thread is None)
