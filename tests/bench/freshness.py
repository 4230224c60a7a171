"""Whether the next request of every process after a publish gives what was published."""

import json
from http.client import HTTPConnection

from pages.models import TherapyMethodPage

from .machine import server_of
from .publishing import publish
from .servers import HEADERS

API = "/api/delivery/v1/pages/by-path/?path=/en/therapy-methods/act/"
WEB = "/en/therapy-methods/act/"
# Each process is asked for the web page after each tenth publish too.
WEB_EVERY = 10


def check(port: int, publishes: int, *workers: int) -> None:
    """Publish again and again, ask every worker after each, and print how many answers are old."""
    page = TherapyMethodPage.objects.get(slug="act", locale__language_code="en")
    connections = _one_for_each(port, list(workers))
    stale = asked = 0
    for number in range(publishes):
        heading = f"Published {number} times"
        publish(page, heading)
        for connection in connections:
            for path in (API, WEB) if number % WEB_EVERY == 0 else (API,):
                connection.request("GET", path, headers=HEADERS)
                body = connection.getresponse().read().decode()
                asked += 1
                stale += heading not in body
    print(json.dumps({"asked": asked, "stale": stale}))


def _one_for_each(port: int, workers: list[int]) -> list[HTTPConnection]:
    """A connection to each worker process; the kernel chooses, so open them until all are met."""
    found: dict[int, HTTPConnection] = {}
    for _attempt in range(200):
        connection = HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("GET", API, headers=HEADERS)
        connection.getresponse().read()
        pid = server_of(connection.sock.getsockname()[1], workers)
        if pid is not None:
            found.setdefault(pid, connection)
        if len(found) == len(workers):
            return list(found.values())
    raise RuntimeError(f"of the workers {workers} only {list(found)} take connections")
