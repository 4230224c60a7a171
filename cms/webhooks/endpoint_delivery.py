"""Delivers the messages of one endpoint in order, each at least once.

A message is stored, sent, and only then is the cursor moved. A process that dies in between leaves
the message to be sent again under the same id, and no message overtakes an earlier one.
"""

from datetime import datetime
from http import HTTPStatus

from django.db import transaction
from django.utils import timezone

from cms.core.after_commit import after_commit

from .http.client import HttpResult
from .models import Delivery, DeliveryState, Endpoint
from .models.endpoint import StopReason
from .models.reader import has_failed_too_long, next_attempt_time
from .notices import send_stop_email
from .outbox import next_delivery, tellable_version
from .sender import log, send


def deliver(endpoint_id: int) -> datetime | None:
    """Send the endpoint's pending messages until none is left or an attempt fails.

    Returns the time of the next attempt where an attempt of this call failed, otherwise None.
    Returns at once while another process delivers to the endpoint, and during the pause after a
    failure.
    """
    endpoint = Endpoint.objects.select_related("site").filter(pk=endpoint_id).first()
    while endpoint is not None and _may_start(endpoint) and endpoint.take_claim():
        try:
            is_up_to_date = _deliver_pending(endpoint)
        finally:
            endpoint.release_claim()
        if not is_up_to_date:
            return endpoint.next_attempt_at
        # A process with a newer change may have found the claim taken, and given up.
        if endpoint.cursor >= tellable_version():
            return None
    return None


def _may_start(endpoint: Endpoint) -> bool:
    return endpoint.active and endpoint.is_due()


def _deliver_pending(endpoint: Endpoint) -> bool:
    """Send messages in order; return whether none is left."""
    while _may_start(endpoint) and endpoint.renew_claim():
        delivery = next_delivery(endpoint)
        if delivery is None:
            return True
        result = send(delivery)
        if result.succeeded:
            if not _record_success(endpoint, delivery, result):
                break
        else:
            _record_failure(endpoint, delivery, result)
            break
        # An editor may have switched it off or changed its address meanwhile.
        endpoint.refresh_from_db()
    return False


@transaction.atomic
def _record_success(endpoint: Endpoint, delivery: Delivery, result: HttpResult) -> bool:
    log(delivery, result)
    Delivery.objects.filter(pk=delivery.pk).update(state=DeliveryState.DELIVERED.value)
    return endpoint.update_claimed(
        cursor=delivery.version, failures=0, failing_since=None, next_attempt_at=None
    )


@transaction.atomic
def _record_failure(endpoint: Endpoint, delivery: Delivery, result: HttpResult) -> None:
    """Leave the cursor in place, so that no later message is sent before this one."""
    attempt = log(delivery, result)
    failures, since = endpoint.failures + 1, endpoint.failing_since or timezone.now()
    again_at: datetime | None = next_attempt_time(failures, result.retry_after)
    stop = _reason_to_stop(result, since)
    fields = {}
    if stop:
        again_at = None
        fields = {"active": False, "stopped_at": timezone.now(), "stopped_because": stop.value}
    if endpoint.update_claimed(
        failures=failures, failing_since=since, next_attempt_at=again_at, **fields
    ):
        state = DeliveryState.FAILED if stop else DeliveryState.WAITING
        Delivery.objects.filter(pk=delivery.pk).update(state=state.value)
        if stop:
            after_commit(send_stop_email, endpoint, attempt)


def _reason_to_stop(result: HttpResult, failing_since: datetime) -> StopReason | None:
    # A receiver unsubscribes with "410 Gone", by the rules of Standard Webhooks.
    if result.status == HTTPStatus.GONE:
        return StopReason.GONE
    return StopReason.FAILED if has_failed_too_long(failing_since) else None
