"""Show in lists of the admin what a search has found in the text of each row."""

from collections.abc import Iterable
from typing import Any

from wagtail.models import Page

from cms.core.i18n import content_locales
from cms.core.search.full_text import searchable_text
from cms.core.search.highlighting import highlighted_extract

MARK = "<mark>"


def search_extracts(rows: Iterable[Any], query: str) -> dict[Any, str]:
    """Return extracts as HTML by id, of those rows in whose text a word of the query is.

    Takes the pages or the shared content of one list. Pages are read again: a list leaves out
    their streams.
    """
    objects = list(rows)
    if not query or not objects:
        return {}
    if isinstance(objects[0], Page):
        objects = list(Page.objects.filter(pk__in=[page.pk for page in objects]).specific())
    locales = content_locales()
    extracts = {}
    for each in objects:
        locale = locales.get(each.locale_id)
        if locale is not None:
            text = searchable_text(each)
            html = highlighted_extract(text, query, locale.language_code, unfinished=True)
            if MARK in html:
                extracts[each.pk] = html
    return extracts
