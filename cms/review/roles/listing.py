"""Searches and sorts groups, workflows and tasks by the names that are shown to the reader."""

from typing import Any

from django.conf import settings
from django.db.models import Case, CharField, F, QuerySet, Value, When
from django.db.models.expressions import OrderBy
from django.utils.translation import get_language

from cms.core.collation import Alphabetical

from .names import shown_name, translated_names


def find_by_shown_name(rows: QuerySet[Any], words: str) -> QuerySet[Any]:
    """Return the rows whose name in the active language has these words.

    The names are compared here, since SQLite does not know "Ö" and "ö" for the same letter.
    """
    wanted = words.casefold()
    names = rows.order_by().values_list("pk", "name")
    return rows.filter(pk__in=[pk for pk, name in names if wanted in shown_name(name).casefold()])


def sort_by_shown_name(rows: QuerySet[Any], *, descending: bool = False) -> QuerySet[Any]:
    """Return the rows in the alphabetical order of their names in the active language."""
    shown: Any = Case(
        *(When(name=name, then=Value(text)) for name, text in translated_names().items()),
        default=F("name"),
        output_field=CharField(),
    )
    in_language = Alphabetical(shown, get_language() or settings.LANGUAGE_CODE)
    return rows.order_by(OrderBy(in_language, descending=descending), "pk")
