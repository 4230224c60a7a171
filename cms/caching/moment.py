"""The state of the public content: which changes are committed, and what has expired since."""

import threading
from bisect import bisect_right
from datetime import datetime
from typing import Final, NamedTuple

from django.apps import apps
from django.utils import timezone
from wagtail.models import DraftStateMixin, Page, Site

from cms.core import facts

from .version import current_version, forget_connection


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
        version = current_version()
        return cls(version, _latest(_expiry_times(version)))

    @classmethod
    def known(cls) -> "Moment | None":
        """The same in one query; None where the version is new to this process."""
        version = current_version()
        known, times = _known
        return cls(version, _latest(times)) if known == version else None


_lock = threading.Lock()
_NOTHING: Final[tuple[int, list[datetime]]] = (-1, [])
_known = _NOTHING


def _latest(times: list[datetime]) -> float:
    passed = bisect_right(times, timezone.now())
    return times[passed - 1].timestamp() if passed else 0.0


def forget() -> None:
    """Ask for everything again, as a new process would."""
    global _known
    _known = _NOTHING
    facts.forget()
    forget_connection()


def _expiry_times(version: int) -> list[datetime]:
    """When live content expires, in order; asked once for each version."""
    global _known
    known = _known
    if known[0] == version:
        return known[1]
    with _lock:
        if _known[0] == version:
            return _known[1]
        # Wagtail keeps the paths of home pages for an hour and tells no other process of changes.
        Site.clear_site_root_paths_cache()
        times = sorted(
            expire_at
            for model in (Page, *_snippets_with_drafts())
            for expire_at in model._default_manager.filter(
                live=True, expire_at__isnull=False
            ).values_list("expire_at", flat=True)
        )
        _known = (version, times)
    return times


def _snippets_with_drafts() -> list[type[DraftStateMixin]]:
    return [
        model
        for model in apps.get_models()
        if issubclass(model, DraftStateMixin) and not issubclass(model, Page)
    ]
