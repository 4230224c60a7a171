"""Template values of families and their cells."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cms.core.editing_rights import edit_url_of

from ..comments.views import comments_in_words, comments_url
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
    """Template values of a family; `edit_url` is None for users who may not edit the original.

    `comments` says how many are open on the original, for users who may read them.
    """

    title: str
    type_name: str
    edit_url: str | None
    cells: list[ShownCell]
    comments: str
    comments_url: str


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


def shown_family(family: Family, viewer: Viewer, comments: int) -> ShownFamily:
    """Return the template values of a family for a user."""
    may_open = viewer.may_open(family.model, family.original, family.original_id)
    may_read = comments and any(
        viewer.may_open(family.model, version, locale)
        for locale, version in family.versions.items()
    )
    return ShownFamily(
        title=family.title,
        type_name=type_name(family.model),
        edit_url=edit_url_of(family.model, family.original.pk) if may_open else None,
        cells=[shown_cell(cell, viewer) for cell in family.cells],
        comments=comments_in_words(comments) if may_read else "",
        comments_url=comments_url(family.key, family.original_id),
    )


def shown_families(
    families: Iterable[Family], viewer: Viewer, comments: Mapping[tuple[UUID, int], int]
) -> list[ShownFamily]:
    """Return the template values of families for a user.

    Takes the numbers of open comments by translation key and locale id of the original.
    """
    return [
        shown_family(family, viewer, comments.get((family.key, family.original_id), 0))
        for family in families
    ]
