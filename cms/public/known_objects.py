"""Declares how answers share what they are made of: links, summaries, snippets, files."""

from collections.abc import Collection, Hashable
from typing import Any, Protocol


class KnownObjects(Protocol):
    """Keeps the values that answers were made of, each until a change touches its nodes."""

    def get(self, key: Hashable) -> tuple[Any, Collection[str]] | None:
        """Return a value, which may be None, and its nodes; None where it is not known."""
        ...

    def set(self, key: Hashable, value: Any, nodes: Collection[str]) -> None: ...
