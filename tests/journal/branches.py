"""Helpers that publish, translate and hide pages, and read the public changes."""

from typing import Any

from django.contrib.auth.models import Group
from django.core.cache import cache
from wagtail.models import Locale, Page, PageViewRestriction, Site
from wagtail.models.sites import SITE_ROOT_PATHS_CACHE_KEY, SITE_ROOT_PATHS_CACHE_VERSION

from tests.factories import ContentPageFactory, HomePageFactory

OTHER_HOST = "testserver.localhost"


def restrict(page: Page, kind: str = "login") -> PageViewRestriction:
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=kind, password="x")
    if kind == "groups":
        restriction.groups.add(Group.objects.first())
    return restriction


def publish(page: Page) -> None:
    Page.objects.get(pk=page.pk).specific.save_revision().publish()


def section(slug: str, **fields: Any) -> Page:
    home = Page.objects.get(slug="hem")
    page = ContentPageFactory(parent=home, slug=slug, **fields)
    return Page.objects.get(pk=page.pk)


def other_home() -> Page:
    """Return the home page of another site."""
    locale = Locale.objects.get(language_code="sv")
    home = HomePageFactory(parent=Page.get_first_root_node(), slug="annan", locale=locale)
    Site.objects.create(hostname=OTHER_HOST, root_page=home)
    return Page.objects.get(pk=home.pk)


def translated(page: Page) -> Any:
    english = Locale.objects.get(language_code="en")
    copy = page.specific.copy_for_translation(english, copy_parents=True)
    return Page.objects.get(pk=copy.pk).specific


def translate_both(parent: Page, page: Page) -> tuple[Page, Page]:
    """Return published translations of a page and of its parent."""
    pair = []
    for source in (parent, page):
        draft = translated(source)
        draft.title, draft.introduction = f"English {source.pk}", "<p>In English.</p>"
        draft.save_revision().publish()
        pair.append(Page.objects.get(pk=draft.pk))
    return pair[0], pair[1]


def rename_home_elsewhere() -> None:
    """Change the home page's slug as another process does: Wagtail's cache here is not cleared."""
    kept = Site.get_site_root_paths()
    home = Page.objects.get(slug="hem").specific
    home.slug = "start"
    home.save_revision().publish()
    assert kept != Site.get_site_root_paths()
    cache.set(SITE_ROOT_PATHS_CACHE_KEY, kept, 3600, version=SITE_ROOT_PATHS_CACHE_VERSION)
