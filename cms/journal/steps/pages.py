"""Write rows for pages that are published, unpublished, moved or reordered.

Wagtail sends its publishing signals when `Page.save()` has ended its transaction already;
Django's `post_save` comes inside it, so that page and row are committed together.
"""

from dataclasses import dataclass, field, replace
from typing import Any

from wagtail.models import Page, PageViewRestriction

from cms.core.changes import Change
from cms.public.visibility import is_live, is_withheld

from ..changed_nodes import Nodes, nodes_of_branch, nodes_of_content, nodes_of_name
from ..incoming_references import PAGE, Referrer, serialized
from ..models import Action, Reach
from ..public_urls import (
    PublicPageIds,
    PublicUrl,
    last_public_urls,
    public_page_ids,
    public_urls,
    public_urls_below,
)
from ..recording import record_page
from .privacy import record_side_effects


@dataclass(frozen=True)
class Before:
    """Where the public could read a page before a change, and whether its URL changes by it.

    `urls` are those that it may leave; where it only keeps a place in the tree, those below it.
    `public_pages` are all that were public, where something is private. `parent_id` is the
    parent that a moved page had.
    """

    urls: list[PublicUrl] = field(default_factory=list)
    public_pages: PublicPageIds | None = None
    parent_id: int | None = None
    changes_url: bool = False


def lock_pages_below(change: Change) -> None:
    """Lock the pages below one whose address changes, before the counter is locked.

    Wagtail locks them after the write, while the counter is locked. Then this transaction could
    hold the counter and wait for a page, and another one hold that page and wait for the counter.
    """
    if change.before is not None and change.part_of is None and _changes_url(change):
        below = Page.objects.filter(path__startswith=change.before.path).select_for_update()
        list(below.order_by("path").values_list("pk"))


def remember_public_urls(change: Change) -> None:
    """Remember where the public can read a page until it is saved."""
    if change.is_housekeeping:
        return
    page, old = change.content, change.before
    if old is None:
        change.remember(Before(public_pages=_public_pages()))
        return
    changes_url = _changes_url(change)
    move = change.part_of.recall(Before) if change.part_of is not None else None
    if move is not None:
        change.remember(replace(move, changes_url=changes_url))
        return
    goes = not page.live or is_withheld(page)
    leaves = goes or changes_url or page.alias_of_id != old.alias_of_id
    urls = last_public_urls(old) if leaves else []
    if changes_url and not urls:
        urls = public_urls_below(old)
    change.remember(Before(urls, changes_url=changes_url))


def remember_public_urls_before_move(change: Change) -> None:
    """Remember where the public can read a page until it is moved, with all below it."""
    page = change.before
    urls = last_public_urls(page) or public_urls_below(page)
    change.remember(Before(urls, _public_pages(), change.after.get_parent().pk))


def record_saved_page(change: Change) -> None:
    before = change.recall(Before)
    if before is None:
        return
    was_live = change.before is not None and change.before.live
    old = _old(change)
    if change.content.live or before.urls or was_live or _shifts_others(change.content, old):
        _record(change, old, before)
    if before.public_pages is not None:
        record_side_effects(before.public_pages, apart_from=change.after.path)


def _old(change: Change) -> Any | None:
    """Return the page as it was before the change, for a move before its place in the tree."""
    return change.part_of.before if change.part_of is not None else change.before


def _changes_url(change: Change) -> bool:
    """Return whether a page gets another URL: that of a home page is the site's, by any slug."""
    page, old = change.after, change.before
    return old is not None and page.url_path != old.url_path and not page.is_site_root()


def _public_pages() -> PublicPageIds | None:
    """Return the public pages where something is private.

    A page's place then decides on its translations too.
    """
    return public_page_ids() if PageViewRestriction.objects.exists() else None


def _record(change: Change, old: Page | None, before: Before) -> None:
    page = change.content
    action, reach = _action(page, old, before), _reach(page, old, before)
    record_page(
        before.urls if action in (Action.UNPUBLISHED, Action.MOVED) else [],
        page,
        action=action,
        reach=reach,
        references=serialized([Referrer(PAGE, before.parent_id)] if before.parent_id else []),
        nodes=None if reach == Reach.SITE else _nodes(change, old, before, action, reach),
    )


def _nodes(change: Change, old: Page | None, before: Before, action: Action, reach: Reach) -> Nodes:
    page = change.content
    # Answers that are made meanwhile may look for what is private, and for the pages above, at the
    # paths of other pages, none of which has a node here. The address of a home page is in that of
    # every page below it.
    is_readdressed = old is not None and page.url_path != old.url_path and not before.changes_url
    if action == Action.REORDERED or is_readdressed or _shifts_others(page, old):
        return None
    if (action, reach) == (Action.PUBLISHED, Reach.OBJECT):
        return nodes_of_content(page, change.fields)
    parent = page.get_parent().pk
    in_menu = page.show_in_menus or (old is not None and old.show_in_menus)
    stays = old is not None and _visibility(old) == _visibility(page)
    parents = {parent, before.parent_id or parent}
    if action == Action.PUBLISHED and stays:
        return nodes_of_name(page, parents, in_menu=in_menu)
    return nodes_of_branch(page, parents, in_menu=in_menu)


def _shifts_others(page: Page, old: Page | None) -> bool:
    """Return whether other pages get other tree paths: those below a page, and those after it.

    What is hidden or private is known by tree paths, for one version of the journal.
    """
    if old is None or page.path == old.path:
        return False
    parent = page.path[: -page.steplen]
    return Page.objects.filter(path__startswith=parent, path__gt=page.path).exists()


def _action(page: Page, old: Page | None, before: Before) -> Action:
    if old is None or not old.live or is_withheld(old):
        # Only a page that keeps a place takes others with it while it is hidden itself.
        if before.urls:
            return Action.MOVED
        old = None
    if not page.live or is_withheld(page):
        return Action.UNPUBLISHED
    if old is None:
        return Action.PUBLISHED
    if before.changes_url:
        return Action.MOVED
    if page.path != old.path:
        return Action.REORDERED
    if before.urls and not public_urls(Page.objects.filter(pk=page.pk)):
        return Action.UNPUBLISHED
    return Action.PUBLISHED


def _reach(page: Page, old: Page | None, before: Before) -> Reach:
    appears = old is None or _visibility(old) != _visibility(page)
    if appears and page.is_site_root():
        return Reach.SITE
    named = appears or before.changes_url or (old is not None and old.title != page.title)
    placed = old is None or old.path != page.path
    switched = old is not None and old.show_in_menus != page.show_in_menus
    if switched or (page.show_in_menus and (named or placed)):
        return Reach.LOCALE
    if before.changes_url and _has_menu_pages_below(page):
        return Reach.LOCALE
    return Reach.SUBTREE if named else Reach.OBJECT


def _visibility(page: Page) -> tuple[Any, ...]:
    """Return what decides whether and until when a page is shown, beside its place."""
    return page.alias_of_id, is_live(page), page.expire_at


def _has_menu_pages_below(page: Page) -> bool:
    return bool(Page.objects.filter(path__startswith=page.path, show_in_menus=True).exists())
