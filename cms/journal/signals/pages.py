"""Rows for pages that are published, unpublished, moved or reordered.

Wagtail sends its publishing signals when `Page.save()` has ended its transaction already;
Django's `post_save` comes inside it, so that page and row are committed together.
"""

from dataclasses import dataclass, field, replace
from typing import Any, Final

from asgiref.local import Local
from wagtail.models import Page, PageViewRestriction

from cms.public.page_paths import page_path
from cms.public.visibility import hides_stale_translations, in_own_language_q, is_live, is_withheld

from ..incoming_references import PAGE, Source, stored
from ..models import Action, Reach
from ..public_urls import (
    PublicPageIds,
    PublicUrl,
    last_public_urls,
    public_page_ids,
    public_urls,
    tops,
)
from ..recording import is_housekeeping
from .page_rows import identity, record_page
from .privacy import record_side_effects

# Wagtail announces a move with one instance and saves another.
_move: Final = Local()


@dataclass(frozen=True)
class Before:
    """A page as it was stored before a change, and where the public could read it."""

    page: Page | None
    urls: list[PublicUrl] = field(default_factory=list)
    public_before: PublicPageIds | None = None
    parent_id: int | None = None
    moves: bool = False


def before_save(instance: Page, raw: bool = False, update_fields: Any = None, **kw: Any) -> None:
    instance.before_change = None
    if not raw and not is_housekeeping(update_fields):
        instance.before_change = _before(instance)


def after_save(instance: Page, **kwargs: Any) -> None:
    before: Before | None = instance.__dict__.pop("before_change", None)
    if before is None:
        return
    if instance.live or before.urls or (before.page is not None and before.page.live):
        _record(instance, before)
    if before.public_before is not None:
        record_side_effects(before.public_before, apart_from=instance.path)


def before_move(instance: Page, parent_page_before: Page, **kwargs: Any) -> None:
    page = Page.objects.get(pk=instance.pk)
    left = last_public_urls(page) or _public_urls_below(page)
    _move.before = Before(page, left, _public_page_ids(), parent_page_before.pk)


def after_move(**kwargs: Any) -> None:
    del _move.before


def _before(page: Page) -> Before:
    # Only the page's own type knows whether it is withheld.
    model: Any = type(page) if hides_stale_translations(type(page)) else Page
    old = model.objects.filter(pk=page.pk).first() if page.pk else None
    if old is None:
        return Before(None, public_before=_public_page_ids())
    # The address of a home page is the site's, whatever its slug.
    moves = page.url_path != old.url_path and not page.is_site_root()
    move: Before | None = getattr(_move, "before", None)
    # A move that failed leaves its announcement behind, and the page where it was.
    if move and move.page and move.page.pk == old.pk and move.page.path != old.path:
        return replace(move, moves=moves)
    if moves:
        _lock_pages_below(old)
    goes = not page.live or is_withheld(page)
    leaves = goes or moves or page.alias_of_id != old.alias_of_id
    left = last_public_urls(old) if leaves else []
    return Before(old, left or (_public_urls_below(old) if moves else []), moves=moves)


def _public_urls_below(page: Page) -> list[PublicUrl]:
    """Where the public can read what is below a page that only keeps a place in the tree."""
    if Page.objects.filter(in_own_language_q(), pk=page.pk).exists():
        return []
    return tops(public_urls(Page.objects.filter(path__startswith=page.path)))


def _public_page_ids() -> PublicPageIds | None:
    """A page's place decides on its translations' too, where something is private."""
    return public_page_ids() if PageViewRestriction.objects.exists() else None


def _record(page: Page, before: Before) -> None:
    action = _action(page, before)
    record_page(
        before.urls if action in (Action.UNPUBLISHED, Action.MOVED) else [],
        **identity(page),
        action=action,
        path=page_path(page),
        reach=_reach(page, before),
        references=stored([Source(PAGE, before.parent_id)] if before.parent_id else []),
    )


def _action(page: Page, before: Before) -> Action:
    old = before.page
    if old is None or not old.live or is_withheld(old):
        # Only a page that keeps a place takes others with it while it is hidden itself.
        if before.urls:
            return Action.MOVED
        old = None
    if not page.live or is_withheld(page):
        return Action.UNPUBLISHED
    if old is None:
        return Action.PUBLISHED
    if before.moves:
        return Action.MOVED
    if page.path != old.path:
        return Action.REORDERED
    if before.urls and not public_urls(Page.objects.filter(pk=page.pk)):
        return Action.UNPUBLISHED
    return Action.PUBLISHED


def _reach(page: Page, before: Before) -> Reach:
    old = before.page
    appears = old is None or _standing_fields(old) != _standing_fields(page)
    if appears and page.is_site_root():
        return Reach.SITE
    named = appears or before.moves or (old is not None and old.title != page.title)
    placed = old is None or old.path != page.path
    switched = old is not None and old.show_in_menus != page.show_in_menus
    if switched or (page.show_in_menus and (named or placed)):
        return Reach.LOCALE
    if before.moves and _has_menu_pages_below(page):
        return Reach.LOCALE
    return Reach.SUBTREE if named else Reach.OBJECT


def _standing_fields(page: Page) -> tuple[Any, ...]:
    """What decides whether and until when a page is shown, beside its place."""
    return page.alias_of_id, is_live(page), page.expire_at


def _has_menu_pages_below(page: Page) -> bool:
    return bool(Page.objects.filter(path__startswith=page.path, show_in_menus=True).exists())


def _lock_pages_below(page: Page) -> None:
    """Before the counter is locked, and not while it is, as Wagtail would do next.

    Otherwise this transaction could hold the counter and wait for a page, and another one hold
    that page and wait for the counter.
    """
    below = Page.objects.filter(path__startswith=page.path).select_for_update()
    list(below.order_by("path").values_list("pk"))
