"""Template values of families and their cells."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cms.core.editing_rights import edit_url_of

from .families import Cell, Family
from .labels import STATUS_ICONS, STATUS_LABELS, details, tone_of, type_name
from .next_steps import NextStep, next_step
from .viewers import Viewer


@dataclass(frozen=True)
class ShownCell:
    """Template values of a cell; `title` is the source's where there is no version yet."""

    pk: Any
    language_code: str
    language: str
    title: str
    label: str
    icon: str
    tone: str
    details: list[str]
    step: NextStep | None
    is_original: bool


@dataclass(frozen=True)
class ShownFamily:
    """Template values of a family; `edit_url` is None for users who may not edit the original."""

    title: str
    type_name: str
    edit_url: str | None
    cells: list[ShownCell]


def shown_cell(cell: Cell, viewer: Viewer) -> ShownCell:
    """Return the template values of a cell for a user."""
    version = cell.version or cell.source
    return ShownCell(
        pk=cell.version.pk if cell.version else None,
        language_code=cell.locale.language_code,
        language=cell.locale.get_display_name(),
        title=version.title if version else cell.family.title,
        label=str(STATUS_LABELS[cell.status]),
        icon=STATUS_ICONS[cell.status],
        tone=tone_of(cell),
        details=details(cell),
        step=next_step(cell, viewer),
        is_original=cell.is_original,
    )


def shown_family(family: Family, viewer: Viewer) -> ShownFamily:
    """Return the template values of a family for a user."""
    may_open = viewer.may_open(family.model, family.original, family.original_id)
    return ShownFamily(
        title=family.title,
        type_name=type_name(family.model),
        edit_url=edit_url_of(family.model, family.original.pk) if may_open else None,
        cells=[shown_cell(cell, viewer) for cell in family.cells],
    )


def shown_families(families: Iterable[Family], viewer: Viewer) -> list[ShownFamily]:
    """Return the template values of families for a user."""
    return [shown_family(family, viewer) for family in families]
