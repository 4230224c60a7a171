"""The state of the public content, and whether what was made in one state holds in another."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple

from cms.journal.version import current_version, forget_connection
from cms.public import site_facts as facts

from . import known


class Moment(NamedTuple):
    """Two readings that are equal read the same content.

    `version` is the journal's. What has an expiry time is hidden from that time on, before any
    change is written; `expired` is the latest such time that has passed, in seconds since 1970.
    """

    version: int
    expired: float

    @classmethod
    def now(cls) -> "Moment":
        """One query, and a few more when the version is new to this process.

        Read it before the content, so that what is kept for a moment is never older than it.
        """
        state = known.catch_up(current_version())
        return cls(state.version, state.expired())

    @classmethod
    def known(cls) -> "Moment | None":
        """The same in one query; None where the version is new to this process."""
        version = current_version()
        state = known.latest()
        return cls(version, state.expired()) if state.version == version else None


@dataclass(frozen=True)
class Basis:
    """What an answer was made of: the content at a moment, read after it.

    `pages` are the ids of the pages whose content is in it, None for an answer that any change
    may concern, such as a list.
    """

    moment: Moment
    pages: Collection[int] | None

    def holds(self, now: Moment) -> bool:
        """Whether no change until now, a moment of this process, concerns the answer."""
        made = self.moment
        if made == now:
            return True
        if self.pages is None or made.expired != now.expired:
            return False
        # Perhaps newer than `now`, which can only make the answer older than it seems.
        state = known.latest()
        return state.anywhere <= made.version <= now.version and all(
            state.pages.get(page, -1) <= made.version for page in self.pages
        )


def forget() -> None:
    """Ask for everything again, as a new process would."""
    known.forget()
    facts.forget()
    forget_connection()
