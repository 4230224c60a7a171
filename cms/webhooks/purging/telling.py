"""One reader of the journal, who tells the network."""

import logging
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.utils import timezone
from wagtail.models import Site

from cms.journal.feed import Incomplete, changes_after
from cms.journal.version import current_version
from cms.public.page_paths import absolute_url

from ..backoff import next_attempt
from ..models import NetworkPurge
from ..models.network import ONLY
from .affected_urls import SiteAddresses
from .network import NotPurged, send

logger = logging.getLogger(__name__)

# How many versions are told of together.
SLICE: Final = 100
# Before the first version.
NOTHING: Final = -1
# How long webhooks wait for a network that fails.
WAIT: Final = timedelta(hours=1)


def is_configured() -> bool:
    """Whether there is a network to tell."""
    return bool(settings.WAGTAILFRONTENDCACHE)


def purged_version() -> int | None:
    """Return the version up to which no network has older copies.

    None where nobody has to wait for one: there is none, or it has failed for so long that others
    are told without it.
    """
    if not is_configured():
        return None
    reader = NetworkPurge.objects.filter(pk=ONLY).first()
    if reader is None:
        return NOTHING
    if reader.failing_since and reader.failing_since <= timezone.now() - WAIT:
        return None
    return reader.cursor


def purge() -> datetime | None:
    """Tell the network of all that has changed; gives when to try again after a failure.

    Returns at once where there is no network, where somebody else is telling it, and where a
    pause after a failure is not over.
    """
    if not is_configured():
        return None
    # Before the first version: whatever a network has by then is dropped once.
    reader, _created = NetworkPurge.objects.get_or_create(pk=ONLY, defaults={"cursor": NOTHING})
    while reader.is_due() and reader.take_claim():
        try:
            _purge_slices(reader)
        except Exception as problem:
            # Also a fault of ours: webhooks wait for what is noted here, and for an hour only.
            logger.warning(
                "The network has not dropped what changed: %s",
                problem,
                exc_info=not isinstance(problem, NotPurged),
            )
            return _hold(reader)
        finally:
            reader.leave_claim()
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
        # A worker lives long, and no other process tells it of a new home page.
        Site.clear_site_root_paths_cache()
        found_addresses = [SiteAddresses.after(site, rows) for site in Site.objects.all()]
        send(
            {
                absolute_url(addresses.site, path)
                for addresses in found_addresses
                for path in addresses.to_drop
            }
        )
        for addresses in found_addresses:
            addresses.remember()
        reader.update_claimed(cursor=end, failures=0, failing_since=None, next_attempt_at=None)


def _hold(reader: NetworkPurge) -> datetime:
    failures = reader.failures + 1
    again_at = next_attempt(failures)
    reader.update_claimed(
        failures=failures,
        failing_since=reader.failing_since or timezone.now(),
        next_attempt_at=again_at,
    )
    return again_at
