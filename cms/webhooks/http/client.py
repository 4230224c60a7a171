"""Posting to an address that somebody typed: nothing inside is reached, and nothing takes long.

No redirect is followed, no proxy of the environment is used, and nothing is kept between two
requests.
"""

import re
import time
from dataclasses import dataclass
from typing import Final

import httpcore2

from .network_backend import GuardedBackend, Inside
from .problems import Problem

CONNECT_SECONDS: Final = 5.0
TOTAL_SECONDS: Final = 15.0
# Of an answer, only its beginning is of interest.
EXCERPT_BYTES: Final = 400
ERROR_NUMBER: Final = re.compile(r"^\[Errno -?\d+\] ")


@dataclass(frozen=True)
class Answer:
    """What came of a request: the status of an answer, and what is wrong, as `describe` says."""

    status: int | None
    milliseconds: int
    problem: str = ""
    detail: str = ""
    excerpt: str = ""
    retry_after: int | None = None

    @property
    def succeeded(self) -> bool:
        return not self.problem


def post(url: str, body: bytes, headers: dict[str, str], seconds: float = TOTAL_SECONDS) -> Answer:
    """Send a body; never raises for what the other side does.

    Takes an address that `validate_url` has accepted, and how many seconds all may take
    together, looking up the name and the handshakes included.
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
    except Inside as inside:
        problem, detail = Problem.INSIDE, str(inside)
    except httpcore2.TimeoutException:
        problem, detail = Problem.TIMEOUT, f"{seconds:.0f}"
    except (httpcore2.NetworkError, httpcore2.ProtocolError, OSError, ValueError) as error:
        problem = Problem.CONNECTION
        detail = ERROR_NUMBER.sub("", str(error)) or type(error).__name__
    if status is not None:
        # An answer that breaks off after its head is an answer.
        problem, detail = _meaning(status), ""
    milliseconds = round((time.monotonic() - start) * 1000)
    return Answer(status, milliseconds, problem, _printable(detail)[:300], excerpt, retry_after)


def _meaning(status: int) -> str:
    if 200 <= status < 300:
        return ""
    return Problem.REDIRECT if 300 <= status < 400 else Problem.STATUS


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
