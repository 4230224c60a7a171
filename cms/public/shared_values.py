"""Values that answers are made of, one kind at a time: from earlier answers, or made of objects."""

from collections.abc import Callable, Hashable, Iterable
from typing import Any, Generic, TypeVar

from .noted_content import NotedContent

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class SharedValues(Generic[Key, Value]):
    """The values of one kind for one answer, such as links to pages by the pages' keys.

    A value is made when it is first read, of an object that was loaded together with others, and
    is remembered with the nodes that were noted meanwhile. Later answers have the same value:
    nobody may change it.
    """

    def __init__(
        self, scope: NotedContent, *kind: Hashable, make: Callable[[Any], Value | None]
    ) -> None:
        """Takes what tells the kind from others, and how a value is made of a loaded object."""
        self._scope = scope
        self._kind = kind
        self._make = make
        self._loaded: dict[Key, tuple[Any, tuple[str, ...]]] = {}
        self._values: dict[Key, tuple[Value | None, Iterable[str]]] = {}

    def missing(self, keys: Iterable[Key]) -> set[Key]:
        """Return those of some keys that are to be loaded, and take what is known of the others."""
        missing = set()
        for key in keys:
            if key in self._values or key in self._loaded:
                continue
            known = self._scope.known(*self._kind, key)
            if known is None:
                missing.add(key)
            else:
                self._values[key] = known
        return missing

    def load(self, key: Key, loaded: Any, nodes: Iterable[str]) -> None:
        """Take the object that a value is made of, with the nodes of what was read for it.

        The object is None where readers get none. A value without nodes is for this answer alone.
        """
        self._loaded[key] = loaded, tuple(nodes)

    def get(self, key: Key | None) -> Value | None:
        """Return a value, and note its nodes; None where there is none, or it was not loaded."""
        if key is None:
            return None
        if key in self._loaded:
            loaded, nodes = self._loaded[key]
            with self._scope.noting() as noted:
                self._scope.note(*nodes)
                value = None if loaded is None else self._make(loaded)
            del self._loaded[key]
            self._values[key] = value, tuple(noted)
            if nodes:
                self._scope.remember(value, noted, *self._kind, key)
        value, read = self._values.get(key, (None, ()))
        self._scope.note(*read)
        return value
