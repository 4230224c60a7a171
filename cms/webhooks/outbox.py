"""Makes the next message for an endpoint from the journal, and skips one that cannot arrive."""

from typing import Any, Final

from wagtail.models import Site

from cms.core.i18n import language_of_path
from cms.journal.feed import Incomplete, changes_after
from cms.journal.lease import settle
from cms.journal.public_changes import PublicChange, public_changes
from cms.journal.version import current_version
from cms.public.visibility import PublicScope

from .models import Delivery, DeliveryOrigin, DeliveryState, Endpoint
from .payload import Event, EventType, body_of, change_event, reset_event
from .purging import purged_version

# How many versions are read at a time.
SLICE: Final = 20
PENDING: Final = (DeliveryState.WAITING.value, DeliveryState.FAILED.value)


class EndpointBusy(Exception):
    """Another process is delivering to the endpoint."""


def next_delivery(endpoint: Endpoint) -> Delivery | None:
    """Store and return the message that follows the cursor; None where there is none.

    Takes a claimed endpoint, and moves its cursor past changes that do not concern it. The body
    is made again for each attempt, so that it says nothing that the public may not know any more;
    the id of the message stays the same.
    """
    # Wagtail caches the paths of home pages in each process, and a worker lives long.
    Site.clear_site_root_paths_cache()
    scope = PublicScope(endpoint.site)
    newest, last = current_version(), tellable_version()
    if endpoint.cursor != last:
        settle(last)
    # A cursor beyond the newest version is from before a backup was restored.
    while not last <= endpoint.cursor <= newest:
        try:
            found = changes_after(endpoint.cursor, min(SLICE, abs(last - endpoint.cursor)))
        except Incomplete:
            return _store(endpoint, last, reset_event(last, endpoint.site))
        for change in public_changes(found.rows, scope):
            if concerns(endpoint, change):
                return _store(endpoint, change.version, change_event(change, endpoint.site))
        if not endpoint.update_claimed(cursor=found.end):
            return None
    if last == newest:
        _pending(endpoint).update(state=DeliveryState.SKIPPED.value)
    return None


def tellable_version() -> int:
    """Return the newest version that endpoints may be told of.

    Receivers read the API at once, so the content delivery network must be purged before.
    """
    purged, version = purged_version(), current_version()
    return version if purged is None else min(purged, version)


def concerns(endpoint: Endpoint, change: PublicChange) -> bool:
    """Return whether a change passes the filters of an endpoint.

    A change passes the filter of languages with its own language, with none, or with that of a
    page that it affects.
    """
    if endpoint.actions and change.action.value not in endpoint.actions:
        return False
    if endpoint.kinds and change.kind.value not in endpoint.kinds:
        return False
    if not endpoint.languages or change.locale is None:
        return True
    languages = {change.locale, *(language_of_path(path) for path in change.paths)}
    return not languages.isdisjoint(endpoint.languages)


def skip_pending(endpoint: Endpoint) -> Delivery | None:
    """Skip the message that the endpoint cannot receive, and switch the endpoint on.

    Returns the message, None where none waits. Raises EndpointBusy while another process
    delivers to the endpoint.
    """
    if not endpoint.take_claim():
        raise EndpointBusy
    try:
        pending = _pending(endpoint)
        delivery: Delivery | None = pending.first()
        endpoint.forget_failures()
        endpoint.active = True
        if delivery is not None:
            endpoint.update_claimed(cursor=max(endpoint.cursor, delivery.version or 0))
            pending.update(state=DeliveryState.SKIPPED.value)
        endpoint.save()
    finally:
        endpoint.release_claim()
    return delivery


def _store(endpoint: Endpoint, version: int, event: Event) -> Delivery:
    pending = _pending(endpoint)
    same = pending.filter(event_type=event.type.value)
    if event.type != EventType.RESET:
        same = same.filter(version=version)
    delivery = same.first() or Delivery(endpoint=endpoint)
    # Messages whose change is not public any more, or was pruned from the journal.
    pending.exclude(pk=delivery.pk).update(state=DeliveryState.SKIPPED.value)
    delivery.endpoint = endpoint
    delivery.version, delivery.event_type = version, event.type.value
    delivery.state, delivery.body = DeliveryState.WAITING.value, body_of(event)
    delivery.save()
    return delivery


def _pending(endpoint: Endpoint) -> Any:
    return endpoint.deliveries.filter(origin=DeliveryOrigin.CHANGE.value, state__in=PENDING)
