"""Declares how answers share objects that they read: links, summaries, snippets, files."""

from collections.abc import Collection, Hashable
from typing import Any, Protocol


class KnownObjects(Protocol):
    """Objects that earlier answers of this process have read, each until a change touches it."""

    def get(self, key: Hashable) -> tuple[Any, Collection[str]] | None:
        """Return an object, which may be None, and its nodes; None where it is not known."""
        ...

    def set(self, key: Hashable, value: Any, nodes: Collection[str]) -> None: ...
