"""What the public can read of the pages at this moment, and at which addresses."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from wagtail.models import Collection, Page, Site

from cms.public.page_paths import page_path
from cms.public.visibility import PublicScope, is_withheld


@dataclass(frozen=True)
class Standing:
    """A page that the public can read on a site."""

    page: Page
    site_id: int
    path: str


# Which pages the public can read, as (site id, page id).
Census = frozenset[tuple[int, int]]


def take_census() -> Census:
    """Every page that the public can read, on every site."""
    return frozenset(
        (site.pk, pk)
        for site in _sites()
        for pk in PublicScope(site).pages().order_by().values_list("pk", flat=True)
    )


def standings(pages: Any) -> list[Standing]:
    """Where the public can read the pages of a queryset, in the order of the tree."""
    return [
        Standing(page, site.pk, page_path(page))
        for site in _sites()
        for page in pages.filter(PublicScope(site).public_q).order_by("path")
    ]


def last_standings(page: Page) -> list[Standing]:
    """Where the public could read a stored page until now.

    A page that has expired is hidden at once, yet whoever keeps copies has not been told: it
    stands where it stood, as long as its parent does.
    """
    if not was_shown(page):
        return []
    found = standings(Page.objects.filter(pk=page.pk))
    if found or page.expire_at is None or page.expire_at > timezone.now():
        return found
    homes = [root.site_id for root in Site.get_site_root_paths() if root.root_path == page.url_path]
    parents = standings(Page.objects.filter(pk=page.get_parent().pk))
    on_sites = homes or [standing.site_id for standing in parents]
    return [
        Standing(page, site.pk, page_path(page))
        for site in _sites()
        if site.pk in on_sites and not _is_restricted(page, PublicScope(site))
    ]


def was_shown(instance: Any) -> bool:
    """Whether a stored object is live, not withheld and was not published after its expiry."""
    in_time = (
        instance.expire_at is None
        or instance.last_published_at is None
        or instance.expire_at > instance.last_published_at
    )
    return instance.live and in_time and not is_withheld(instance)


def tops(found: Iterable[Standing]) -> list[Standing]:
    """Those of the standings, given in the order of the tree, that are below no other."""
    chosen: list[Standing] = []
    for standing in found:
        last = chosen[-1] if chosen else None
        if (
            last is None
            or last.site_id != standing.site_id
            or not standing.page.path.startswith(last.page.path)
        ):
            chosen.append(standing)
    return chosen


def is_public_collection(key: int) -> bool:
    """Whether the public may fetch the files of a collection."""
    return not Collection.objects.get(pk=key).get_view_restrictions().exists()


def _is_restricted(page: Page, scope: PublicScope) -> bool:
    paths = page.get_translations(inclusive=True).values_list("path", flat=True)
    return any(path.startswith(tuple(scope.restricted_paths)) for path in paths)


def _sites() -> Any:
    return Site.objects.select_related("root_page")
