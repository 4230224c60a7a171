"""Processes that die while they deliver, at every step: nothing is lost, nothing is overtaken.

The processes are real ones, with connections of their own to a copy of the database, and are
killed as the kernel kills: nothing is tidied up.
"""

import os
import signal
import time
import warnings
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, connections
from django.db.models.signals import post_save
from django.utils import timezone
from wagtail.models import Site

from cms.journal.version import current_version
from cms.webhooks import endpoint_delivery, outbox
from cms.webhooks.endpoint_delivery import deliver
from cms.webhooks.models import Attempt, Delivery, Endpoint
from tests.factories import ConcernFactory
from tests.journal.parallel import Parallel
from tests.webhooks.receiver import Receiver, receiving

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        connection.vendor != "postgresql",
        reason="The test database of SQLite is in the memory of one process.",
    ),
]


def die(*args: Any, **kwargs: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def before_it_is_written() -> None:
    outbox._store = die


def before_sending() -> None:
    endpoint_delivery.send = die


def after_sending() -> None:
    endpoint_delivery._record_success = die


def while_the_result_is_written() -> None:
    post_save.connect(die, sender=Attempt, weak=False)


def before_the_cursor_is_committed() -> None:
    update = Endpoint.update_claimed

    def update_and_die(endpoint: Endpoint, **fields: Any) -> bool:
        update(endpoint, **fields)
        return bool(die())

    Endpoint.update_claimed = update_and_die


def after_the_cursor_is_committed() -> None:
    record_success = endpoint_delivery._record_success

    def record_and_die(*args: Any) -> bool:
        record_success(*args)
        return bool(die())

    endpoint_delivery._record_success = record_and_die


def in_another_process(database: Parallel, work: Callable[[], Any]) -> int:
    """Run a function in another process; return the signal that ended it, 0 for none."""
    with warnings.catch_warnings():
        # The receiver's threads are none of the child's business.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        # The parent's connections stay as they are: closing one would end it for the parent too.
        own = connections.create_connection("default")
        own.settings_dict = database.settings
        connections["default"] = own
        try:
            work()
        finally:
            os._exit(0)
    _child, status = os.waitpid(child, 0)
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0


def prepare(url: str) -> tuple[int, int]:
    """Create an endpoint and three changes; return its id and the first version."""
    Endpoint.objects.all().delete()
    endpoint = Endpoint.objects.create(
        name="Mottagaren", url=url, site=Site.objects.get(is_default_site=True)
    )
    ConcernFactory.create_batch(3)
    return endpoint.pk, current_version() - 2


def end_claims_and_pauses() -> None:
    """Let all claims and pauses expire."""
    past = timezone.now() - timedelta(seconds=1)
    Endpoint.objects.exclude(claimed_until=None).update(claimed_until=past)
    Endpoint.objects.update(next_attempt_at=None)


@pytest.mark.parametrize(
    ("step", "sent_twice"),
    [
        (before_it_is_written, False),
        (before_sending, False),
        (after_sending, True),
        (while_the_result_is_written, True),
        (before_the_cursor_is_committed, True),
        (after_the_cursor_is_committed, False),
    ],
)
def test_a_worker_that_is_killed_loses_nothing(
    database: Parallel, receiver: Receiver, step: Callable[[], None], sent_twice: bool
) -> None:
    pk, first = database.run(lambda: prepare(receiver.url))

    def deliver_and_die() -> None:
        step()
        deliver(pk)

    assert in_another_process(database, deliver_and_die) == signal.SIGKILL
    sent_by_the_dead = list(receiver.versions)
    # Nobody takes over before the claim of the dead has ended.
    database.run(lambda: deliver(pk))
    assert receiver.versions == sent_by_the_dead
    database.run(end_claims_and_pauses)
    database.run(lambda: deliver(pk))
    expected = [first, first + 1, first + 2]
    assert receiver.versions == ([first, *expected] if sent_twice else expected)
    ids = {request.event["data"]["version"]: set[str]() for request in receiver.requests}
    for request in receiver.requests:
        ids[request.event["data"]["version"]].add(request.id)
    assert [len(found) for found in ids.values()] == [1, 1, 1]
    states = database.run(lambda: list(Delivery.objects.values_list("state", flat=True)))
    assert states == ["delivered"] * 3


@pytest.mark.parametrize("answer", [None, 502])
def test_a_receiver_that_dies_with_a_message_gets_it_again(
    database: Parallel, answer: int | None
) -> None:
    with receiving() as receiver:
        receiver.behaviour = lambda number: 200 if number == 1 else answer
        pk, first = database.run(lambda: prepare(receiver.url))
        database.run(lambda: deliver(pk))
        assert receiver.versions == [first, first + 1]
    database.run(end_claims_and_pauses)
    assert database.run(lambda: deliver(pk)) is not None, "nobody is there"
    database.run(end_claims_and_pauses)
    with receiving(receiver.port) as risen:
        database.run(lambda: deliver(pk))
        assert risen.versions == [first + 1, first + 2]
    assert risen.requests[0].id == receiver.requests[1].id


def test_many_workers_deliver_each_message_once_and_in_order(
    database: Parallel, receiver: Receiver
) -> None:
    pk, first = database.run(lambda: prepare(receiver.url))
    writing = [database.start(lambda: ConcernFactory.create_batch(4)) for _writer in range(2)]

    def deliver_now_and_then() -> None:
        for _number in range(6):
            deliver(pk)
            time.sleep(0.02)

    working = [database.start(deliver_now_and_then) for _worker in range(3)]
    for future in (*writing, *working):
        future.result(60)
    database.run(lambda: deliver(pk))
    assert receiver.versions == list(range(first, first + 11))
