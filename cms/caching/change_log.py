"""Remembers what changed up to the newest version that this process has seen."""

import threading
from bisect import bisect_right
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.apps import apps
from django.utils import timezone
from wagtail.models import DraftStateMixin, Page, Site

from cms.journal.feed import nodes_of_each_change
from cms.journal.lease import lease

# How many changes a process reads at once, also when it starts: what is older is not known.
MAX_CHANGES: Final = 1000
# How many nodes a process remembers; beyond that, what was made before is made anew.
MAX_NODES: Final = 20_000


@dataclass(frozen=True)
class ChangeLog:
    """What changed up to a version, and the expiry times of live content in order.

    `anywhere` is the version of the newest change that may concern any answer. `nodes` holds the
    newest version that touched each node, as far as that is newer than `anywhere`. Logs share it,
    so an older log may know of newer changes.
    """

    version: int = -1
    expiry_times: list[datetime] = field(default_factory=list)
    anywhere: int = -1
    nodes: dict[str, int] = field(default_factory=dict)

    def expired(self) -> float:
        """Return the last of the expiry times that has passed, in seconds; 0 without any."""
        passed = bisect_right(self.expiry_times, timezone.now())
        return self.expiry_times[passed - 1].timestamp() if passed else 0.0

    def extended_to(self, version: int) -> "ChangeLog":
        """Return the log with the changes up to a version added, in two queries at most."""
        since = max(self.version, version - MAX_CHANGES)
        changed = nodes_of_each_change(since, version)
        known_since = version - len(changed)
        anywhere = max(
            [self.anywhere if known_since == self.version else known_since]
            + [number for number, nodes in changed if nodes is None]
        )
        nodes = self.nodes if anywhere == self.anywhere else {}
        if len(nodes) > MAX_NODES:
            anywhere, nodes = version, {}
        for number, names in reversed(changed):
            if number > anywhere:
                nodes.update(dict.fromkeys(names or (), number))
        is_same = anywhere == self.anywhere and all(
            _leaves_expiry(names) for _number, names in changed
        )
        return ChangeLog(
            version, self.expiry_times if is_same else _expiry_times(), anywhere, nodes
        )


def _leaves_expiry(nodes: Collection[str] | None) -> bool:
    """Return whether a change that touches some nodes leaves all expiry times as they were."""
    return nodes is not None and not any(node.startswith(("name:", "snippet:")) for node in nodes)


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
