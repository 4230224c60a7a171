"""Reads the journal: the rows that follow a version.

A page or snippet whose `expire_at` has passed is hidden from that moment on, while the journal
tells of it when `publish_scheduled` runs. Who keeps what the public read at a version may keep
it until that row comes, and no longer.
"""

from dataclasses import dataclass

from .models import ContentChange, JournalCounter


class Incomplete(Exception):
    """The journal cannot tell what changed after a version; `version` is the newest."""

    def __init__(self, version: int) -> None:
        super().__init__(f"Read everything again and go on from version {version}.")
        self.version = version


@dataclass(frozen=True)
class Slice:
    """Rows in the order of commits.

    `version` is the newest version of the journal and `end` the version up to which the rows
    tell everything; they are the same at the end of the journal.
    """

    version: int
    end: int
    rows: list[ContentChange]


def changes_after(since: int, limit: int) -> Slice:
    """At most `limit` rows that follow a version, in two queries.

    Raises Incomplete where rows after `since` have been pruned, and where `since` is a version
    that this journal never had, as after the restoring of a backup.
    """
    bounds = JournalCounter.objects.values_list("floor", "number").first()
    floor, version = bounds or (0, 0)
    if not floor <= since <= version:
        raise Incomplete(version)
    end = min(since + limit, version)
    rows = list(ContentChange.objects.filter(version__gt=since, version__lte=end))
    if len(rows) != end - since:
        # Pruned between the two queries.
        raise Incomplete(version)
    return Slice(version, end, rows)
