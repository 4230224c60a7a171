"""How far the slowest readers have come: the journal keeps what they have yet to be told."""

from django.db.models import Min

from .models import Endpoint, NetworkPurge
from .purging import is_configured


def slowest_endpoint() -> int | None:
    """The lowest cursor of all webhooks, those included that are switched off for a while."""
    return Endpoint.objects.aggregate(lowest=Min("cursor"))["lowest"]


def slowest_network() -> int | None:
    if not is_configured():
        return None
    return NetworkPurge.objects.aggregate(lowest=Min("cursor"))["lowest"]
