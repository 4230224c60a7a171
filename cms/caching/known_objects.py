"""Keeps what answers are made of in the memory of the process, for the next answers."""

import threading
from collections import OrderedDict
from collections.abc import Collection, Hashable
from contextlib import suppress
from typing import Any, Final

from .content_version import ContentVersion, Dependencies

# One takes a few kilobytes at most.
MAX_OBJECTS: Final = 5000

_objects: Final[OrderedDict[Hashable, tuple[Any, Dependencies]]] = OrderedDict()
_lock: Final = threading.Lock()


class KnownAtVersion:
    """Gives one answer the values that this process remembers and that hold at its version."""

    def __init__(self, version: ContentVersion) -> None:
        self._version = version

    def get(self, key: Hashable) -> tuple[Any, Collection[str]] | None:
        found = _objects.get(key)
        if found is None or not found[1].are_current(self._version):
            return None
        # Another thread may have dropped it just now.
        with suppress(KeyError):
            _objects.move_to_end(key)
        value, dependencies = found
        return value, dependencies.nodes or ()

    def set(self, key: Hashable, value: Any, nodes: Collection[str]) -> None:
        with _lock:
            _objects[key] = value, Dependencies(self._version, nodes)
            _objects.move_to_end(key)
            while len(_objects) > MAX_OBJECTS:
                _objects.popitem(last=False)


def reset() -> None:
    """Forget all objects, as in a new process; for tests."""
    with _lock:
        _objects.clear()
