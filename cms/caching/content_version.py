"""Identifies states of the public content, and tells whether an answer is still current."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple

from cms.journal.lease import lease
from cms.public import site_facts

from . import change_log


class ContentVersion(NamedTuple):
    """Identifies a state of the public content: equal versions guarantee equal answers.

    `version` is the journal's. A page or snippet is hidden from its expiry on, before the journal
    has a row for it; `expired` is the last expiry time that has passed, in seconds since 1970.
    """

    version: int
    expired: float

    @classmethod
    def read(cls) -> "ContentVersion":
        """Return the present version: no query while a reading may be used, one otherwise.

        A version that is new here takes up to three more. Read it before the content, so that an
        answer is never older than its version. Raises DatabaseError where the database does not
        answer.
        """
        log = change_log.catch_up(lease.read())
        return cls(log.version, log.expired())

    @classmethod
    def read_if_known(cls) -> "ContentVersion | None":
        """Return the present version, in one query at most; None where it is new here.

        Raises DatabaseError as `read` does.
        """
        version, log = lease.read(), change_log.latest()
        return cls(version, log.expired()) if log.version == version else None


@dataclass(frozen=True)
class Dependencies:
    """The content that an answer was made of.

    `version` was read before that content. `nodes` are those of `cms.public.nodes`, None for an
    answer that any change may concern.
    """

    version: ContentVersion
    nodes: Collection[str] | None

    def are_current(self, now: ContentVersion) -> bool:
        """Return whether no change until `now`, read by this process, affects the answer."""
        made = self.version
        if made == now:
            return True
        if self.nodes is None or made.expired < now.expired:
            return False
        # The log may be newer than `now`, which can only make the answer seem too old.
        log = change_log.latest()
        if not log.anywhere <= made.version <= now.version:
            return False
        touched = log.nodes
        return all(touched.get(node, 0) <= made.version for node in self.nodes)


def reset() -> None:
    """Forget everything that this process knows of the content; for tests."""
    change_log.reset()
    site_facts.reset()
    lease.reset()
