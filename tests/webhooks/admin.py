"""Helpers that read and submit the pages of webhooks in the admin."""

from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms.webhooks.endpoint_delivery import deliver
from cms.webhooks.models import Delivery, Endpoint
from tests.factories import ConcernFactory
from tests.webhooks.receiver import Receiver


def url(name: str, *args: Any) -> str:
    return reverse(f"webhooks:{name}", args=args)


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def after(client: Client, address: str, **data: Any) -> str:
    """Return the page that is shown after a form was sent."""
    response = client.post(address, data, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def fail(endpoint: Endpoint, receiver: Receiver, *, stop: bool = False) -> Delivery:
    """Let a message fail; with `stop`, until the endpoint is switched off."""
    receiver.behaviour = lambda number: 503
    ConcernFactory()
    since = timezone.now() - timedelta(hours=25 if stop else 1)
    Endpoint.objects.filter(pk=endpoint.pk).update(failing_since=since)
    deliver(endpoint.pk)
    return endpoint.deliveries.get()
