"""Who is told of changes, how far they have come, and what was sent to them."""

from .delivery import Attempt, Delivery, Origin, State
from .endpoint import Endpoint, new_secret
from .network import KnownAddress, NetworkPurge
from .reader import JournalReader

__all__ = [
    "Attempt",
    "Delivery",
    "Endpoint",
    "JournalReader",
    "KnownAddress",
    "NetworkPurge",
    "Origin",
    "State",
    "new_secret",
]
