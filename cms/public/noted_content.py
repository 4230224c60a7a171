"""Notes what an answer is made of, and shares that with later answers of the process."""

from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar, cast

from wagtail.models import Site

from .known_objects import KnownObjects
from .site_facts import Facts

Fact = TypeVar("Fact")


class NotedContent:
    """The content of a site as one answer reads it: each reading is noted by its nodes."""

    def __init__(
        self, site: Site, facts: Facts | None = None, known: KnownObjects | None = None
    ) -> None:
        self.site = site
        # What the answer was made of: see `nodes`.
        self.nodes: set[str] = set()
        self._facts: Facts = {} if facts is None else facts
        self._known = known

    def fact(self, name: Hashable, find: Callable[[], Fact]) -> Fact:
        """Return a fact of the whole site, computed once for each content version.

        The nodes that `find` notes are noted each time.
        """
        key = (self.site.pk, name)
        if key not in self._facts:
            with self.noting() as noted:
                self._facts[key] = find(), noted
        found, nodes = self._facts[key]
        self.nodes |= nodes
        return cast(Fact, found)

    def note(self, *nodes: str) -> None:
        """Note what the answer is made of, before or after reading it."""
        self.nodes.update(nodes)

    @contextmanager
    def noting(self) -> Iterator[set[str]]:
        """Yield the nodes that are noted within, which are not noted of the answer itself."""
        before, self.nodes = self.nodes, set()
        try:
            yield self.nodes
        finally:
            self.nodes = before

    def shared(self, find: Callable[[], Fact], *name: Hashable) -> Fact:
        """Return a value that holds until a change touches one of the nodes that `find` notes.

        Other than a fact it outlives changes of other content. Nobody may change it.
        """
        known = self.known(*name)
        if known is None:
            with self.noting() as noted:
                known = find(), noted
            self.remember(*known, *name)
        value, nodes = known
        self.note(*nodes)
        return cast(Fact, value)

    def known(self, *key: Hashable) -> tuple[Any, Iterable[str]] | None:
        """Return what an earlier answer has remembered and its nodes, which the caller notes."""
        return self._known.get((self.site.pk, *key)) if self._known else None

    def remember(self, value: Any, nodes: Iterable[str], *key: Hashable) -> None:
        """Let later answers use a value, which nobody changes, until a change touches a node.

        Takes a key that says what it is.
        """
        if self._known is not None:
            self._known.set((self.site.pk, *key), value, tuple(nodes))
