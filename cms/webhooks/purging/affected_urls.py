"""Finds the URLs of a site that look different after some changes."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from wagtail.models import Site

from cms.core.i18n import language_of_path
from cms.journal.models import Action, ContentChange, Kind
from cms.journal.public_changes import PublicChange, public_changes
from cms.journal.url_builders import AffectedContent, urls_of
from cms.public.page_paths import find_page_ids, page_path
from cms.public.visibility import PublicScope

from ..models import KnownAddress

LEAVING_ACTIONS = (Action.UNPUBLISHED, Action.DELETED, Action.RESTRICTED, Action.MOVED)


@dataclass
class SitePurge:
    """The paths of a site to purge, and the pages of which the network may have copies after it.

    `present` are public pages that may look different, `gone` are pages that are not public any
    more while the network may have a copy; both are ids by path. `other` are the paths that changes
    name themselves, such as redirects; `languages` are those of affected lists and menus.
    """

    site: Site
    present: dict[str, int] = field(default_factory=dict)
    gone: dict[str, int] = field(default_factory=dict)
    other: set[str] = field(default_factory=set)
    languages: set[str] = field(default_factory=set)

    @classmethod
    def of_changes(cls, site: Site, rows: Sequence[ContentChange] | None) -> "SitePurge":
        """Return the purge for rows of the journal; None stands for lost rows: everything."""
        scope = PublicScope(site)
        found = cls(site)
        changes = public_changes(rows, scope) if rows is not None else []
        everywhere = rows is None or any(_is_everywhere(change) for change in changes)
        languages = {change.locale for change in changes if change.everything} - {None}
        paths = {path for change in changes for path in change.paths}
        if everywhere or languages:
            pages = {page_path(page): page.pk for page in scope.pages()}
        else:
            pages = find_page_ids(paths, scope)
        found._add_gone(changes, pages, everything=everywhere or bool(languages))
        found.present = {
            path: pk
            for path, pk in pages.items()
            if everywhere or path in paths or language_of_path(path) in languages
        }
        found.other = {change.path for change in changes if change.path}
        found.languages = {
            *(language_of_path(path) for path in (*found.present, *found.gone)),
            *(change.locale for change in changes if change.locale),
        }
        if everywhere:
            found.languages = {locale.language_code for locale in scope.locales.values()}
        return found

    @property
    def paths(self) -> set[str]:
        pages: dict[str, int | None] = dict.fromkeys(self.other)
        affected = AffectedContent(
            {**pages, **self.gone, **self.present}, frozenset(self.languages)
        )
        # Nothing for a change that affects no public content here, such as one of another site.
        return urls_of(affected) if affected.pages or affected.languages else set()

    def remember(self) -> None:
        """Store the paths that the network may have copies of from now on."""
        KnownAddress.objects.filter(site=self.site, path__in=list(self.gone)).delete()
        KnownAddress.objects.bulk_create(
            [
                KnownAddress(site=self.site, path=path, page_id=pk)
                for path, pk in self.present.items()
            ],
            update_conflicts=True,
            unique_fields=["site", "path"],
            update_fields=["page_id"],
        )

    def _add_gone(
        self, changes: Sequence[PublicChange], pages: dict[str, int], *, everything: bool
    ) -> None:
        """Add the known pages that were at or below a path which has no page any more."""
        known = KnownAddress.objects.filter(site=self.site)
        left = tuple(
            change.path
            for change in changes
            if change.path and change.kind == Kind.PAGE and change.action in LEAVING_ACTIONS
        )
        if not left and not everything:
            return
        self.gone = {
            path: pk
            for path, pk in known.values_list("path", "page_id")
            if path not in pages and (everything or path.startswith(left))
        }


def _is_everywhere(change: PublicChange) -> bool:
    return change.everything and change.locale is None
