"""Filters and search of the matrix."""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import django_filters
from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from cms.content.models import page_models, snippet_models
from cms.core.alphabet import sort_key

from ..models import TranslationState
from .families import Cell, Family
from .labels import STATUS_LABELS, WEIGHT_LABELS, type_name
from .ordering import Row
from .statuses import TranslationStatus

Choices = Sequence[tuple[str, Any]]


def _types() -> Choices:
    models: list[Any] = [*page_models(), *snippet_models()]
    choices = [(model._meta.label_lower, type_name(model)) for model in models]
    return sorted(choices, key=lambda choice: sort_key(choice[1], get_language()))


def _languages() -> Choices:
    return list(settings.WAGTAIL_CONTENT_LANGUAGES)


def _statuses() -> Choices:
    return [
        (one.value, label)
        for one, label in STATUS_LABELS.items()
        if one != TranslationStatus.ORIGINAL
    ]


def _changes() -> Choices:
    return [(weight.value, label) for weight, label in WEIGHT_LABELS.items()]


def _answers() -> Choices:
    return [("true", _("Yes")), ("false", _("No"))]


def _choice(label: Any, choices: Callable[[], Choices]) -> django_filters.ChoiceFilter:
    return django_filters.ChoiceFilter(
        label=label, choices=choices, empty_label=_("All"), widget=forms.RadioSelect
    )


class MatrixFilterSet(WagtailFilterSet):
    """Filter families by type, language, status, change and "needs work".

    A family is shown if a single one of its translations fulfils all chosen filters.
    """

    type = _choice(_("Content type"), _types)
    language = _choice(_("Translation into"), _languages)
    status = _choice(_("Status"), _statuses)
    change = _choice(_("Change since"), _changes)
    needs_work = _choice(_("Needs work"), _answers)

    class Meta:
        model = TranslationState
        fields: list[str] = []

    def rows(self, families: Iterable[Family]) -> list[Row]:
        """Return the families that match, each with its matching cells.

        Filters nothing where a value is not one of its choices.
        """
        chosen = self.form.cleaned_data if self.is_valid() else {}
        model = chosen.get("type")
        asks_for_cells = any(
            chosen.get(name) not in (None, "")
            for name in ("language", "status", "change", "needs_work")
        )
        rows = []
        for family in families:
            if model and family.model._meta.label_lower != model:
                continue
            cells = [cell for cell in family.targets() if _is_chosen(cell, chosen)]
            if cells or not asks_for_cells:
                rows.append((family, cells))
        return rows


def _is_chosen(cell: Cell, chosen: dict[str, Any]) -> bool:
    return (
        (not chosen.get("language") or cell.locale.language_code == chosen["language"])
        and (not chosen.get("status") or cell.status == chosen["status"])
        and (not chosen.get("change") or cell.weight == chosen["change"])
        and (not chosen.get("needs_work") or cell.needs_work == (chosen["needs_work"] == "true"))
    )


def matching_search(families: Iterable[Family], query: str) -> list[Family]:
    """Return the families with a title, in any language, that contains every word of a query.

    Ignores case and accents, which databases do differently.
    """
    words = _folded(query).split()
    return [
        family
        for family in families
        if any(_holds(version.title, words) for version in family.versions.values())
    ]


def _holds(title: str, words: list[str]) -> bool:
    folded = _folded(title)
    return all(word in folded for word in words)


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
