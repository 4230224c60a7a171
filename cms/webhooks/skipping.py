"""Leaving out a message that cannot be delivered."""

from .models import Delivery, Endpoint, Origin, State
from .outbox import PENDING


class Busy(Exception):
    """Somebody is delivering to the endpoint just now."""


def skip_pending(endpoint: Endpoint) -> Delivery | None:
    """Set the message aside that holds the others up, and switch the endpoint on.

    Gives the message, None where nothing waits. Raises Busy while another process delivers.
    """
    if not endpoint.take_claim():
        raise Busy
    try:
        pending = endpoint.deliveries.filter(origin=Origin.CHANGE.value, state__in=PENDING)
        delivery: Delivery | None = pending.first()
        endpoint.forget_failures()
        endpoint.active = True
        if delivery is not None:
            endpoint.update_claimed(cursor=max(endpoint.cursor, delivery.version or 0))
            pending.update(state=State.SKIPPED.value)
        endpoint.save()
    finally:
        endpoint.leave_claim()
    return delivery
