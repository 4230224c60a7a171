"""Replaces Wagtail's internal links in rich text by links that readers can follow."""

import re
from collections.abc import Callable
from html import escape
from typing import Final

from cms.core.i18n import language_name
from cms.upstream.rich_text import tag_attributes

from .schemas import PageLink

LINK: Final = re.compile(r"<a(\b[^>]*)>(.*?)</a>", re.DOTALL)

FindPage = Callable[[int | None], PageLink | None]
FindDocument = Callable[[int | None], str | None]


def resolve_links(html: str, find_page: FindPage, find_document: FindDocument) -> str:
    """Return database rich text with the address of each link's target.

    Takes functions that return a page's link and a document's URL by primary key, None where
    readers may not follow it: of such a link only the text is left. A link to another language
    names that language.
    """

    def resolve(match: re.Match[str]) -> str:
        attributes, text = tag_attributes(match[1]), match[2]
        kind, key = attributes.get("linktype"), attributes.get("id", "")
        if kind is None and (href := attributes.get("href")):
            return f'<a href="{escape(href)}">{text}</a>'
        number = int(key) if key.isdecimal() else None
        if kind == "page" and (link := find_page(number)):
            return _page_anchor(link, text)
        if kind == "document" and (url := find_document(number)):
            return f'<a href="{escape(url)}">{text}</a>'
        return text

    return LINK.sub(resolve, html)


def _page_anchor(link: PageLink, text: str) -> str:
    if not link.is_fallback:
        return f'<a href="{escape(link.path)}">{text}</a>'
    return (
        # Inside the link: screen readers list links by their text alone.
        f'<a href="{escape(link.path)}" hreflang="{link.locale}">{text} '
        f'<span lang="{link.locale}">({escape(language_name(link.locale))})</span></a>'
    )
