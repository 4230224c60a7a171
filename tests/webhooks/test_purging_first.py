"""Tests that webhooks are sent after the network was purged, with a limit to the wait."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks import task_backends
from pytest_django.fixtures import Settings

from cms.journal.models import ContentChange, JournalCounter
from cms.journal.version import current_version
from cms.webhooks.endpoint_delivery import deliver
from cms.webhooks.models import Endpoint, NetworkPurge
from cms.webhooks.purging import purge
from cms.webhooks.purging.purger import MAX_WAIT
from cms.webhooks.tasks import enqueue_due, next_due
from tests.webhooks.conftest import MakePage
from tests.webhooks.network import Network, end_the_pause
from tests.webhooks.receiver import Receiver


@pytest.fixture
def at_once(settings: Settings) -> Iterator[None]:
    """Run tasks as soon as they are enqueued."""
    before = settings.TASKS
    settings.TASKS = {
        **before,
        "webhooks": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    }
    forget_task_backends()
    yield
    settings.TASKS = before
    forget_task_backends()


def forget_task_backends() -> None:
    task_backends.__dict__.pop("settings", None)
    if hasattr(task_backends._connections, "webhooks"):
        del task_backends._connections.webhooks


def test_the_network_is_told_before_anybody_who_reads_again(
    network: type[Network],
    endpoint: Endpoint,
    receiver: Receiver,
    make_page: MakePage,
    at_once: None,
) -> None:
    heard_before_purge: list[int] = []
    network.before = staticmethod(lambda: heard_before_purge.append(len(receiver.requests)))
    make_page("sida")
    enqueue_due()
    assert set(heard_before_purge) == {0}
    assert receiver.versions[-1] == current_version()
    call_command("deliver_webhooks", verbosity=0)
    make_page("senare")
    told = len(receiver.requests)
    heard_before_purge.clear()
    call_command("deliver_webhooks", verbosity=0)
    assert set(heard_before_purge) == {told}
    assert receiver.versions[-1] == current_version()


def test_webhooks_wait_for_a_network_that_fails(
    network: type[Network],
    endpoint: Endpoint,
    receiver: Receiver,
    make_page: MakePage,
    at_once: None,
) -> None:
    def fail() -> None:
        raise ConnectionError("away")

    start = current_version()
    network.before = staticmethod(fail)
    make_page("sida")
    enqueue_due()
    enqueue_due()
    assert receiver.requests == []
    assert next_due() is not None, "somebody comes again"
    network.before = staticmethod(lambda: None)
    end_the_pause()
    enqueue_due()
    assert receiver.versions == list(range(start + 1, current_version() + 1))

    network.before = staticmethod(fail)
    make_page("senare")
    NetworkPurge.objects.update(failing_since=timezone.now() - MAX_WAIT, next_attempt_at=None)
    enqueue_due()
    assert receiver.versions[-1] == current_version(), "but not for ever"


def test_a_fault_in_the_purge_itself_is_no_reason_to_stay_silent(
    network: type[Network],
    endpoint: Endpoint,
    receiver: Receiver,
    make_page: MakePage,
    settings: Settings,
) -> None:
    settings.WAGTAILFRONTENDCACHE = {"test": {"BACKEND": "no.such.Backend"}}
    make_page("sida")
    call_command("deliver_webhooks", verbosity=0)
    assert receiver.requests == []
    NetworkPurge.objects.update(failing_since=timezone.now() - MAX_WAIT)
    call_command("deliver_webhooks", verbosity=0)
    assert receiver.versions[-1] == current_version()


def test_webhooks_wait_for_a_network_that_is_slow(
    network: type[Network],
    endpoint: Endpoint,
    receiver: Receiver,
    make_page: MakePage,
    at_once: None,
) -> None:
    """Another process purges the network, or has died while it did."""
    make_page("sida")
    NetworkPurge.objects.update(claim="x", claimed_until=timezone.now() + timedelta(seconds=45))
    enqueue_due()
    call_command("deliver_webhooks", verbosity=0)
    assert receiver.requests == []
    NetworkPurge.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    call_command("deliver_webhooks", verbosity=0)
    assert "http://testserver/sida/" in Network.heard
    assert receiver.versions[-1] == current_version()


def test_a_crash_between_both_loses_nothing(
    network: type[Network],
    endpoint: Endpoint,
    receiver: Receiver,
    make_page: MakePage,
) -> None:
    make_page("sida")
    purge()
    Network.heard.clear()
    call_command("deliver_webhooks", verbosity=0)
    assert Network.heard == []
    assert receiver.versions[-1] == current_version()


def test_everything_is_read_again_only_when_it_is_dropped(
    network: type[Network],
    endpoint: Endpoint,
    receiver: Receiver,
    make_page: MakePage,
    at_once: None,
) -> None:
    make_page("sida")
    ContentChange.objects.all().delete()
    JournalCounter.objects.update(floor=current_version())
    NetworkPurge.objects.update(claim="x", claimed_until=timezone.now() + timedelta(seconds=45))
    enqueue_due()
    assert receiver.requests == []
    NetworkPurge.objects.update(claimed_until=None)
    enqueue_due()
    assert [event["type"] for event in receiver.events] == ["content.reset"]


def test_an_old_purge_holds_nothing_that_was_told_before(
    network: type[Network],
    endpoint: Endpoint,
    receiver: Receiver,
    make_page: MakePage,
) -> None:
    """A network is configured when a message has already failed: the message keeps its id."""
    receiver.behaviour = lambda number: 500 if number == 1 else 204
    make_page("sida")
    purge()
    assert deliver(endpoint.pk) is not None
    Endpoint.objects.update(next_attempt_at=None)
    NetworkPurge.objects.update(cursor=-1, claimed_until=timezone.now() + timedelta(seconds=45))
    deliver(endpoint.pk)
    NetworkPurge.objects.update(claimed_until=None)
    call_command("deliver_webhooks", verbosity=0)
    assert receiver.requests[0].id == receiver.requests[1].id
