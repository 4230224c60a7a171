"""What holds for a whole site until something public changes, worked out once for each state."""

from collections.abc import Hashable
from typing import Any

Facts = dict[Hashable, Any]

_latest: tuple[Hashable, Facts] = (None, {})


def facts_of(moment: Hashable | None) -> Facts:
    """What is known of the content's state at a moment; it is for the caller to add to.

    Takes what `cms.caching` put on the request, read before any content, and None where nobody
    knows the state: then nothing is known, and nothing remembered. A process remembers one
    moment only. Add no more kinds of facts than the site has pages of its frame: what readers
    can invent has no place here.
    """
    global _latest
    if moment is None:
        return {}
    latest = _latest
    if latest[0] != moment:
        latest = _latest = (moment, {})
    return latest[1]


def forget() -> None:
    """Know nothing, as a new process does."""
    global _latest
    _latest = (None, {})
