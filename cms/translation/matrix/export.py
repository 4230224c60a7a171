"""Export the matrix as a spreadsheet with one line for each translation."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from ..models import Weight
from .labels import STATUS_LABELS, WEIGHT_LABELS, type_name
from .ordering import Row

EXPORT_HEADINGS = {
    "title": _("Title"),
    "type": _("Type"),
    "original_language": _("Original language"),
    "language": _("Language"),
    "status": _("Status"),
    "change": _("Change since"),
    "behind_since": _("Behind since"),
    "segments": _("Segments"),
    "translated_segments": _("Translated segments"),
}


def export_rows(rows: Iterable[Row]) -> Iterator[dict[str, Any]]:
    """Yield a mapping with the keys of `EXPORT_HEADINGS` for each cell of the rows."""
    for family, cells in rows:
        original = family.locales[family.original_id].get_display_name()
        for cell in cells:
            progress = cell.progress
            yield {
                "title": family.title,
                "type": type_name(family.model),
                "original_language": original,
                "language": cell.locale.get_display_name(),
                "status": str(STATUS_LABELS[cell.status]),
                "change": str(WEIGHT_LABELS[Weight(cell.weight)]) if cell.weight else "",
                "behind_since": cell.behind_since or "",
                "segments": progress.total if progress and progress.total is not None else "",
                "translated_segments": (
                    progress.done if progress and progress.done is not None else ""
                ),
            }
