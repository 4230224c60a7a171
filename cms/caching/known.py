"""What a process knows of the content at the newest version that it has met."""

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
from cms.journal.version import current_version

# More changes at once are an import: asking which pages they were would cost more than it saves.
MOST_CHANGES: Final = 200


@dataclass(frozen=True)
class Known:
    """Which changes were met, and when live content expires, in order.

    `anywhere` is the version of the newest change that may show on any page. `pages` holds, by
    page id, the version of the newest change since then that shows only where the page does.
    """

    version: int = -1
    expiry_times: list[datetime] = field(default_factory=list)
    anywhere: int = -1
    pages: Mapping[int, int] = field(default_factory=dict)

    def expired(self) -> float:
        """The latest expiry that has passed, in seconds since 1970; 0 where none has."""
        passed = bisect_right(self.expiry_times, timezone.now())
        return self.expiry_times[passed - 1].timestamp() if passed else 0.0

    def at(self, version: int) -> "Known":
        """What is known once the changes until a version are met too; two queries at most."""
        changed = None
        if 0 <= self.version < version <= self.version + MOST_CHANGES - len(self.pages):
            changed = page_of_each_change(self.version, version)
        if changed is None:
            return Known(version, _expiry_times(), version)
        anywhere, pages = self.anywhere, dict(self.pages)
        for number, page in changed:
            if page is None:
                anywhere, pages = number, {}
            else:
                pages[page] = number
        times = self.expiry_times if anywhere == self.anywhere else _expiry_times()
        return Known(version, times, anywhere, pages)


_lock = threading.Lock()
_NOTHING: Final = Known()
_known = _NOTHING


def latest() -> Known:
    """What is known without asking."""
    return _known


def catch_up(version: int) -> Known:
    """What is known at a version that was just read, or at a newer one."""
    global _known
    if _known.version == version:
        return _known
    with _lock:
        if _known.version != version:
            # Read again while nobody else does: who waited here may have read an older one.
            version = current_version()
        if _known.version != version:
            # Wagtail keeps the paths of home pages for an hour and tells no other process.
            Site.clear_site_root_paths_cache()
            _known = _known.at(version)
        return _known


def forget() -> None:
    """Know nothing, as a new process does."""
    global _known
    _known = _NOTHING


def _expiry_times() -> list[datetime]:
    first, *others = (
        model._default_manager.filter(live=True, expire_at__isnull=False)
        .order_by()
        .values_list("expire_at", flat=True)
        for model in (Page, *_snippets_with_drafts())
    )
    return sorted(first.union(*others, all=True))


def _snippets_with_drafts() -> list[type[DraftStateMixin]]:
    return [
        model
        for model in apps.get_models()
        if issubclass(model, DraftStateMixin) and not issubclass(model, Page)
    ]
