"""Keeps a page as private as it was through another page that it no longer has.

An alias is as private as its source, whatever Wagtail has copied to it. Wagtail's
`ConvertAliasPageAction` makes an ordinary page of it with that copy: of what the source had when
the alias was made. And a translation is private where its original is, or a page above that: when
the original is deleted, it would be public at once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from wagtail.models import Page, PageViewRestriction
from wagtail_localize.models import Translation

from cms.core.changes import Change
from cms.public.visibility import paths_that_close

from .aliases import frees


@dataclass(frozen=True)
class DoomedPages:
    """The pages that are deleted together; `waiting` are the ids of those still to be announced."""

    pages: list[Page]
    waiting: set[int]


def keep_privacy(change: Change) -> None:
    """Give a page that is freed from its source the restriction that its source is under.

    One in another language is a draft of the same original, which it shares its privacy with.
    """
    page: Page = change.after
    if not frees(change) or page.get_view_restrictions().exists():
        return
    source = Page.objects.filter(pk=page.loaded_as.alias_of, locale=page.locale_id).first()
    restriction = _restrictions_on([source]).first() if source is not None else None
    if restriction is not None:
        _restrict(page, restriction)


def leave_privacy(change: Change) -> None:
    """Give translations of originals that are deleted the restrictions that these are under.

    Asked when the last of the pages is announced, and the aliases of all are freed. A translation
    that is private all the same, by itself or by others that stay, is given none.
    """
    doomed = _doomed(change)
    doomed.waiting.discard(change.after.pk)
    if doomed.waiting or not PageViewRestriction.objects.exists():
        return
    if not _restrictions_on(doomed.pages).exists():
        return
    gone = [page.pk for page in doomed.pages]
    originals = {(page.translation_key, page.locale_id): page for page in doomed.pages}
    translations = Translation.objects.filter(
        source__object_id__in=[key for key, _locale in originals]
    ).values_list("source__object_id", "source__locale", "target_locale")
    sources = {
        (key, target): originals[key, locale]
        for key, locale, target in translations
        if (key, locale) in originals
    }
    others = Page.objects.filter(translation_key__in=[key for key, _locale in sources])
    # The highest first: it covers those below it.
    for page in others.filter(alias_of=None).exclude(pk__in=gone).order_by("path"):
        source = sources.get((page.translation_key, page.locale_id))
        if source is None or _restrictions_on([page], gone).exists():
            continue
        restriction = _restrictions_on([source]).first()
        if restriction is not None:
            _restrict(page, restriction)


def _doomed(change: Change) -> DoomedPages:
    """Return the pages of a deletion, read when the first of them is announced."""
    whole, origin = change.part_of or change, change.origin
    found = whole.recall(DoomedPages)
    if found is None:
        together = isinstance(origin, QuerySet) and issubclass(origin.model, Page)
        pages = [*Page.objects.filter(pk__in=origin.values("pk"))] if together else [change.after]
        found = DoomedPages(pages, {page.pk for page in pages})
        if together:
            whole.remember(found)
    return found


def _restrict(page: Page, restriction: PageViewRestriction) -> None:
    # Before the row in the journal: whoever has its counter waits for no other row.
    list(Page.objects.select_for_update().filter(pk=page.pk).values_list("pk"))
    kept = PageViewRestriction.objects.create(
        page=page,
        restriction_type=restriction.restriction_type,
        password=restriction.password,
    )
    kept.groups.set(restriction.groups.all())


def _restrictions_on(
    pages: Iterable[Page], gone: Sequence[int] = ()
) -> QuerySet[PageViewRestriction]:
    """Return what makes pages private: on them, on pages above or on other languages of these.

    Leaves out what is on the pages with the ids `gone`.
    """
    paths = paths_that_close({page.translation_key for page in pages}, gone)
    found: QuerySet[PageViewRestriction] = PageViewRestriction.objects.filter(
        page__path__in=paths, page__alias_of=None
    )
    return found.exclude(page__in=gone).order_by("-page__depth", "pk")
