"""Rows for what editors make private or public again: pages and collections."""

from collections.abc import Sequence
from typing import Any

from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from cms.public.page_paths import page_path

from ..models import Action, Kind, Reach
from ..public_urls import PublicPageIds, PublicUrl, is_public_collection, public_page_ids, tops
from ..recording import record
from .origin import is_cascade
from .page_rows import identity, record_page


def remember_pages(
    instance: PageViewRestriction, raw: bool = False, origin: Any = None, **kwargs: Any
) -> None:
    skip = raw or is_cascade(origin, PageViewRestriction)
    instance.public_before = None if skip else public_page_ids()


def after_page_restriction(instance: PageViewRestriction, **kwargs: Any) -> None:
    public_before = instance.__dict__.pop("public_before", None)
    if public_before is not None and not record_side_effects(public_before):
        _record_privacy(instance.page, Action.RESTRICTED)


def after_page_release(instance: PageViewRestriction, **kwargs: Any) -> None:
    public_before = instance.__dict__.pop("public_before", None)
    if public_before is not None and not record_side_effects(public_before):
        _record_privacy(instance.page, Action.UNRESTRICTED)


def after_page_groups(instance: Any, action: str, **kwargs: Any) -> None:
    if action.startswith("post_") and isinstance(instance, PageViewRestriction):
        _record_privacy(instance.page, Action.RESTRICTED)


def remember_collection(
    instance: CollectionViewRestriction, raw: bool = False, **kwargs: Any
) -> None:
    instance.was_public = None if raw else is_public_collection(instance.collection_id)


def after_collection_restriction(instance: CollectionViewRestriction, **kwargs: Any) -> None:
    was_public = instance.__dict__.pop("was_public", None)
    if was_public is not None:
        _record_collection(instance.collection_id, Action.RESTRICTED, withdrawn=was_public)


def after_collection_release(
    instance: CollectionViewRestriction, origin: Any, **kwargs: Any
) -> None:
    if not is_cascade(origin, CollectionViewRestriction):
        _record_collection(instance.collection_id, Action.UNRESTRICTED)


def after_collection_groups(instance: Any, action: str, **kwargs: Any) -> None:
    if action.startswith("post_") and isinstance(instance, CollectionViewRestriction):
        _record_collection(instance.collection_id, Action.RESTRICTED)


def after_collection_save(
    instance: Collection, created: bool, raw: bool = False, **kwargs: Any
) -> None:
    """Wagtail's form saves a collection and then moves it, perhaps to where it is private."""
    if not created and not raw:
        _record_collection(instance.pk, Action.CHANGED)


def record_side_effects(before: PublicPageIds, apart_from: str | None = None) -> int:
    """Write a row for each page that the public lost or gained, and return how many.

    Takes the pages that were public before the change, and the tree path of a page that has a
    row of its own: it and all below it are left out.
    """
    after = public_page_ids()
    lost = _last_urls(before - after, apart_from)
    gained = _last_urls(after - before, apart_from)
    for url in lost:
        _record_privacy(url.page, Action.RESTRICTED, [url])
    for url in gained:
        _record_privacy(url.page, Action.UNRESTRICTED)
    return len(lost) + len(gained)


def _last_urls(places: PublicPageIds, apart_from: str | None) -> list[PublicUrl]:
    pages = Page.objects.in_bulk([pk for _site, pk in places])
    found = [
        PublicUrl(pages[pk], site_id, page_path(pages[pk]))
        for site_id, pk in places
        if pk in pages and not (apart_from is not None and pages[pk].path.startswith(apart_from))
    ]
    return tops(sorted(found, key=lambda url: (url.site_id, url.page.path)))


def _record_privacy(page: Page, action: Action, left: Sequence[PublicUrl] = ()) -> None:
    record_page(left, **identity(page), action=action, path=page_path(page), reach=Reach.SITE)


def _record_collection(key: int, action: Action, withdrawn: bool = False) -> None:
    record(
        kind=Kind.COLLECTION,
        type=Collection._meta.label,
        object_id=key,
        action=action,
        withdrawn=withdrawn,
        reach=Reach.SITE,
    )
