"""Tests failing receivers: nothing is lost, the order holds, an e-mail after a day."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from cms.journal.models import ContentChange, JournalCounter
from cms.journal.version import current_version
from cms.webhooks.endpoint_delivery import deliver
from cms.webhooks.models import DeliveryState, Endpoint
from cms.webhooks.models.reader import LONGEST_PAUSE, next_attempt_time
from cms.webhooks.outbox import EndpointBusy, skip_pending
from tests.factories import ConcernFactory
from tests.webhooks.conftest import MakePage
from tests.webhooks.receiver import Receiver, receiving


def end_the_pause(endpoint: Endpoint) -> None:
    Endpoint.objects.filter(pk=endpoint.pk).update(next_attempt_at=None)


def let_fail_since_yesterday(endpoint: Endpoint) -> None:
    Endpoint.objects.filter(pk=endpoint.pk).update(
        failing_since=timezone.now() - timedelta(hours=25), next_attempt_at=None
    )


@pytest.mark.parametrize("answer", [500, 404, 301, None])
def test_a_failed_message_is_sent_again_under_its_id_and_before_all_others(
    endpoint: Endpoint, receiver: Receiver, answer: int | None
) -> None:
    ConcernFactory.create_batch(3)
    receiver.behaviour = lambda number: answer if number <= 2 else 204
    again_at = deliver(endpoint.pk)
    assert again_at is not None
    assert len(receiver.requests) == 1
    assert deliver(endpoint.pk) is None
    assert len(receiver.requests) == 1, "nothing is sent before the pause is over"
    end_the_pause(endpoint)
    deliver(endpoint.pk)
    end_the_pause(endpoint)
    assert deliver(endpoint.pk) is None
    end = current_version()
    assert receiver.versions == [end - 2, end - 2, end - 2, end - 1, end]
    assert len({request.id for request in receiver.requests[:3]}) == 1
    endpoint.refresh_from_db()
    assert (endpoint.cursor, endpoint.failures, endpoint.failing_since) == (end, 0, None)
    first = endpoint.deliveries.get(version=end - 2)
    assert [attempt.succeeded for attempt in first.attempts.all()] == [False, False, True]


def test_a_receiver_that_is_not_there_gets_all_when_it_is_back(
    endpoint: Endpoint, make_page: MakePage
) -> None:
    with receiving() as receiver:
        port = receiver.port
    Endpoint.objects.filter(pk=endpoint.pk).update(url=receiver.url)
    make_page("sida")
    deliver(endpoint.pk)
    attempt = endpoint.deliveries.get().attempts.get()
    assert (attempt.succeeded, attempt.status) == (False, None)
    assert "refused" in attempt.error
    end_the_pause(endpoint)
    with receiving(port) as receiver:
        deliver(endpoint.pk)
    assert len(receiver.events) == 1


def test_pauses_grow_to_an_hour_and_a_receiver_can_ask_for_more() -> None:
    def pause(failures: int, asked: int | None = None) -> float:
        return (next_attempt_time(failures, asked) - timezone.now()).total_seconds()

    assert 2 < pause(1) <= 5
    assert 19 < pause(4) <= 40
    assert 1799 < pause(500) <= 3600
    assert 119 < pause(1, 120) <= 120
    assert pause(1, 10**6) <= LONGEST_PAUSE.total_seconds()


def test_a_receiver_that_asks_to_wait_is_left_alone(
    endpoint: Endpoint, receiver: Receiver, make_page: MakePage
) -> None:
    make_page("sida")
    receiver.behaviour = lambda number: (429, {"Retry-After": "600"})
    again_at = deliver(endpoint.pk)
    assert again_at is not None
    assert again_at > timezone.now() + timedelta(minutes=9)


def test_after_a_day_the_endpoint_is_switched_off_and_people_are_told(
    endpoint: Endpoint,
    receiver: Receiver,
    make_page: MakePage,
    django_capture_on_commit_callbacks: Any,
) -> None:
    make_page("sida")
    receiver.behaviour = lambda number: 503
    deliver(endpoint.pk)
    let_fail_since_yesterday(endpoint)
    with django_capture_on_commit_callbacks(execute=True):
        assert deliver(endpoint.pk) is None
    endpoint.refresh_from_db()
    assert (endpoint.active, endpoint.stopped_because) == (False, "failed")
    assert endpoint.deliveries.get().state == DeliveryState.FAILED.value
    (message,) = mail.outbox
    assert message.to == ["admin@samtal.example"]
    assert "Webbplatsen" in message.subject
    assert "HTTP 503" in message.body
    assert f"/admin/webhooks/edit/{endpoint.pk}/" in message.body


def test_switched_on_again_it_hears_of_all_that_it_has_missed(
    endpoint: Endpoint, receiver: Receiver, make_page: MakePage
) -> None:
    make_page("sida")
    receiver.behaviour = lambda number: 503 if number <= 2 else 204
    deliver(endpoint.pk)
    let_fail_since_yesterday(endpoint)
    deliver(endpoint.pk)
    make_page("senare")
    assert deliver(endpoint.pk) is None
    assert len(receiver.requests) == 2
    endpoint.refresh_from_db()
    endpoint.active = True
    endpoint.forget_failures()
    endpoint.save()
    deliver(endpoint.pk)
    end = current_version()
    assert receiver.versions == [end - 1, end - 1, end - 1, end]
    assert len({request.id for request in receiver.requests}) == 2


def test_a_message_can_be_skipped(
    endpoint: Endpoint, receiver: Receiver, make_page: MakePage
) -> None:
    make_page("sida")
    make_page("senare")
    receiver.behaviour = lambda number: 400 if number == 1 else 204
    deliver(endpoint.pk)
    endpoint.refresh_from_db()
    assert skip_pending(endpoint) is not None
    deliver(endpoint.pk)
    end = current_version()
    assert receiver.versions == [end - 1, end]
    assert endpoint.deliveries.get(version=end - 1).state == DeliveryState.SKIPPED.value


def test_nothing_is_skipped_while_somebody_delivers(endpoint: Endpoint) -> None:
    assert endpoint.take_claim()
    other = Endpoint.objects.get(pk=endpoint.pk)
    with pytest.raises(EndpointBusy):
        skip_pending(other)


def test_gone_means_no_more_at_once(
    endpoint: Endpoint, receiver: Receiver, make_page: MakePage
) -> None:
    make_page("sida")
    receiver.behaviour = lambda number: 410
    assert deliver(endpoint.pk) is None
    endpoint.refresh_from_db()
    assert (endpoint.active, endpoint.stopped_because) == (False, "gone")


def test_what_is_not_public_any_more_is_not_told_when_it_is_tried_again(
    endpoint: Endpoint, receiver: Receiver, make_page: MakePage
) -> None:
    page = make_page("sida")
    receiver.behaviour = lambda number: 500 if number == 1 else 204
    deliver(endpoint.pk)
    page.unpublish()
    end_the_pause(endpoint)
    deliver(endpoint.pk)
    assert [event["type"] for event in receiver.events] == [
        "content.published",
        "content.unpublished",
    ]
    states = {delivery.event_type: delivery.state for delivery in endpoint.deliveries.all()}
    assert states == {"content.published": "skipped", "content.unpublished": "delivered"}


def test_who_missed_what_was_forgotten_is_told_to_read_everything_again(
    endpoint: Endpoint, receiver: Receiver, make_page: MakePage
) -> None:
    ConcernFactory()
    version = current_version()
    JournalCounter.objects.update(floor=version)
    ContentChange.objects.all().delete()
    receiver.behaviour = lambda number: 500 if number == 1 else 204
    deliver(endpoint.pk)
    end_the_pause(endpoint)
    deliver(endpoint.pk)
    assert [event["type"] for event in receiver.events] == ["content.reset"] * 2
    assert len({request.id for request in receiver.requests}) == 1
    assert receiver.versions == [version, version]
    make_page("sida")
    deliver(endpoint.pk)
    assert receiver.versions[2:] == [version + 1]


def test_the_journal_waits_for_slow_endpoints_up_to_a_time(endpoint: Endpoint) -> None:
    start = current_version()
    ConcernFactory()

    def kept(**options: int) -> bool:
        call_command("prune_journal", verbosity=0, days=0, **options)
        return ContentChange.objects.filter(version=start + 1).exists()

    assert kept()
    assert not ContentChange.objects.filter(version__lte=start).exists()
    ContentChange.objects.update(time=timezone.now() - timedelta(days=181))
    assert kept(hold_days=200)
    assert not kept()


def test_the_log_is_pruned_but_for_what_is_on_its_way(
    endpoint: Endpoint, receiver: Receiver, make_page: MakePage
) -> None:
    make_page("sida")
    make_page("senare")
    receiver.behaviour = lambda number: 204 if number == 1 else 500
    deliver(endpoint.pk)
    endpoint.deliveries.update(created_at=timezone.now() - timedelta(days=31))
    call_command("prune_webhooks", verbosity=0, days=32)
    assert endpoint.deliveries.count() == 2
    call_command("prune_webhooks", verbosity=0)
    assert [delivery.state for delivery in endpoint.deliveries.all()] == [
        DeliveryState.WAITING.value
    ]
