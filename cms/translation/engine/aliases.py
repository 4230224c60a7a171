"""Adapter that keeps aliases of pages in other languages from becoming live text.

wagtail-localize makes a live alias of each untranslated parent of a page that it translates. The
public sees no such alias, and what is below it as before. Upstream code that makes an ordinary
page of an alias, or a copy of one, leaves it live with the text of its source: wagtail-localize
when the page is translated itself, Wagtail's `ConvertAliasPageAction` and `CopyPageAction`.
`cms.translation.engine.foreign_texts` keeps that text from being published later.
"""

from collections.abc import Collection
from typing import Any, Final

from wagtail.models import Page

from cms.public.visibility import PLACE_KEPT

from .foreign_texts import DRAFT, note_foreign_texts, note_origin, set_draft

ALIAS_FIELDS: Final = frozenset({"alias_of", "alias_of_id"})


def before_page_save(instance: Page, update_fields: Collection[str] | None) -> None:
    """Turn a freed alias of another language into a draft, and aliases of aliases into aliases."""
    if update_fields is not None and ALIAS_FIELDS.isdisjoint(update_fields):
        return
    if instance.alias_of_id:
        _follow_original(instance)
        if instance._state.adding:
            instance.loaded_alias_of_id = instance.alias_of_id
        return
    source = _freed_from(instance)
    if source is None:
        return
    if instance._state.adding:
        set_draft(instance)
    else:
        if instance.live:
            set_draft(instance)
            # The save may write other fields only.
            Page.objects.filter(pk=instance.pk).update(**DRAFT)
            note_foreign_texts(instance, PLACE_KEPT)
        else:
            note_foreign_texts(instance)
        note_origin(instance, source)
        instance.loaded_alias_of_id = None


def before_page_delete(instance: Page, **kwargs: Any) -> None:
    """Free the aliases of a page first: the database would only clear what they are aliases of."""
    for alias in Page.objects.filter(alias_of=instance.pk).exclude(locale=instance.locale_id):
        freed = alias.specific
        freed.alias_of = None
        freed.save(update_fields=["alias_of"], clean=False)


def _follow_original(alias: Page) -> None:
    """Let the alias of an alias follow the page itself, whose language decides who sees it."""
    alias.alias_of = alias.alias_of.alias_of or alias.alias_of


def _freed_from(page: Page) -> Page | None:
    """Return the page in another language that a page was an alias of until now."""
    source = getattr(page, "loaded_alias_of_id", None)
    if source is None:
        return None
    return Page.objects.filter(pk=source).exclude(locale=page.locale_id).first()
