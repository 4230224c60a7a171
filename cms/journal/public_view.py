"""What of some changes the public of a site can read now, looked up for all of them at once."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from cms.public.visibility import PublicScope, is_live, subtree_q

from .families import Families
from .models import Action, ContentChange, Kind
from .spread import Spread, subject_of

GOING: Final = (Action.UNPUBLISHED, Action.RESTRICTED, Action.DELETED)
FILES: Final = (Kind.IMAGE, Kind.DOCUMENT)


class PublicNow:
    """The public's present view of what changes are about and where they show."""

    def __init__(self, scope: PublicScope, spreads: Sequence[Spread], families: Families) -> None:
        self.scope = scope
        self.families = families
        self.ids: dict[str, set[int]] = defaultdict(set)
        for spread in spreads:
            self.ids[spread.change.kind].add(spread.change.object_id)
        self.redirects = Redirect.objects.in_bulk(self.ids.get(Kind.REDIRECT, ()))
        self.files = self._find_files(spread.change for spread in spreads)
        self.pages = {page.pk: page for page in self._find_pages(spreads)}

    def may_tell(self, change: ContentChange) -> bool:
        """Whether the public may know of a change: it took away what they could read, or they
        can read it now."""
        if change.withdrawn and self.is_here(change):
            return True
        if change.kind == Kind.SITE:
            return change.object_id == self.scope.site.pk
        if change.kind == Kind.LOCALE:
            return True
        return change.action not in GOING and self._is_public(change)

    def is_here(self, change: ContentChange) -> bool:
        """Whether what a change took away was on this site."""
        return change.site_id in (None, self.scope.site.pk)

    def pages_of(self, spread: Spread) -> list[Page]:
        """The public pages that a change may show on."""
        return [page for page in self.pages.values() if self._shows(page, spread)]

    def language_of(self, page: Page) -> str:
        return self.scope.locales[page.locale_id].language_code

    def _is_public(self, change: ContentChange) -> bool:
        if change.kind == Kind.PAGE:
            return change.object_id in self.pages
        if change.kind == Kind.SNIPPET:
            subject = subject_of(change)
            return subject in self.families.objects and is_live(self.families.objects[subject])
        if change.kind == Kind.COLLECTION:
            return change.object_id not in self.scope.private_collections
        if change.kind == Kind.REDIRECT:
            redirect = self.redirects.get(change.object_id)
            return redirect is not None and self._may_tell_redirect(redirect)
        return (change.type, change.object_id) in self.files

    def _may_tell_redirect(self, redirect: Redirect) -> bool:
        if redirect.automatically_created:
            # Perhaps from an address that was private.
            return False
        on_site = redirect.site_id in (None, self.scope.site.pk)
        target = redirect.redirect_page_id
        return on_site and (target is None or target in self.pages)

    def _shows(self, page: Page, spread: Spread) -> bool:
        language = self.language_of(page)
        return (
            (page.pk, None) in spread.pages
            or (page.pk, language) in spread.pages
            or page.path in spread.parents
            or (spread.subtree is not None and page.path.startswith(spread.subtree))
            or (bool(spread.lists) and (_label(page), language) in spread.lists)
        )

    def _find_files(self, changes: Iterable[ContentChange]) -> set[tuple[str, int]]:
        wanted: dict[str, set[int]] = defaultdict(set)
        for change in changes:
            if change.kind in FILES:
                wanted[change.type].add(change.object_id)
        return {
            (label, key)
            for label, keys in wanted.items()
            for key in apps.get_model(label)
            ._base_manager.filter(pk__in=keys)
            .exclude(collection__in=self.scope.private_collections)
            .values_list("pk", flat=True)
        }

    def _find_pages(self, spreads: Sequence[Spread]) -> Any:
        keys = self.ids.get(Kind.PAGE, set()).copy()
        keys |= {key for spread in spreads for key, _language in spread.pages}
        keys |= {redirect.redirect_page_id for redirect in self.redirects.values()} - {None}
        paths = {path for spread in spreads for path in spread.parents}
        types = {label for spread in spreads for label, _language in spread.lists}
        wanted = Q(pk__in=keys) | Q(path__in=paths)
        wanted |= subtree_q([spread.subtree for spread in spreads if spread.subtree])
        for label in types:
            wanted |= Q(content_type=ContentType.objects.get_for_model(apps.get_model(label)))
        return self.scope.pages().filter(wanted)


def _label(page: Page) -> str:
    model: Any = page.specific_class
    return str(model._meta.label)
