"""Addresses: the path of a page, its absolute URL, and the page that a path leads to."""

from typing import Any

from django.conf import settings
from wagtail.models import Page, Site

from .i18n import language_of_path
from .visibility import PublicScope


def page_path(page: Page) -> str:
    """A page's path on its site ("/en/therapy-methods/"), empty where it has none yet."""
    if not page.url_path:
        return ""
    parts = page.get_url_parts()
    return (parts and parts[2]) or ""


def absolute_url(site: Site, path: str) -> str:
    """The address of a path for visitors; the default site's host is `BASE_URL`."""
    return (settings.BASE_URL if site.is_default_site else site.root_url) + path


def find_page(path: str, scope: PublicScope) -> Any | None:
    """The public page that a path leads to, in whichever language the path names.

    Takes a path with or without language prefix and slashes at its ends; gives the page as its
    own type, or None. Each page has the one address that its place in the tree gives it.
    """
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
    url_path = root + "".join(f"{part}/" for part in parts)
    # The slug is the last part of the address, and has an index.
    slug = url_path.rstrip("/").rpartition("/")[2]
    pages = scope.pages().filter(slug=slug, url_path=url_path, locale=locale)
    return pages.specific().first()
