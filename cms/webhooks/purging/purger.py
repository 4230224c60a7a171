"""Reads the journal and purges the network of what has changed, with pauses after failures."""

import logging
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.utils import timezone
from wagtail.models import Site

from cms.journal.feed import Incomplete, changes_after
from cms.journal.lease import settle
from cms.journal.version import current_version
from cms.public.page_paths import absolute_url

from ..models import NetworkPurge
from ..models.network import BEFORE_ALL
from ..models.reader import next_attempt_time
from .affected_urls import SitePurge
from .network import NotPurged, send

logger = logging.getLogger(__name__)

# How many versions are purged together.
SLICE: Final = 100
# How long webhooks wait for a network that fails.
MAX_WAIT: Final = timedelta(hours=1)


def is_configured() -> bool:
    """Return whether a network is configured."""
    return bool(settings.WAGTAILFRONTENDCACHE)


def purged_version() -> int | None:
    """Return the version up to which the network has been purged.

    None where nothing has to wait for it: no network is configured, or it has failed for longer
    than `MAX_WAIT`.
    """
    if not is_configured():
        return None
    reader = NetworkPurge.stored()
    if reader is None:
        return BEFORE_ALL
    if reader.failing_since and reader.failing_since <= timezone.now() - MAX_WAIT:
        return None
    return reader.cursor


def lowest_cursor() -> int | None:
    """Return the cursor of the purge, None where no network is configured."""
    return NetworkPurge.lowest_cursor() if is_configured() else None


def purge() -> datetime | None:
    """Purge the network of everything that has changed.

    Returns the time of the next attempt after a failure, otherwise None. Returns at once where no
    network is configured, while another process purges, and during the pause after a failure.
    """
    if not is_configured():
        return None
    reader = NetworkPurge.load()
    while reader.is_due() and reader.take_claim():
        try:
            _purge_slices(reader)
        except Exception as problem:
            # Any exception, also of our own code: webhooks wait until the purge has succeeded.
            logger.warning(
                "The network has not dropped what changed: %s",
                problem,
                exc_info=not isinstance(problem, NotPurged),
            )
            return _record_failure(reader)
        finally:
            reader.release_claim()
        if reader.cursor >= current_version():
            return None
    return None


def _purge_slices(reader: NetworkPurge) -> None:
    while reader.renew_claim():
        try:
            found = changes_after(reader.cursor, SLICE)
            rows, end = found.rows, found.end
        except Incomplete as gap:
            rows, end = None, gap.version
        if end == reader.cursor:
            return
        settle(end)
        # Wagtail caches the paths of home pages in each process, and a worker lives long.
        Site.clear_site_root_paths_cache()
        purges = [SitePurge.of_changes(site, rows) for site in Site.objects.all()]
        send(
            {
                absolute_url(site_purge.site, path)
                for site_purge in purges
                for path in site_purge.paths
            }
        )
        for site_purge in purges:
            site_purge.remember()
        reader.update_claimed(cursor=end, failures=0, failing_since=None, next_attempt_at=None)


def _record_failure(reader: NetworkPurge) -> datetime:
    failures = reader.failures + 1
    again_at = next_attempt_time(failures)
    reader.update_claimed(
        failures=failures,
        failing_since=reader.failing_since or timezone.now(),
        next_attempt_at=again_at,
    )
    return again_at
