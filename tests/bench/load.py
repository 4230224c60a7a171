"""Load by wrk: short runs of all contenders in turn, so that a busy moment meets them alike."""

import re
import statistics
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from .machine import say
from .servers import HEADERS, Server

CONNECTIONS = 8
# For percentiles there are so many that the median of their waiting is longer than a turn that the
# kernel gives a process: otherwise the last percentile tells of the kernel's turns alone.
CONNECTIONS_FOR_PERCENTILES = 32
AT_RANDOM = Path(__file__).with_name("random.lua")
UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


@dataclass
class Row:
    """One contender: an address of a server, and the requests per second of each round.

    With `addresses`, a file of many, each request is for another one at random.
    """

    name: str
    server: Server
    path: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    addresses: Path | None = None
    # Where pages are withdrawn meanwhile.
    may_fail: bool = False
    rates: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        return statistics.median(self.rates)


def alternate(rows: Sequence[Row], *, rounds: int, seconds: float) -> None:
    """Measure all rows in turn, several times over."""
    for row in rows:
        _wrk(row, min(1, seconds))
    for number in range(rounds):
        for row in rows:
            row.rates.append(rate(row, seconds))
            say(f"round {number + 1} of {rounds}: {row.name} {row.rates[-1]:.0f}/s")
    say("")


def rate(row: Row, seconds: float) -> float:
    """The requests per second of one run."""
    output = _wrk(row, seconds)
    found = re.search(r"^Requests/sec:\s+([\d.]+)", output, re.MULTILINE)
    if not found:
        sys.exit(f"wrk says nothing of use:\n{output}")
    return float(found[1])


def percentiles(
    row: Row, seconds: float, connections: int = CONNECTIONS_FOR_PERCENTILES
) -> tuple[float, float]:
    """The median and the 99th percentile of a row's times, in milliseconds."""
    output = _wrk(row, seconds, connections)
    found = dict(re.findall(r"^\s+(50|99)%\s+([\d.]+(?:us|ms|s))\b", output, re.MULTILINE))
    return _milliseconds(found["50"]), _milliseconds(found["99"])


@contextmanager
def readers(row: Row) -> Iterator[None]:
    """Readers that go on until the block ends, ten minutes at most."""
    process = subprocess.Popen(_command(row, 600, CONNECTIONS), stdout=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.terminate()
        process.wait(20)


def _command(row: Row, seconds: float, connections: int) -> list[str]:
    headers = {**HEADERS, **row.headers}
    at_random = row.addresses is not None
    return [
        *("wrk", "--threads", "1", "--connections", str(connections), "--latency"),
        *("--timeout", "20s", "--duration", f"{max(1, round(seconds))}s"),
        *(part for name, value in headers.items() for part in ("--header", f"{name}: {value}")),
        *(("--script", str(AT_RANDOM)) if at_random else ()),
        f"http://127.0.0.1:{row.server.port}{row.path}",
        *(("--", str(row.addresses)) if at_random else ()),
    ]


def _wrk(row: Row, seconds: float, connections: int = CONNECTIONS) -> str:
    done = subprocess.run(
        _command(row, seconds, connections),
        capture_output=True,
        text=True,
        timeout=seconds + 60,
        check=True,
    )
    if "Non-2xx" in done.stdout and not row.may_fail:
        sys.exit(f"{row.name}: some answers are errors\n{done.stdout}")
    return done.stdout


def _milliseconds(text: str) -> float:
    number, unit = re.fullmatch(r"([\d.]+)(us|ms|s)", text).groups()  # type: ignore[union-attr]
    return float(number) * UNITS[unit]
