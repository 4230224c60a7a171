"""The tag that shows an extract in a row of a list."""

from typing import Any

from django import template
from django.utils.safestring import mark_safe

from ..search_extracts import search_extracts

register = template.Library()


@register.simple_tag(takes_context=True)
def search_extract(context: Any, instance: Any) -> str:
    """Return the extract of a row, empty where nobody searches or its text has none of the words.

    Takes what a cell of a table is rendered with. The extracts of all rows are made at once.
    """
    table, request = context.get("table"), context.get("request")
    if table is None or request is None:
        return ""
    if not hasattr(table, "search_extracts"):
        table.search_extracts = search_extracts(table.data, request.GET.get("q", "").strip())
    return mark_safe(table.search_extracts.get(instance.pk, ""))  # noqa: S308  # escaped in it
