"""Reads the journal: the rows that follow a version.

A page or snippet is hidden from its `expire_at` on, while its row is written when
`publish_scheduled` runs. Copies of public content may be kept until that row comes.
"""

from dataclasses import dataclass

from .models import ContentChange, JournalCounter


class Incomplete(Exception):
    """The journal has lost rows after a version; `version` is the newest one."""

    def __init__(self, version: int) -> None:
        super().__init__(f"Read everything again and go on from version {version}.")
        self.version = version


@dataclass(frozen=True)
class JournalSlice:
    """Rows in the order of commits.

    `version` is the newest version of the journal and `end` the last one that the rows cover;
    they are the same at the end of the journal.
    """

    version: int
    end: int
    rows: list[ContentChange]


def changes_after(since: int, limit: int) -> JournalSlice:
    """Return at most `limit` rows that follow a version, in two queries.

    Raises Incomplete where rows after `since` have been pruned, and where this journal never had
    the version `since`, as after a backup was restored.
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
    return JournalSlice(version, end, rows)


def nodes_of_each_change(since: int, until: int) -> list[tuple[int, list[str] | None]]:
    """Return (version, nodes) of each change after one version and up to another, newest first.

    The nodes are None where a change may concern any answer. Stops where a row is missing, so that
    the changes which are returned are all since the last of them. One query.
    """
    rows = ContentChange.objects.filter(version__gt=since, version__lte=until)
    found: list[tuple[int, list[str] | None]] = []
    for version, nodes in rows.order_by("-version").values_list("version", "nodes"):
        if version != until - len(found):
            break
        found.append((version, nodes))
    return found
