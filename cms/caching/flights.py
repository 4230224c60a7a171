"""One computation at a time for each key: whoever comes meanwhile waits for its result."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

# Longer than any page takes; after that a waiting request helps itself.
PATIENCE_SECONDS: Final = 10.0


class Flights:
    """The computations that are under way in this process, by key."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._under_way: dict[str, threading.Event] = {}

    @contextmanager
    def lead_or_wait(self, key: str) -> Iterator[bool]:
        """Gives True to the first who asks for a key, to everybody else False when it is done."""
        with self._lock:
            landed = self._under_way.get(key)
            leads = landed is None
            if landed is None:
                landed = self._under_way[key] = threading.Event()
        if not leads:
            landed.wait(PATIENCE_SECONDS)
            yield False
            return
        try:
            yield True
        finally:
            with self._lock:
                del self._under_way[key]
            landed.set()
