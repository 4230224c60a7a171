"""Builds the frame of a language's pages, for templates and for `navigation/`."""

from collections.abc import Iterable

from wagtail.models import Locale, Page

from cms.public.lookup import PublicLookup
from cms.public.nodes import list_node, menu_node
from cms.public.page_paths import page_path
from cms.public.schemas import RichTextFormat
from cms.public.visibility import PublicScope, public_snippets

from .frame_schemas import Frame, MenuItem
from .models import SiteFurniture


def build_frame(
    scope: PublicScope, locale: Locale, rich_text_format: RichTextFormat = "html"
) -> Frame:
    """Return the menu, contact, crisis help and footer for readers of a locale."""
    return scope.fact(
        ("frame", locale.pk, rich_text_format), lambda: _build(scope, locale, rich_text_format)
    )


def _build(scope: PublicScope, locale: Locale, rich_text_format: RichTextFormat) -> Frame:
    scope.note(menu_node(locale.pk), list_node(SiteFurniture, locale.pk))
    home = scope.homes.get(locale.pk)
    furniture = public_snippets(SiteFurniture).filter(locale=locale).first()
    lookup = PublicLookup(scope, locale, rich_text_format)
    if furniture:
        lookup.prime([furniture])
    parts = furniture.public_value(lookup) if furniture else None
    return Frame(
        locale=locale.language_code,
        home_path=page_path(home) if home else None,
        menu=_menu(scope, home) if home else [],
        contact=parts.contact if parts else None,
        crisis=parts.crisis if parts else None,
        footer_text=parts.footer_text if parts else None,
        footer_links=parts.footer_links if parts else [],
    )


def _menu(scope: PublicScope, home: Page) -> list[MenuItem]:
    """Return the home page's children in menus, with their own children in menus."""
    pages = scope.pages().filter(
        path__startswith=home.path, depth__in=(home.depth + 1, home.depth + 2), show_in_menus=True
    )
    top = []
    below: dict[str, list[Page]] = {}
    for page in pages.order_by("path"):
        if page.depth == home.depth + 1:
            top.append(page)
        else:
            below.setdefault(page.path[: -page.steplen], []).append(page)
    return [
        _menu_item(page, [_menu_item(child) for child in below.get(page.path, [])]) for page in top
    ]


def _menu_item(page: Page, children: Iterable[MenuItem] = ()) -> MenuItem:
    return MenuItem(id=page.pk, title=page.title, path=page_path(page), children=list(children))
