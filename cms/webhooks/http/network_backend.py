"""Opens connections to public IP addresses only, with one deadline for the whole request."""

import socket
import ssl
import threading
import time
from collections.abc import Iterable
from concurrent.futures import Future
from ipaddress import ip_address
from typing import Any, Final

import httpcore2

from .networks import is_allowed

# One TLS record: a slow reader cannot prolong a single write of this size.
RECORD: Final = 16 * 1024


class PrivateHost(Exception):
    """The host is in a network that webhooks may not reach."""


class GuardedBackend(httpcore2.NetworkBackend):
    """Resolves a host, checks each of its IP addresses, and connects to one of them.

    It connects to an address that was checked, so a name that resolves to another address in
    between (DNS rebinding) gains nothing. TLS and the request still use the name.
    """

    def __init__(self, scheme: str, deadline: float) -> None:
        self._scheme = scheme
        self._deadline = deadline
        self._sockets = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        until = min(self._deadline, time.monotonic() + (timeout or float("inf")))
        addresses = _look_up(host, port, _left(until))
        for address in addresses:
            if not is_allowed(ip_address(address), self._scheme):
                raise PrivateHost(host if host == address else f"{host} ({address})")
        error: Exception = httpcore2.ConnectError(f"{host} has no address")
        for address in addresses:
            try:
                stream = self._sockets.connect_tcp(
                    address, port, _left(until), local_address, socket_options
                )
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as problem:
                error = problem
            else:
                return DeadlineStream(stream, self._deadline)
        raise error


class DeadlineStream(httpcore2.NetworkStream):
    """A stream whose reads and writes end at a deadline, however slow the other side is."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(self._deadline))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        for start in range(0, len(buffer), RECORD):
            self._stream.write(buffer[start : start + RECORD], _left(self._deadline))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore2.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, _left(self._deadline))
        return DeadlineStream(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _left(deadline: float) -> float:
    seconds = deadline - time.monotonic()
    if seconds <= 0:
        raise httpcore2.ConnectTimeout
    return seconds


def _look_up(host: str, port: int, seconds: float) -> list[str]:
    """Return every IP address of a host.

    `getaddrinfo` has no timeout, so it runs in a thread that is abandoned after the deadline.
    """
    found: Future[list[str]] = Future()

    def ask() -> None:
        try:
            answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            found.set_result(list(dict.fromkeys(str(answer[4][0]) for answer in answers)))
        except Exception as error:
            found.set_exception(error)

    threading.Thread(target=ask, daemon=True, name="look-up").start()
    try:
        return found.result(seconds)
    except TimeoutError:
        raise httpcore2.ConnectTimeout from None
    except (OSError, UnicodeError) as error:
        raise httpcore2.ConnectError(f"{host} cannot be found ({error})") from error
