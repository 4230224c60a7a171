"""What is known and done at one moment of the protocol of version, cache and journal."""

from typing import Final, NamedTuple

PAGE, OTHER = 0, 1
ANYWHERE: Final = -1


class Row(NamedTuple):
    """A row of the journal: `page` is ANYWHERE where its change may show on any page."""

    version: int
    page: int


class Log(NamedTuple):
    """What a process knows of changes: `cms.caching.change_log.ChangeLog`."""

    version: int = -1
    anywhere: int = -1
    pages: tuple[int, int] = (-1, -1)


class Kept(NamedTuple):
    """An answer in the cache, with the version that was read before it was made."""

    answer: tuple[int, ...]
    version: int


class Publisher(NamedTuple):
    """`waits_for` are the processes whose lease began before the commit."""

    next: str = "write"
    version: int = 0
    waits_for: frozenset[int] = frozenset()


class Reader(NamedTuple):
    next: str = "ask"
    version: int = 0
    # What publishers had been told is public when they asked, and what they have read since.
    began: tuple[int, ...] = ()
    answer: tuple[int, ...] = ()


class Follower(NamedTuple):
    next: str = "read"
    cursor: int = 0
    end: int = 0
    told: frozenset[int] = frozenset()


class State(NamedTuple):
    """What is committed, what each has done, and what may yet go wrong."""

    content: tuple[int, int] = (0, 0)
    # What of it publishers have been told is public.
    told: tuple[int, int] = (0, 0)
    number: int = 0
    rows: frozenset[Row] = frozenset()
    # Who holds the lock of the counter, -1 for nobody.
    holder: int = -1
    publishers: tuple[Publisher, ...] = (Publisher(), Publisher())
    readers: tuple[Reader, ...] = (Reader(), Reader())
    follower: Follower = Follower()
    cache: Kept | None = None
    logs: tuple[Log, ...] = (Log(0), Log(0))
    # The version that each process may use without asking.
    leases: tuple[int | None, ...] = (None, None)
    crashes: int = 1
    losses: int = 1
