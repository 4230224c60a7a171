"""Converts between pages, their paths and their absolute URLs."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from wagtail.models import Locale, Page, Site

from cms.core.i18n import language_of_path

from .nodes import name_node
from .visibility import PublicScope, live_q


def page_path(page: Page) -> str:
    """Return a page's path on its site ("/en/therapy-methods/"), empty where it has none yet."""
    if not page.url_path:
        return ""
    parts = page.get_url_parts()
    return (parts and parts[2]) or ""


def absolute_url(site: Site, path: str) -> str:
    """Return the absolute URL of a path; the default site's host is that of `BASE_URL`.

    The one rule for every whole address that the API gives, of pages and of files. The URL of a
    file in a storage with a host of its own is returned as it is.
    """
    if path and not path.startswith("/"):
        return path
    return (settings.BASE_URL if site.is_default_site else site.root_url) + path


def find_page(path: str, scope: PublicScope) -> Any | None:
    """Return the public page at a path as its own type, or None.

    The path's prefix decides the language; slashes at its ends make no difference. Each page has
    one address, given by its place in the tree.
    """
    place = _place(path, scope)
    if place is None:
        return None
    url_path, locale_id = place
    # The slug is the last part of the address, and has an index.
    slug = url_path.rstrip("/").rpartition("/")[2]
    return _find_page(scope, slug=slug, url_path=url_path, locale=locale_id)


def page_with_id(page_id: int, scope: PublicScope) -> Any | None:
    """Return the public page with an id as its own type, or None."""
    return _find_page(scope, pk=page_id)


def _find_page(scope: PublicScope, **conditions: Any) -> Any | None:
    """Return the public page that meets some conditions on its name or place, or None.

    Where an earlier answer has found it, its own row alone is read.
    """
    name = ("public page", *conditions.values())
    if known := scope.known(*name):
        model, nodes = known
        page = model.objects.filter(live_q(), **conditions).first()
        if page is not None:
            scope.note(*nodes)
            return page
    page = scope.pages().filter(**conditions).order_by("path").specific().first()
    if page is not None:
        nodes = [name_node(page.translation_key, page.locale_id)]
        scope.note(*nodes)
        scope.remember(type(page), nodes, *name)
    return page


def find_page_ids(paths: Iterable[str], scope: PublicScope) -> dict[str, int]:
    """Return the ids of the public pages at some paths, by path.

    Paths without a public page are left out. The number of queries does not depend on the number of
    paths.
    """
    places = {place: path for path in paths if (place := _place(path, scope))}
    found = scope.pages().filter(url_path__in={url_path for url_path, _locale in places})
    # The first in the tree stays, should two pages have one address.
    found = found.order_by("-path")
    return {
        places[place]: pk
        for *place_parts, pk in found.values_list("url_path", "locale_id", "pk")
        if (place := tuple(place_parts)) in places
    }


def path_of_type(model: type[Page], locale: Locale, scope: PublicScope) -> str | None:
    """Return the path of the first public page of a type in a language, None without one."""
    pages = scope.pages().exact_type(model).filter(locale=locale)
    page = pages.order_by("path").first()
    return page_path(page) if page else None


def _place(path: str, scope: PublicScope) -> tuple[str, int] | None:
    """Return the `url_path` and the locale id that the page at a path would have."""
    path = "/" + path.strip("/") + "/"
    language = language_of_path(path)
    locale = scope.locale(language)
    root = scope.root_path(language)
    if locale is None or root is None:
        return None
    parts = [part for part in path.split("/") if part]
    if language != settings.LANGUAGE_CODE and parts.pop(0) != language:
        # Another spelling of the prefix, such as /en-gb/ or /EN/, is no address of this site.
        return None
    return root + "".join(f"{part}/" for part in parts), locale.pk
