"""Whether the next request of every process after a publish gives what was published."""

from http.client import HTTPConnection, HTTPException
from typing import Any

from pages.models import TherapyMethodPage

from .addresses import BY_PATH
from .machine import server_of
from .publishing import publish
from .servers import HEADERS

API = f"{BY_PATH}/en/therapy-methods/act/"
WEB = "/en/therapy-methods/act/"
# Each process is asked for the web page after each tenth publish too.
WEB_EVERY = 10


def check(port: int, publishes: int, *workers: int) -> dict[str, int]:
    """Publish again and again, ask every worker after each, and return how many answers are old."""
    page = TherapyMethodPage.objects.get(slug="act", locale__language_code="en")
    connections = _one_for_each(port, workers)
    stale = asked = 0
    for number in range(publishes):
        heading = f"Published {number} times"
        publish(page, heading)
        for place in range(len(workers)):
            for path in (API, WEB) if number % WEB_EVERY == 0 else (API,):
                try:
                    body = _get(connections[place], path)
                except (HTTPException, ConnectionError):
                    # The server has closed it: then each worker is looked for again.
                    connections = _one_for_each(port, workers)
                    body = _get(connections[place], path)
                asked += 1
                stale += heading not in body
    return {"asked": asked, "stale": stale}


def _get(connection: HTTPConnection, path: str) -> Any:
    connection.request("GET", path, headers=HEADERS)
    return connection.getresponse().read().decode()


def _one_for_each(port: int, workers: tuple[int, ...]) -> list[HTTPConnection]:
    """A connection to each worker process; the kernel chooses, so open them until all are met."""
    found: dict[int, HTTPConnection] = {}
    for _attempt in range(200):
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        _get(connection, API)
        pid = server_of(connection.sock.getsockname()[1], [*workers])
        if pid is None or pid in found:
            connection.close()
        else:
            found[pid] = connection
        if len(found) == len(workers):
            return list(found.values())
    raise RuntimeError(f"of the workers {workers} only {list(found)} take connections")
