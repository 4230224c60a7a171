"""Reads the journal: the rows that follow a version.

A page or snippet is hidden from its `expire_at` on, while its row is written when
`publish_scheduled` runs. Copies of public content may be kept until that row comes.
"""

from dataclasses import dataclass
from typing import Final

from .models import Action, ContentChange, JournalCounter, Kind, Reach

CONTENT_OF_A_PAGE: Final = (Kind.PAGE, Action.PUBLISHED, Reach.OBJECT)


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


def page_of_each_change(since: int, until: int) -> list[tuple[int, int | None]] | None:
    """Return (version, page id) of each change after one version and up to another, in order.

    The page id is None where a change may show anywhere. With a page id, that page was public
    before and after, with the same expiry, place, title and address: the change shows on the page
    itself and on pages that show its summary. Returns None where rows are missing.

    One query, for caches that know which pages an answer shows. `affected_pages` follows the
    references of a change, which takes a dozen.
    """
    rows = ContentChange.objects.filter(version__gt=since, version__lte=until).values_list(
        "version", "kind", "action", "reach", "object_id"
    )
    found = [
        (version, key if (kind, action, reach) == CONTENT_OF_A_PAGE else None)
        for version, kind, action, reach, key in rows
    ]
    return found if len(found) == until - since else None
