"""Load by wrk: short runs of all contenders in turn, so that a busy moment meets them alike."""

import re
import statistics
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from .servers import HEADERS, Server

CONNECTIONS = 8
# For percentiles there are so many that the median of their waiting is longer than a turn that the
# kernel gives a process: otherwise the last percentile tells of the kernel's turns alone.
CONNECTIONS_FOR_PERCENTILES = 32
UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


@dataclass
class Row:
    """One contender: an address of a server, and the requests per second of each round."""

    name: str
    server: Server
    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    rates: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        return statistics.median(self.rates)


def alternate(rows: Sequence[Row], *, rounds: int, seconds: int) -> None:
    """Measure all rows in turn, several times over."""
    for row in rows:
        _wrk(row, 1)
    for number in range(rounds):
        for row in rows:
            row.rates.append(_requests_per_second(_wrk(row, seconds)))
            _say(f"round {number + 1} of {rounds}: {row.name} {row.rates[-1]:.0f}/s")
    _say("")


def percentiles(row: Row, seconds: int) -> tuple[float, float]:
    """The median and the 99th percentile of a row's times, in milliseconds."""
    output = _wrk(row, seconds, CONNECTIONS_FOR_PERCENTILES)
    found = dict(re.findall(r"^\s+(50|99)%\s+([\d.]+(?:us|ms|s))\b", output, re.MULTILINE))
    return _milliseconds(found["50"]), _milliseconds(found["99"])


def command(row: Row, seconds: int, connections: int = CONNECTIONS) -> list[str]:
    headers = {**HEADERS, **row.headers}
    return [
        *("wrk", "--threads", "1", "--connections", str(connections), "--latency"),
        *("--timeout", "20s", "--duration", f"{seconds}s"),
        *(part for name, value in headers.items() for part in ("--header", f"{name}: {value}")),
        f"http://127.0.0.1:{row.server.port}{row.path}",
    ]


def _wrk(row: Row, seconds: int, connections: int = CONNECTIONS) -> str:
    done = subprocess.run(
        command(row, seconds, connections),
        capture_output=True,
        text=True,
        timeout=seconds + 60,
        check=True,
    )
    if "Non-2xx" in done.stdout:
        sys.exit(f"{row.name}: some answers are errors\n{done.stdout}")
    return done.stdout


def _requests_per_second(output: str) -> float:
    found = re.search(r"^Requests/sec:\s+([\d.]+)", output, re.MULTILINE)
    if not found:
        sys.exit(f"wrk says nothing of use:\n{output}")
    return float(found[1])


def _milliseconds(text: str) -> float:
    number, unit = re.fullmatch(r"([\d.]+)(us|ms|s)", text).groups()  # type: ignore[union-attr]
    return float(number) * UNITS[unit]


def _say(text: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{text:<78}")
