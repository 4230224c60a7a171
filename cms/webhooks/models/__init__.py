"""Models of endpoints, of the messages sent to them, and of purges of the network."""

from .delivery import Attempt, Delivery, DeliveryOrigin, DeliveryState
from .endpoint import Endpoint, new_secret
from .network import KnownAddress, NetworkPurge
from .reader import JournalReader

__all__ = [
    "Attempt",
    "Delivery",
    "DeliveryOrigin",
    "DeliveryState",
    "Endpoint",
    "JournalReader",
    "KnownAddress",
    "NetworkPurge",
    "new_secret",
]
