"""Write rows for what editors make private or public again: pages and collections."""

from collections.abc import Sequence
from dataclasses import dataclass

from wagtail.models import Collection, Page

from cms.core.changes import Change
from cms.public.page_paths import page_path

from ..models import Action, Kind, Reach
from ..public_urls import (
    PublicPageIds,
    PublicUrl,
    is_public_collection,
    public_page_ids,
    tops,
)
from ..recording import record, record_page


@dataclass(frozen=True)
class PublicBefore:
    """The pages that the public could read before a change of privacy."""

    pages: PublicPageIds


@dataclass(frozen=True)
class PublicCollection:
    """A collection that was public before a change of privacy."""


def remember_public_pages(change: Change) -> None:
    if not change.is_cascade:
        change.remember(PublicBefore(public_page_ids()))


def record_page_restriction(change: Change) -> None:
    _record_page_privacy_change(change, Action.RESTRICTED)


def record_page_release(change: Change) -> None:
    _record_page_privacy_change(change, Action.UNRESTRICTED)


def record_page_groups(change: Change) -> None:
    """Write the row of a page whose restriction was given other groups of users."""
    _record_page_privacy(change.after.page, Action.RESTRICTED)


def remember_public_collection_of(change: Change) -> None:
    """Remember that the collection of a restriction was public until now."""
    _remember_public_collection(change, change.after.collection_id)


def remember_public_collection(change: Change) -> None:
    _remember_public_collection(change, change.after.pk)


def record_collection_restriction(change: Change) -> None:
    withdrawn = change.recall(PublicCollection) is not None
    _record_collection(change.after.collection_id, Action.RESTRICTED, withdrawn)


def record_collection_release(change: Change) -> None:
    if not change.is_cascade:
        _record_collection(change.after.collection_id, Action.UNRESTRICTED)


def record_collection_groups(change: Change) -> None:
    """Write the row of a collection whose restriction was given other groups of users."""
    _record_collection(change.after.collection_id, Action.RESTRICTED)


def record_collection(change: Change) -> None:
    """Write the row of a saved collection.

    An instance that was read before a move takes the collection back to its old place.
    """
    if not change.is_new:
        _record_collection(change.after.pk, Action.CHANGED)


def record_moved_collection(change: Change) -> None:
    """Write the row of a collection that may be private where it is now, or public.

    Also where it seems to be neither: somebody else may be restricting another one above it.
    """
    key = change.after.pk
    hides = change.recall(PublicCollection) is not None and not is_public_collection(key)
    _record_collection(key, Action.RESTRICTED if hides else Action.CHANGED, hides)


def record_side_effects(before: PublicPageIds, apart_from: str | None = None) -> int:
    """Write a row for each page that the public lost or gained, and return how many.

    Takes the pages that were public before the change, and the tree path of a page that has a
    row of its own: it and all below it are left out.
    """
    after = public_page_ids()
    lost = _top_urls(before - after, apart_from)
    gained = _top_urls(after - before, apart_from)
    for url in lost:
        _record_page_privacy(url.page, Action.RESTRICTED, [url])
    for url in gained:
        _record_page_privacy(url.page, Action.UNRESTRICTED)
    return len(lost) + len(gained)


def _top_urls(places: PublicPageIds, apart_from: str | None) -> list[PublicUrl]:
    pages = Page.objects.in_bulk([pk for _site, pk in places])
    found = [
        PublicUrl(pages[pk], site_id, page_path(pages[pk]))
        for site_id, pk in places
        if pk in pages and not (apart_from is not None and pages[pk].path.startswith(apart_from))
    ]
    return tops(sorted(found, key=lambda url: (url.site_id, url.page.path)))


def _record_page_privacy_change(change: Change, action: Action) -> None:
    before = change.recall(PublicBefore)
    if before is not None and not record_side_effects(before.pages):
        _record_page_privacy(change.after.page, action)


def _record_page_privacy(page: Page, action: Action, left: Sequence[PublicUrl] = ()) -> None:
    record_page(left, page, action=action, reach=Reach.SITE, nodes=None)


def _remember_public_collection(change: Change, key: int) -> None:
    if is_public_collection(key):
        change.remember(PublicCollection())


def _record_collection(key: int, action: Action, withdrawn: bool = False) -> None:
    record(
        kind=Kind.COLLECTION,
        type=Collection._meta.label,
        object_id=key,
        action=action,
        withdrawn=withdrawn,
        reach=Reach.SITE,
        nodes=None,
    )
