"""Loads what the public of a site can read now of some changes, for all of them at once."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from cms.public.visibility import PublicScope, is_live, subtree_q

from .affected_pages import AffectedPages, changed_node
from .models import Action, ContentChange, Kind
from .translation_groups import TranslationGroups

TAKEN_AWAY: Final = (Action.UNPUBLISHED, Action.RESTRICTED, Action.DELETED)
FILES: Final = (Kind.IMAGE, Kind.DOCUMENT)


class PublicView:
    """The changed objects, and the pages that may show them, which the public can read now."""

    def __init__(
        self, scope: PublicScope, affected: Sequence[AffectedPages], groups: TranslationGroups
    ) -> None:
        self.scope = scope
        self.groups = groups
        self.ids: dict[str, set[int]] = defaultdict(set)
        for each in affected:
            self.ids[each.change.kind].add(each.change.object_id)
        self.redirects = Redirect.objects.in_bulk(self.ids.get(Kind.REDIRECT, ()))
        self.files = self._find_files(each.change for each in affected)
        self.pages = {page.pk: page for page in self._find_pages(affected)}

    def may_report(self, change: ContentChange) -> bool:
        """Return whether the public may know of a change.

        They may where it took away what they could read, and where they can read it now.
        """
        if change.withdrawn and self.was_on_site(change):
            return True
        if change.kind == Kind.SITE:
            return change.object_id == self.scope.site.pk
        if change.kind == Kind.LOCALE:
            return True
        return change.action not in TAKEN_AWAY and self._is_public(change)

    def was_on_site(self, change: ContentChange) -> bool:
        """Return whether the object that a change took away was on this site."""
        return change.site_id in (None, self.scope.site.pk)

    def pages_of(self, each: AffectedPages) -> list[Page]:
        """Return the public pages that may show a change."""
        return [page for page in self.pages.values() if self._shows(page, each)]

    def language_of(self, page: Page) -> str:
        return self.scope.locales[page.locale_id].language_code

    def _is_public(self, change: ContentChange) -> bool:
        if change.kind == Kind.PAGE:
            return change.object_id in self.pages
        if change.kind == Kind.SNIPPET:
            node = changed_node(change)
            return node in self.groups.objects and is_live(self.groups.objects[node])
        if change.kind == Kind.COLLECTION:
            return change.object_id not in self.scope.private_collections
        if change.kind == Kind.REDIRECT:
            redirect = self.redirects.get(change.object_id)
            return redirect is not None and self._may_report_redirect(redirect)
        return (change.type, change.object_id) in self.files

    def _may_report_redirect(self, redirect: Redirect) -> bool:
        if redirect.automatically_created:
            # Perhaps from an address that was private.
            return False
        on_site = redirect.site_id in (None, self.scope.site.pk)
        target = redirect.redirect_page_id
        return on_site and (target is None or target in self.pages)

    def _shows(self, page: Page, each: AffectedPages) -> bool:
        language = self.language_of(page)
        return (
            (page.pk, None) in each.pages
            or (page.pk, language) in each.pages
            or page.path in each.parents
            or (each.subtree is not None and page.path.startswith(each.subtree))
            or (bool(each.lists) and (_label(page), language) in each.lists)
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

    def _find_pages(self, affected: Sequence[AffectedPages]) -> Any:
        keys = self.ids.get(Kind.PAGE, set()).copy()
        keys |= {key for each in affected for key, _language in each.pages}
        keys |= {redirect.redirect_page_id for redirect in self.redirects.values()} - {None}
        paths = {path for each in affected for path in each.parents}
        types = {label for each in affected for label, _language in each.lists}
        wanted = Q(pk__in=keys) | Q(path__in=paths)
        wanted |= subtree_q([each.subtree for each in affected if each.subtree])
        for label in types:
            wanted |= Q(content_type=ContentType.objects.get_for_model(apps.get_model(label)))
        return self.scope.pages().filter(wanted)


def _label(page: Page) -> str:
    model: Any = page.specific_class
    return str(model._meta.label)
