"""One sending of a message, signed by the rules of Standard Webhooks."""

from typing import Final

from django.utils import timezone
from standardwebhooks import Webhook

from cms.journal.version import current_version

from .http.client import TOTAL_SECONDS, Answer, post
from .models import Attempt, Delivery, Endpoint, Origin, State
from .payload import body_of, test_event

# While somebody waits for the result in the admin.
PATIENCE_SECONDS: Final = 5.0


def send(delivery: Delivery, seconds: float = TOTAL_SECONDS) -> Answer:
    """Post a message to its endpoint; writes nothing."""
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


def log(delivery: Delivery, answer: Answer, *, by_hand: bool = False) -> Attempt:
    """Write down what came of a sending."""
    return Attempt.objects.create(
        delivery=delivery,
        succeeded=answer.succeeded,
        by_hand=by_hand,
        status=answer.status,
        milliseconds=answer.milliseconds,
        problem=answer.problem,
        detail=answer.detail,
        excerpt=answer.excerpt,
    )


def send_test(endpoint: Endpoint) -> Attempt:
    """Send a message that says nothing has changed; gives what came of it."""
    event = test_event(current_version(), endpoint.site)
    delivery = Delivery.objects.create(
        endpoint=endpoint,
        origin=Origin.TEST.value,
        event_type=event.type.value,
        body=body_of(event),
    )
    return send_by_hand(delivery)


def send_by_hand(delivery: Delivery) -> Attempt:
    """Send a message out of turn, under the id that it has, and leave the endpoint's order alone.

    Gives what came of it. A message that is still on its way will come again in its turn.
    """
    answer = send(delivery, PATIENCE_SECONDS)
    attempt = log(delivery, answer, by_hand=True)
    state = State.DELIVERED if answer.succeeded else State.FAILED
    if delivery.origin == Origin.TEST.value:
        Delivery.objects.filter(pk=delivery.pk).update(state=state.value)
    elif answer.succeeded:
        skipped = Delivery.objects.filter(pk=delivery.pk, state=State.SKIPPED.value)
        skipped.update(state=state.value)
    return attempt
