"""Remembers which pages changed up to the newest version that this process has seen."""

import threading
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.apps import apps
from django.utils import timezone
from wagtail.models import DraftStateMixin, Page, Site

from cms.journal.feed import page_of_each_change
from cms.journal.lease import lease

# More changes at once are an import: looking up their pages would cost more than it saves.
MAX_CHANGES: Final = 200


@dataclass(frozen=True)
class ChangeLog:
    """The changes up to a version, and the expiry times of live content in order.

    `anywhere` is the version of the newest change that may show on any page. `pages` holds, by
    page id, the version of the newest change since then that shows only where that page does.
    """

    version: int = -1
    expiry_times: list[datetime] = field(default_factory=list)
    anywhere: int = -1
    pages: Mapping[int, int] = field(default_factory=dict)

    def expired(self) -> int:
        """Return how many of the expiry times have passed."""
        return bisect_right(self.expiry_times, timezone.now())

    def extended_to(self, version: int) -> "ChangeLog":
        """Return the log with the changes up to a version added, in two queries at most."""
        changed = None
        if version <= self.version + MAX_CHANGES - len(self.pages):
            changed = page_of_each_change(self.version, version)
        if changed is None:
            return ChangeLog(version, _expiry_times(), version)
        anywhere, pages = self.anywhere, dict(self.pages)
        for number, page in changed:
            if page is None:
                anywhere, pages = number, {}
            else:
                pages[page] = number
        times = self.expiry_times if anywhere == self.anywhere else _expiry_times()
        return ChangeLog(version, times, anywhere, pages)


_lock = threading.Lock()
_EMPTY: Final = ChangeLog()
_log = _EMPTY


def latest() -> ChangeLog:
    """Return the log of this process as it is, without a query."""
    return _log


def catch_up(version: int) -> ChangeLog:
    """Bring the log up to a version that was just read, or to a newer one, and return it."""
    global _log
    if _log.version == version:
        return _log
    with _lock:
        # A thread that waited for the lock may hold an older version than the log has by now.
        version = lease.ask()
        if _log.version != version:
            # Wagtail caches the paths of home pages for an hour, in each process for itself.
            Site.clear_site_root_paths_cache()
            _log = _log.extended_to(version)
        return _log


def reset() -> None:
    """Empty the log, as in a new process; for tests."""
    global _log
    _log = _EMPTY


def _expiry_times() -> list[datetime]:
    first, *others = (
        model._default_manager.filter(live=True, expire_at__isnull=False)
        .order_by()
        .values_list("expire_at", flat=True)
        for model in (Page, *_snippets_with_drafts())
    )
    return sorted(first.union(*others))


def _snippets_with_drafts() -> list[type[DraftStateMixin]]:
    return [
        model
        for model in apps.get_models()
        if issubclass(model, DraftStateMixin) and not issubclass(model, Page)
    ]
