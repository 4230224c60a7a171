"""Sends single messages, signed by the rules of Standard Webhooks, and logs the attempts."""

from typing import Final

from django.utils import timezone
from standardwebhooks import Webhook

from cms.journal.version import current_version

from .http.client import TOTAL_SECONDS, HttpResult, post
from .models import Attempt, Delivery, DeliveryOrigin, DeliveryState, Endpoint
from .payload import body_of, test_event

# The time limit while a person waits for the result in the admin.
INTERACTIVE_SECONDS: Final = 5.0


def send(delivery: Delivery, seconds: float = TOTAL_SECONDS) -> HttpResult:
    """Post a message to its endpoint, without logging the attempt."""
    now = timezone.now()
    signatures = [
        Webhook(secret).sign(delivery.message_id, now, delivery.body)
        for secret in delivery.endpoint.secrets_in_use()
    ]
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Samtal-Webhooks/1",
        "webhook-id": delivery.message_id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": " ".join(signatures),
    }
    return post(delivery.endpoint.url, delivery.body.encode(), headers, seconds)


def log(delivery: Delivery, result: HttpResult, *, by_hand: bool = False) -> Attempt:
    """Store the result of an attempt."""
    return Attempt.objects.create(
        delivery=delivery,
        succeeded=result.succeeded,
        by_hand=by_hand,
        status=result.status,
        milliseconds=result.milliseconds,
        problem=result.problem,
        detail=result.detail,
        excerpt=result.excerpt,
    )


def send_test(endpoint: Endpoint) -> Attempt:
    """Send a message without a change to an endpoint and return the attempt."""
    event = test_event(current_version(), endpoint.site)
    delivery = Delivery.objects.create(
        endpoint=endpoint,
        origin=DeliveryOrigin.TEST.value,
        event_type=event.type.value,
        body=body_of(event),
    )
    return send_by_hand(delivery)


def send_by_hand(delivery: Delivery) -> Attempt:
    """Send a message out of order under its own id, and return the attempt.

    The endpoint's cursor stays in place: a message that was still pending is sent again in its
    turn.
    """
    result = send(delivery, INTERACTIVE_SECONDS)
    attempt = log(delivery, result, by_hand=True)
    state = DeliveryState.DELIVERED if result.succeeded else DeliveryState.FAILED
    if delivery.origin == DeliveryOrigin.TEST.value:
        Delivery.objects.filter(pk=delivery.pk).update(state=state.value)
    elif result.succeeded:
        skipped = Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.SKIPPED.value)
        skipped.update(state=state.value)
    return attempt
