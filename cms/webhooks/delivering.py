"""Telling an endpoint of everything that it has not heard of, one message after the other.

A message is written down, sent, and only then is the cursor moved, so whoever dies in between
leaves it to be sent again under the same id: every message arrives at least once, and none
before the one ahead of it.
"""

from datetime import datetime
from functools import partial
from http import HTTPStatus

from django.db import transaction
from django.utils import timezone

from .backoff import has_failed_for_long, next_attempt
from .http.client import Answer
from .models import Delivery, Endpoint, State
from .models.endpoint import Stop
from .notices import tell_of_stop
from .outbox import next_delivery, tellable_version
from .sending import log, send


def deliver(endpoint_id: int) -> datetime | None:
    """Send what an endpoint has not heard of, until it has all or an attempt fails.

    Gives when to try again where this call made the attempt that failed. Returns at once where
    somebody else delivers to the endpoint, and where a pause after a failure is not over.
    """
    endpoint = Endpoint.objects.select_related("site").filter(pk=endpoint_id).first()
    while endpoint is not None and _may_start(endpoint) and endpoint.take_claim():
        try:
            is_told = _deliver_in_turn(endpoint)
        finally:
            endpoint.leave_claim()
        if not is_told:
            return endpoint.next_attempt_at
        # Whoever came with a change while the claim was held has gone again.
        if endpoint.cursor >= tellable_version():
            return None
    return None


def _may_start(endpoint: Endpoint) -> bool:
    return endpoint.active and endpoint.is_due()


def _deliver_in_turn(endpoint: Endpoint) -> bool:
    """Whether there is nothing left to tell."""
    while _may_start(endpoint) and endpoint.renew_claim():
        delivery = next_delivery(endpoint)
        if delivery is None:
            return True
        answer = send(delivery)
        if answer.succeeded:
            if not _go_on(endpoint, delivery, answer):
                break
        else:
            _hold(endpoint, delivery, answer)
            break
        # Perhaps somebody has switched it off, or given it another address.
        endpoint.refresh_from_db()
    return False


@transaction.atomic
def _go_on(endpoint: Endpoint, delivery: Delivery, answer: Answer) -> bool:
    log(delivery, answer)
    Delivery.objects.filter(pk=delivery.pk).update(state=State.DELIVERED.value)
    return endpoint.update_claimed(
        cursor=delivery.version, failures=0, failing_since=None, next_attempt_at=None
    )


@transaction.atomic
def _hold(endpoint: Endpoint, delivery: Delivery, answer: Answer) -> None:
    """Leave the cursor where it is; nothing behind this message is sent before it."""
    attempt = log(delivery, answer)
    failures, since = endpoint.failures + 1, endpoint.failing_since or timezone.now()
    again_at: datetime | None = next_attempt(failures, answer.retry_after)
    stop = _reason_to_stop(answer, since)
    fields = {}
    if stop:
        again_at = None
        fields = {"active": False, "stopped_at": timezone.now(), "stopped_because": stop.value}
    if endpoint.update_claimed(
        failures=failures, failing_since=since, next_attempt_at=again_at, **fields
    ):
        state = State.FAILED if stop else State.WAITING
        Delivery.objects.filter(pk=delivery.pk).update(state=state.value)
        if stop:
            transaction.on_commit(partial(tell_of_stop, endpoint, attempt), robust=True)


def _reason_to_stop(answer: Answer, failing_since: datetime) -> Stop | None:
    # "410 Gone" is how a receiver unsubscribes, by the rules of Standard Webhooks.
    if answer.status == HTTPStatus.GONE:
        return Stop.GONE
    return Stop.FAILED if has_failed_for_long(failing_since) else None
