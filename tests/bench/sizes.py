"""The same questions on a small site and on a large one, all made anew."""

import statistics
import time
from contextlib import ExitStack

from .addresses import LIST, MATRIX, NAVIGATION, PAGE, SEARCH, paths
from .load import Row, alternate
from .machine import resident_memory
from .reader import Reader
from .report import Figure, Section
from .run import Run
from .servers import HEADERS, Server

QUESTIONS = {"detail": PAGE, "list": LIST, "navigation": NAVIGATION, "search": SEARCH}
MOST = 1.15
# How many addresses each site is asked for before its memory is looked at.
WALK = 1500
PUBLISHES = 10
MATRICES = 5


def measure(run: Run) -> Section:
    sizes = (run.few, run.many)
    with ExitStack() as stack:
        sites = [stack.enter_context(run.site(size, keeps=False)) for size in sizes]
        pairs = {
            name: [
                Row(f"{name}, {size}", site, path) for size, site in zip(sizes, sites, strict=True)
            ]
            for name, path in QUESTIONS.items()
        }
        for rows in pairs.values():
            alternate(rows, rounds=run.rounds, seconds=run.seconds)
        matrices = [
            _seconds_of_matrix(site, run.django(size).do("session"))
            for size, site in zip(sizes, sites, strict=True)
        ]
    times: list[list[float]] = [[], []]
    for number in range(run.rounds + 1):
        for size, found in zip(sizes, times, strict=True):
            milliseconds = run.django(size).do("publish", PUBLISHES)
            # The first fill caches.
            found += milliseconds if number else []
    with ExitStack() as stack:
        memories = [_memory(stack.enter_context(run.site(size))) for size in sizes]
    few, many = map(statistics.median, times)
    shown = f"{run.many:,} ÷ {run.few} pages of each language"
    return Section(
        "A large site beside a small one",
        [
            *(
                Figure(f"{shown}: {name}", rows[0].rate / rows[1].rate, at_most=MOST)
                for name, rows in pairs.items()
            ),
            Figure(f"{shown}: matrix", matrices[1] / matrices[0], at_most=MOST),
            Figure(f"{shown}: publish", many / few, at_most=MOST),
            Figure(f"{shown}: memory of a process", memories[1] / memories[0], at_most=1.2),
        ],
        [
            *(
                f"{name}: {rows[0].rate:,.0f} and {rows[1].rate:,.0f} requests/s"
                for name, rows in pairs.items()
            ),
            f"matrix: {matrices[0]:.2f} and {matrices[1]:.2f} s",
            f"publish: {few:.0f} and {many:.0f} ms",
            f"memory of the larger process: {memories[0] / 1024:.0f} and "
            f"{memories[1] / 1024:.0f} MB",
        ],
    )


def _seconds_of_matrix(server: Server, cookie: str) -> float:
    """Return the median seconds of requests for the report on translations, one after another."""
    reader = Reader(server, {**HEADERS, "Cookie": cookie})
    seconds = []
    for _number in range(MATRICES):
        start = time.perf_counter()
        reader.get(MATRIX)
        seconds.append(time.perf_counter() - start)
    reader.close()
    return statistics.median(seconds)


def _memory(server: Server) -> int:
    """Kilobytes of the larger worker after it was asked for many of its pages."""
    walk = paths(server, "sv", "en")
    readers = [Reader(server) for _number in range(8)]
    for number, path in enumerate(walk[:WALK]):
        readers[number % len(readers)].get(path)
    for reader in readers:
        reader.close()
    return max(resident_memory(worker) for worker in server.workers)
