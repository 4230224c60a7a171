"""A whole language in one answer, beside the same pages one by one."""

import time

from .addresses import API, pages
from .reader import Reader
from .report import Figure, Section
from .run import Run
from .servers import HEADERS

LANGUAGE = "sv"


def measure(run: Run) -> Section:
    with run.site(run.many) as site:
        addresses = [f"{API}pages/{page['id']}/" for page in pages(site, LANGUAGE)]
        reader = Reader(site, HEADERS)
        # Twice: what is asked for now is made first.
        for _time in range(2):
            start = time.perf_counter()
            for address in addresses:
                reader.get(address)
            one_by_one = time.perf_counter() - start
        seconds = []
        for _time in range(2):
            start = time.perf_counter()
            _response, body = reader.get(f"{API}export/?locale={LANGUAGE}")
            seconds.append(time.perf_counter() - start)
        reader.close()
    lines = body.count(b"\n")
    return Section(
        "A whole language",
        [
            Figure(
                f"export of {len(addresses):,} kept pages ÷ the same pages one by one",
                one_by_one / min(seconds),
                at_least=3,
            )
        ],
        [f"{one_by_one:.1f} s one by one, {min(seconds):.1f} s in one answer of {lines:,} lines"],
    )
