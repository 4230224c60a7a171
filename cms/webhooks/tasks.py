"""Tasks that deliver and purge outside of requests: at once in this process, or by a worker."""

from datetime import datetime
from typing import Final

from django.db.models import Min, Q
from django.utils import timezone
from django_tasks import task, task_backends

from .endpoint_delivery import deliver
from .models import Endpoint, NetworkPurge
from .purging import is_configured, purge

ALIAS: Final = "webhooks"


@task(backend=ALIAS)
def deliver_to(endpoint_id: int) -> None:
    """Deliver to an endpoint; after a failure enqueue the next attempt."""
    again_at = deliver(endpoint_id)
    if again_at is not None and has_worker():
        deliver_to.using(run_after=again_at).enqueue(endpoint_id)


@task(backend=ALIAS)
def purge_network() -> None:
    """Purge the content delivery network, then enqueue the deliveries to endpoints.

    Enqueues the next attempt after a failure.
    """
    again_at = purge()
    if again_at is not None and has_worker():
        purge_network.using(run_after=again_at).enqueue()
    _enqueue_endpoints()


def has_worker() -> bool:
    """Return whether the task backend has a worker, which can also run tasks later."""
    return task_backends[ALIAS].supports_defer


def enqueue_due() -> None:
    """Enqueue a task for each endpoint that is due, or one for the network, which comes first."""
    if is_configured() and not NetworkPurge.objects.exclude(_due()).exists():
        purge_network.enqueue()
    else:
        _enqueue_endpoints()


def _enqueue_endpoints() -> None:
    for pk in Endpoint.objects.filter(_due(), active=True).values_list("pk", flat=True):
        deliver_to.enqueue(pk)


def _due() -> Q:
    return Q(next_attempt_at=None) | Q(next_attempt_at__lte=timezone.now())


def next_due() -> datetime | None:
    """Return the earliest time at which a pause after a failure ends, None where there is none."""
    times = [
        readers.aggregate(first=Min("next_attempt_at"))["first"]
        for readers in (Endpoint.objects.filter(active=True), NetworkPurge.objects.all())
    ]
    return min((time for time in times if time), default=None)
