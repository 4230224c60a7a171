"""Which page's content each change is about, for caches: one query, and no following of references.

`spread` tells front ends which pages a change shows on; that takes a dozen queries. A cache that
remembers which pages an answer shows needs only this.
"""

from typing import Final

from .models import Action, ContentChange, Kind, Reach

OWN_CONTENT: Final = (Kind.PAGE, Action.PUBLISHED, Reach.OBJECT)


def page_of_each_change(since: int, until: int) -> list[tuple[int, int | None]] | None:
    """The changes after a version, until another and in their order: version and page id.

    The page is None where a change may show anywhere. Where it is not, the page was shown
    before and is after, until the same time, at the same place, under the same title and
    address: the change shows on the page itself, and on pages that show its summary. Gives None
    where rows are missing.
    """
    rows = ContentChange.objects.filter(version__gt=since, version__lte=until).values_list(
        "version", "kind", "action", "reach", "object_id"
    )
    found = [
        (version, key if (kind, action, reach) == OWN_CONTENT else None)
        for version, kind, action, reach, key in rows
    ]
    return found if len(found) == until - since else None
