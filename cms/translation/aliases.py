"""Adapter that keeps aliases of pages in other languages from becoming live text.

wagtail-localize makes a live alias of each untranslated parent of a page that it translates. The
public sees no such alias, and what is below it as before. Upstream code that makes an ordinary
page of an alias, or a copy of one, leaves it live with the text of its source: wagtail-localize
when the page is translated itself, Wagtail's `ConvertAliasPageAction` and `CopyPageAction`.
"""

from collections.abc import Collection
from typing import Any, Final

from wagtail.log_actions import log
from wagtail.models import Page

from cms.core.visibility import PLACE_KEPT

ALIAS_FIELDS: Final = frozenset({"alias_of", "alias_of_id"})
DRAFT: Final = {
    "live": False,
    "has_unpublished_changes": True,
    "live_revision_id": None,
    "first_published_at": None,
    "last_published_at": None,
}


def remember_source(instance: Page, **kwargs: Any) -> None:
    """Keep what a page is loaded or copied as an alias of: upstream clears that before it saves."""
    instance.loaded_alias_of_id = instance.__dict__.get("alias_of_id")


def before_page_save(instance: Page, update_fields: Collection[str] | None) -> None:
    """Turn a freed alias of another language into a draft, and aliases of aliases into aliases."""
    if update_fields is not None and ALIAS_FIELDS.isdisjoint(update_fields):
        return
    if instance.alias_of_id:
        _follow_original(instance)
        if instance._state.adding:
            remember_source(instance)
    elif _is_freed(instance):
        _make_draft(instance)
        remember_source(instance)


def _follow_original(alias: Page) -> None:
    """Let the alias of an alias follow the page itself, whose language decides who sees it."""
    alias.alias_of = alias.alias_of.alias_of or alias.alias_of


def _is_freed(page: Page) -> bool:
    """Whether a live page was an alias of a page in another language until now."""
    source = getattr(page, "loaded_alias_of_id", None)
    if source is None or not page.live:
        return False
    return Page.objects.filter(pk=source).exclude(locale=page.locale_id).exists()


def _make_draft(page: Page) -> None:
    for name, value in DRAFT.items():
        setattr(page, name, value)
    if not page._state.adding:
        # The save may write other fields only.
        Page.objects.filter(pk=page.pk).update(**DRAFT)
        log(instance=page, action=PLACE_KEPT)
