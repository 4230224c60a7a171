"""Sort the rows of the matrix: by urgency, age, importance or title."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

from django.db.models import Model, TextChoices
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cms.core.alphabet import sort_key
from faq.models import FaqEntry, FaqPage, FaqTopic
from pages.models import (
    Concern,
    HomePage,
    SelfTestCallToAction,
    SelfTestPage,
    SiteFurniture,
    TherapyMethodIndexPage,
    TherapyMethodPage,
)

from .families import Cell, Family

# Site furniture (crisis help, footer) is on every page. Types that are not listed come last.
MOST_READ_FIRST: tuple[tuple[type[Model], ...], ...] = (
    (HomePage, SiteFurniture),
    (TherapyMethodIndexPage, TherapyMethodPage, Concern),
    (SelfTestPage, SelfTestCallToAction),
    (FaqPage, FaqEntry, FaqTopic),
)

_RANKS = {model: rank for rank, models in enumerate(MOST_READ_FIRST) for model in models}


class Order(TextChoices):
    """Sort orders that the report offers."""

    URGENCY = "urgency", _("Most urgent first")
    AGE = "age", _("Longest behind first")
    IMPORTANCE = "importance", _("Most read first")
    TITLE = "title", _("Title")


# A family with its cells that match the filters.
Row = tuple[Family, list[Cell]]

_LEAST_URGENT = 99
_NEVER = datetime.max.replace(tzinfo=UTC)


def ordered(rows: Iterable[Row], order: Order) -> list[Row]:
    """Sort rows; equal ones follow urgency, importance, age and title."""
    return sorted(rows, key=_KEYS[order])


def _urgency(row: Row) -> int:
    return min((cell.urgency for cell in row[1]), default=_LEAST_URGENT)


def _age(row: Row) -> datetime:
    return min((cell.behind_since for cell in row[1] if cell.behind_since), default=_NEVER)


def _importance(row: Row) -> int:
    return _RANKS.get(row[0].model, len(MOST_READ_FIRST))


def _title(row: Row) -> Any:
    return sort_key(row[0].title, get_language())


_KEYS: dict[Order, Callable[[Row], Any]] = {
    Order.URGENCY: lambda row: (_urgency(row), _importance(row), _age(row), _title(row)),
    Order.AGE: lambda row: (_age(row), _urgency(row), _importance(row), _title(row)),
    Order.IMPORTANCE: lambda row: (_importance(row), _urgency(row), _age(row), _title(row)),
    Order.TITLE: lambda row: (_title(row), _importance(row)),
}
