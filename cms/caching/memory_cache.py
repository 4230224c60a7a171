"""Cache backend that keeps answers in the memory of the process, without pickling them."""

import threading
from typing import Any, Final, Generic, TypeVar

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache

MAX_ENTRIES: Final = 2000
Value = TypeVar("Value")


class BoundedDict(Generic[Value]):
    """A dictionary that threads share; beyond `MAX_ENTRIES` it drops the oldest entry."""

    def __init__(self) -> None:
        self._entries: dict[str, Value] = {}
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, key: str) -> Value | None:
        return self._entries.get(key)

    def set(self, key: str, value: Value) -> None:
        with self._lock:
            self._entries.pop(key, None)
            while len(self._entries) >= MAX_ENTRIES:
                del self._entries[next(iter(self._entries))]
            self._entries[key] = value

    def clear(self) -> None:
        with self._lock:
            self._entries.clear()


_entries: Final[BoundedDict[Any]] = BoundedDict()


class MemoryCache(BaseCache):
    """A cache backend that returns the very objects that were set.

    Django's own pickles each value and takes a lock for each reading, which costs more than the
    rest of returning a cached answer. Cached answers are never changed, so neither is needed. Nor
    is a time-out: each answer has its `Dependencies`.
    """

    def __init__(self, _location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        value = _entries.get(key)
        return default if value is None else value

    def set(
        self,
        key: str,
        value: Any,
        timeout: Any = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> None:
        _entries.set(key, value)

    def clear(self) -> None:
        _entries.clear()

    def __len__(self) -> int:
        return len(_entries)
