"""Which message comes next for an endpoint, made from the journal when its turn has come."""

from typing import Any, Final

from wagtail.models import Site

from cms.core.i18n import language_of_path
from cms.journal.feed import Incomplete, changes_after
from cms.journal.public_changes import PublicChange, public_changes
from cms.journal.version import current_version
from cms.public.visibility import PublicScope

from .models import Delivery, Endpoint, Origin, State
from .payload import Event, EventType, body_of, change_event, reset_event
from .purging import purged_version

# How many versions are looked through at a time for one that concerns the endpoint.
SLICE: Final = 20
PENDING: Final = (State.WAITING.value, State.FAILED.value)


def next_delivery(endpoint: Endpoint) -> Delivery | None:
    """The message that follows the cursor, written down; None where everything has been told.

    Takes a claimed endpoint, and moves its cursor over changes that do not concern it. What a
    message says is made anew for each attempt, so that nothing is told that the public may not
    know any more; its id stays the same.
    """
    # A worker lives long, and no other process tells it of a new home page.
    Site.clear_site_root_paths_cache()
    scope = PublicScope(endpoint.site)
    newest, last = current_version(), tellable_version()
    # Beyond the newest version is who has read a journal that a backup has replaced since.
    while not last <= endpoint.cursor <= newest:
        try:
            found = changes_after(endpoint.cursor, min(SLICE, abs(last - endpoint.cursor)))
        except Incomplete:
            return _written(endpoint, last, reset_event(last, endpoint.site))
        for change in public_changes(found.rows, scope):
            if concerns(endpoint, change):
                return _written(endpoint, change.version, change_event(change, endpoint.site))
        if not endpoint.update_claimed(cursor=found.end):
            return None
    if last == newest:
        _pending(endpoint).update(state=State.SKIPPED.value)
    return None


def tellable_version() -> int:
    """Return the newest version that endpoints may be told of.

    Whoever is told reads again at once, so a network in front must have dropped its copies first.
    """
    purged, version = purged_version(), current_version()
    return version if purged is None else min(purged, version)


def concerns(endpoint: Endpoint, change: PublicChange) -> bool:
    """Whether an endpoint wants to hear of a change.

    A change concerns a language when it is in it, in none, or shows on pages of it.
    """
    if endpoint.actions and change.action.value not in endpoint.actions:
        return False
    if endpoint.kinds and change.kind.value not in endpoint.kinds:
        return False
    if not endpoint.languages or change.locale is None:
        return True
    languages = {change.locale, *(language_of_path(path) for path in change.paths)}
    return not languages.isdisjoint(endpoint.languages)


def _written(endpoint: Endpoint, version: int, event: Event) -> Delivery:
    pending = _pending(endpoint)
    same = pending.filter(event_type=event.type.value)
    if event.type != EventType.RESET:
        same = same.filter(version=version)
    delivery = same.first() or Delivery(endpoint=endpoint)
    # What waited and is not told any more, because it is not public now or was forgotten.
    pending.exclude(pk=delivery.pk).update(state=State.SKIPPED.value)
    delivery.endpoint = endpoint
    delivery.version, delivery.event_type = version, event.type.value
    delivery.state, delivery.body = State.WAITING.value, body_of(event)
    delivery.save()
    return delivery


def _pending(endpoint: Endpoint) -> Any:
    return endpoint.deliveries.filter(origin=Origin.CHANGE.value, state__in=PENDING)
