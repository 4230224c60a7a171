"""Find the pages that the public can read at this moment, and their URLs."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from wagtail.models import Collection, Page, Site

from cms.public.page_paths import page_path
from cms.public.visibility import PublicScope, below_q, in_own_language_q, is_withheld


@dataclass(frozen=True)
class PublicUrl:
    """A page that the public can read, with its path on one site."""

    page: Page
    site_id: int
    path: str


# The pages that the public can read, as pairs of a site id and a page id.
PublicPageIds = frozenset[tuple[int, int]]


def public_page_ids() -> PublicPageIds:
    """Return every page that the public can read, on every site."""
    return frozenset(
        (site.pk, pk)
        for site in _sites()
        for pk in PublicScope(site).pages().order_by().values_list("pk", flat=True)
    )


def public_urls(pages: Any) -> list[PublicUrl]:
    """Return the public URLs of the pages of a queryset, site by site, in the order of the tree."""
    return [
        PublicUrl(page, site.pk, page_path(page))
        for site in _sites()
        for page in pages.filter(PublicScope(site).public_q).order_by("path")
    ]


def last_public_urls(page: Page) -> list[PublicUrl]:
    """Return the URLs at which the public could read a stored page until now.

    Includes those of a page that has expired since its publication, as long as its parent is
    public: it is hidden at once, but no row of the journal has told caches of that yet.
    """
    if not was_shown(page):
        return []
    found = public_urls(Page.objects.filter(pk=page.pk))
    if found or page.expire_at is None or page.expire_at > timezone.now():
        return found
    homes = [root.site_id for root in Site.get_site_root_paths() if root.root_path == page.url_path]
    parents = public_urls(Page.objects.filter(pk=page.get_parent().pk))
    on_sites = homes or [url.site_id for url in parents]
    return [
        PublicUrl(page, site.pk, page_path(page))
        for site in _sites()
        if site.pk in on_sites and not _is_restricted(page, PublicScope(site))
    ]


def public_urls_below(page: Page) -> list[PublicUrl]:
    """Return the public URLs below a page that only keeps a place in the tree."""
    if Page.objects.filter(in_own_language_q(), pk=page.pk).exists():
        return []
    return tops(public_urls(Page.objects.filter(path__startswith=page.path)))


def was_shown(instance: Any) -> bool:
    """Return whether a stored object is live, not withheld and was published before its expiry."""
    in_time = (
        instance.expire_at is None
        or instance.last_published_at is None
        or instance.expire_at > instance.last_published_at
    )
    return instance.live and in_time and not is_withheld(instance)


def tops(found: Iterable[PublicUrl]) -> list[PublicUrl]:
    """Return those of some URLs, in the order of the tree, that are below no other of them."""
    chosen: list[PublicUrl] = []
    for url in found:
        last = chosen[-1] if chosen else None
        if (
            last is None
            or last.site_id != url.site_id
            or not url.page.path.startswith(last.page.path)
        ):
            chosen.append(url)
    return chosen


def is_public_collection(key: int) -> bool:
    """Return whether the public may fetch the files of a collection."""
    return not Collection.objects.get(pk=key).get_view_restrictions().exists()


def _is_restricted(page: Page, scope: PublicScope) -> bool:
    places = page.get_translations(inclusive=True).filter(below_q(scope.restricted_pages))
    return bool(places.exists())


def _sites() -> Any:
    return Site.objects.select_related("root_page")
