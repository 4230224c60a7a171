"""Adapter that keeps aliases of pages in other languages from becoming live text.

wagtail-localize makes a live alias of each untranslated parent of a page that it translates. The
public sees no such alias, and what is below it as before. Upstream code that makes an ordinary
page of an alias, or a copy of one, leaves it live with the text of its source: wagtail-localize
when the page is translated itself, Wagtail's `ConvertAliasPageAction` and `CopyPageAction`.
`cms.translation.engine.foreign_texts` keeps that text from being published later.
"""

from typing import Any, Final

from wagtail.models import COMMENTS_RELATION_NAME, Page

from cms.core.changes import Change
from cms.public.visibility import PLACE_KEPT

from .foreign_texts import (
    DRAFT,
    inherited_texts,
    note_foreign_texts,
    remember_origin,
    set_draft,
)

ALIAS_FIELDS: Final = frozenset({"alias_of", "alias_of_id"})


def draft_freed_alias(change: Change) -> None:
    """Make a draft of an alias that is freed from its source in another language.

    One in the same language keeps what its source says, and is known to have the texts of another
    language that are in it. An alias of an alias becomes an alias of the page itself.
    """
    page: Page = change.after
    if not _writes_alias(change):
        return
    if page.alias_of_id:
        _follow_original(page)
        if change.is_new:
            _load_as_alias_of(page, page.alias_of_id)
        return
    source = _freed_from(page)
    if source is None:
        return
    if source.locale_id == page.locale_id:
        if not change.is_new and (texts := inherited_texts(source)):
            note_foreign_texts(page, texts=texts)
        return
    if change.is_new:
        set_draft(page)
        return
    if page.live:
        set_draft(page)
        # The save may write other fields only.
        Page.objects.filter(pk=page.pk).update(**DRAFT)
        note_foreign_texts(page, PLACE_KEPT)
    else:
        note_foreign_texts(page)
    remember_origin(change, source)
    _load_as_alias_of(page, None)


def leave_comments_to_original(change: Change) -> None:
    """Take away the comments that an alias is copied with when its page is published.

    Nobody can edit an alias; Wagtail copies a page without its comments otherwise.
    """
    page: Any = change.after
    if page.alias_of_id and change.fields is None:
        setattr(page, COMMENTS_RELATION_NAME, [])


def free_aliases(change: Change) -> None:
    """Free the aliases of a page first: the database would only clear what they are aliases of.

    Wagtail unpublishes what it deletes, with the aliases that it then finds. In another language an
    alias becomes a draft by itself, which goes on keeping its place.
    """
    page: Page = change.after
    for alias in Page.objects.filter(alias_of=page.pk):
        freed = alias.specific
        if page.live and freed.live and freed.locale_id == page.locale_id:
            freed.unpublish(log_action=False)
        free(freed)


def free(alias: Page) -> None:
    """Make an ordinary page of an alias, as a specific instance; see `draft_freed_alias`."""
    alias.alias_of = None
    alias.save(update_fields=["alias_of"], clean=False)


def frees(change: Change) -> bool:
    """Return whether a page that was loaded as an alias is saved as an ordinary page."""
    page: Page = change.after
    return (
        not change.is_new
        and _writes_alias(change)
        and page.alias_of_id is None
        and page.loaded_as.alias_of is not None
    )


def _writes_alias(change: Change) -> bool:
    return change.fields is None or not ALIAS_FIELDS.isdisjoint(change.fields)


def _follow_original(alias: Page) -> None:
    """Let the alias of an alias follow the page itself, whose language decides who sees it."""
    alias.alias_of = alias.alias_of.alias_of or alias.alias_of


def _load_as_alias_of(page: Page, source: int | None) -> None:
    """Let an instance pass for one that was loaded as it is saved now."""
    page.loaded_as = page.loaded_as._replace(alias_of=source)


def _freed_from(page: Page) -> Page | None:
    """Return the page that an instance was loaded or copied as an alias of."""
    source = page.loaded_as.alias_of
    return Page.objects.filter(pk=source).first() if source is not None else None
