"""Keeps a page as private as it was when it was an alias.

An alias is as private as its source, whatever Wagtail has copied to it. Wagtail's
`ConvertAliasPageAction` makes an ordinary page of it with that copy: of what the source had when
the alias was made.
"""

from django.db.models import Q, QuerySet
from wagtail.models import Page, PageViewRestriction

from cms.core.changes import Change
from cms.public.visibility import paths_above

from .aliases import frees


def keep_privacy(change: Change) -> None:
    """Give a page that is freed from its source the restriction that its source is under.

    One in another language is a draft of the same original, which it shares its privacy with.
    """
    page: Page = change.after
    if not frees(change) or page.get_view_restrictions().exists():
        return
    source = Page.objects.filter(pk=page.loaded_as.alias_of, locale=page.locale_id).first()
    restriction = _restrictions_on(source).first() if source is not None else None
    if restriction is None:
        return
    # Before the row in the journal: whoever has its counter waits for no other row.
    list(Page.objects.select_for_update().filter(pk=page.pk).values_list("pk"))
    kept = PageViewRestriction.objects.create(
        page=page,
        restriction_type=restriction.restriction_type,
        password=restriction.password,
    )
    kept.groups.set(restriction.groups.all())


def _restrictions_on(page: Page) -> QuerySet[PageViewRestriction]:
    """Return what makes a page private: on it, a page above it or their other languages."""
    versions = Page.objects.filter(translation_key=page.translation_key)
    paths = {path for each in versions for path in [each.path, *paths_above(each)]}
    covering = Page.objects.filter(path__in=paths)
    found: QuerySet[PageViewRestriction] = PageViewRestriction.objects.filter(
        Q(page__translation_key__in=covering.values("translation_key"))
        | Q(page__in=covering.values("alias_of")),
        page__alias_of=None,
    )
    return found.order_by("-page__depth", "pk")
