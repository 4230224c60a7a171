"""Decides which IP addresses webhooks may reach: those of the public Internet."""

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_network
from typing import Final

from django.conf import settings

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

# Networks that `is_global` accepts in some versions of Python, and addresses that contain an IPv4
# address, which may be a private one (IANA's special-purpose address registries; RFC 6052, 3056,
# 4380).
NEVER: Final[Sequence[Network]] = [
    ip_network(network)
    for network in (
        "0.0.0.0/8",
        "100.64.0.0/10",
        "192.0.0.0/24",
        "192.88.99.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
        "::/96",
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "100::/64",
        "2001::/23",
        "2002::/16",
        "3fff::/20",
        "5f00::/16",
        "fec0::/10",
        "ff00::/8",
    )
]


def private_networks() -> list[Network]:
    """Return the networks that a setting opens, for development and for internal receivers."""
    return [ip_network(network) for network in settings.WEBHOOK_PRIVATE_NETWORKS]


def is_allowed(address: Address, scheme: str) -> bool:
    """Return whether webhooks may connect to an address; http only in networks of the setting."""
    mapped = getattr(address, "ipv4_mapped", None)
    if mapped is not None:
        address = mapped
    if _is_in(address, private_networks()):
        return True
    return scheme == "https" and address.is_global and not _is_in(address, NEVER)


def _is_in(address: Address, networks: Sequence[Network]) -> bool:
    return any(address in network for network in networks if network.version == address.version)
