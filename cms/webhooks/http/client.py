"""Posts to URLs that people have typed, with no access to private networks and with a deadline.

Follows no redirect, uses no proxy of the environment, and keeps no connection between requests.
"""

import re
import time
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import httpcore2
from django.utils.translation import gettext as _

from .network_backend import GuardedBackend, PrivateHost

CONNECT_SECONDS: Final = 5.0
TOTAL_SECONDS: Final = 15.0
EXCERPT_BYTES: Final = 400
ERROR_NUMBER: Final = re.compile(r"^\[Errno -?\d+\] ")


class SendProblem(StrEnum):
    """The kind of failure of a request; `describe` puts it in words."""

    STATUS = "status"
    REDIRECT = "redirect"
    TIMEOUT = "timeout"
    INSIDE = "inside"
    CONNECTION = "connection"


@dataclass(frozen=True)
class HttpResult:
    """The result of a request: the status, or the problem and detail as `describe` takes them."""

    status: int | None
    milliseconds: int
    problem: str = ""
    detail: str = ""
    excerpt: str = ""
    retry_after: int | None = None

    @property
    def succeeded(self) -> bool:
        return not self.problem


def post(
    url: str, body: bytes, headers: dict[str, str], seconds: float = TOTAL_SECONDS
) -> HttpResult:
    """Post a body and return the result, also of a failure of the other side.

    Takes a URL that `validate_url` has accepted, and the seconds that the whole request may
    take, from looking up the host to reading the answer.
    """
    start = time.monotonic()
    status, problem, detail, excerpt, retry_after = None, "", "", "", None
    backend = GuardedBackend(url.partition(":")[0].lower(), start + seconds)
    timeout = {"connect": min(CONNECT_SECONDS, seconds), "read": seconds, "write": seconds}
    try:
        with (
            httpcore2.ConnectionPool(network_backend=backend, max_connections=1) as pool,
            pool.stream(
                "POST",
                url,
                headers=[*headers.items()],
                content=body,
                extensions={"timeout": timeout},
            ) as response,
        ):
            status = response.status
            retry_after = _retry_after(response.headers)
            excerpt = _excerpt(response)
    except PrivateHost as host:
        problem, detail = SendProblem.INSIDE, str(host)
    except httpcore2.TimeoutException:
        problem, detail = SendProblem.TIMEOUT, f"{seconds:.0f}"
    except (httpcore2.NetworkError, httpcore2.ProtocolError, OSError, ValueError) as error:
        problem = SendProblem.CONNECTION
        detail = ERROR_NUMBER.sub("", str(error)) or type(error).__name__
    if status is not None:
        # An answer that breaks off after its headers counts as an answer.
        problem, detail = _problem_of(status), ""
    milliseconds = round((time.monotonic() - start) * 1000)
    return HttpResult(status, milliseconds, problem, _printable(detail)[:300], excerpt, retry_after)


def describe(problem: str, status: int | None, detail: str) -> str:
    """Return a problem in words of the active language; empty where there is none.

    Takes the problem, the HTTP status and the detail: seconds that passed, a host in a private
    network, or the message of the system.
    """
    if problem == SendProblem.STATUS:
        return f"HTTP {status}"
    if problem == SendProblem.REDIRECT:
        return _("HTTP %(status)s: redirects are not followed") % {"status": status}
    if problem == SendProblem.TIMEOUT:
        return _("no answer within %(seconds)s seconds") % {"seconds": detail}
    if problem == SendProblem.INSIDE:
        return _("%(host)s is in a private network") % {"host": detail}
    return detail


def _problem_of(status: int) -> str:
    if 200 <= status < 300:
        return ""
    return SendProblem.REDIRECT if 300 <= status < 400 else SendProblem.STATUS


def _retry_after(headers: list[tuple[bytes, bytes]]) -> int | None:
    value = next((value for name, value in headers if name.lower() == b"retry-after"), b"")
    return int(value) if value.isdigit() and len(value) < 8 else None


def _excerpt(response: httpcore2.Response) -> str:
    found = b""
    try:
        for part in response.iter_stream():
            found += part[:EXCERPT_BYTES]
            if len(found) >= EXCERPT_BYTES:
                break
    except (httpcore2.TimeoutException, httpcore2.NetworkError, httpcore2.ProtocolError):
        pass
    return _printable(found[:EXCERPT_BYTES].decode(errors="replace"))


def _printable(text: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in text).strip()
