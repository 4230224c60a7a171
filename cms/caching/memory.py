"""Answers in the memory of a process, as they are."""

import threading
from typing import Any, Final, Generic, TypeVar

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache

MAX_ENTRIES: Final = 2000
Value = TypeVar("Value")


class Memory(Generic[Value]):
    """What threads share without copying it; past `MAX_ENTRIES` the oldest goes."""

    def __init__(self) -> None:
        self._kept: dict[str, Value] = {}
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: str) -> Value | None:
        return self._kept.get(key)

    def set(self, key: str, value: Value) -> None:
        with self._lock:
            self._kept.pop(key, None)
            while len(self._kept) >= MAX_ENTRIES:
                del self._kept[next(iter(self._kept))]
            self._kept[key] = value

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()


_memory: Final[Memory[Any]] = Memory()


class MemoryCache(BaseCache):
    """A cache backend that gives what it was given.

    Django's own pickles each value and takes a lock for each reading, which costs more than the
    rest of giving a kept answer. What is kept here is never changed, so neither is needed; nor is
    a time-out, since each answer knows the state of the content that it was made of.
    """

    def __init__(self, _location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        value = _memory.get(key)
        return default if value is None else value

    def set(
        self,
        key: str,
        value: Any,
        timeout: Any = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> None:
        _memory.set(key, value)

    def clear(self) -> None:
        _memory.clear()

    def __len__(self) -> int:
        return len(_memory)
