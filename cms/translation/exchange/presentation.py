"""Tell in words what an import would do, text by text."""

import hashlib
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from .importing import Fate, ImportPlan, PlannedText

# In the order of the page: what is written first, then what needs somebody's eye, then the rest.
HEADINGS: Final[dict[Fate, tuple[Any, Any]]] = {
    Fate.NEW: (_("New"), _("There is no translation here yet.")),
    Fate.CHANGED: (_("Changed"), _("The text of the file takes the place of the text here.")),
    Fate.NEWER: (
        _("Newer here"),
        _(
            "Changed here since the file was exported. The text here stays, unless you choose "
            "that of the file."
        ),
    ),
    Fate.REFUSED: (_("Cannot be used"), _("Correct these in the file and import it again.")),
    Fate.COPY: (
        _("The same as the original"),
        _(
            "These count as not translated. Where that is right, choose “Same in both languages” "
            "beside the text."
        ),
    ),
    Fate.UNFINISHED: (_("Not finished"), _("The file says that these are not done yet.")),
    Fate.GONE: (
        _("Without a place"),
        _("The page has other words or links by now, or the original was altered in the file."),
    ),
    Fate.KEPT: (_("Changed here only"), _("The text here stays.")),
    Fate.SAME: (_("The same here and in the file"), ""),
    Fate.EMPTY: (_("Empty in the file"), _("The text here stays.")),
}
# Of these only the number is told.
COUNTED: Final = (Fate.SAME, Fate.EMPTY)


@dataclass(frozen=True)
class Section:
    """Texts with the same fate, under one heading."""

    fate: Fate
    texts: list[PlannedText]

    @property
    def heading(self) -> str:
        return str(HEADINGS[self.fate][0])

    @property
    def explanation(self) -> str:
        return str(HEADINGS[self.fate][1])

    @property
    def is_listed(self) -> bool:
        return self.fate not in COUNTED

    @property
    def is_choice(self) -> bool:
        return self.fate is Fate.NEWER


def sections_of(plan: ImportPlan) -> list[Section]:
    """Return the texts of a plan by what becomes of them, without empty sections."""
    sections = [Section(fate, plan.of(fate)) for fate in HEADINGS]
    return [section for section in sections if section.texts]


def plan_digest(plan: ImportPlan) -> str:
    """Return a digest of what a plan shows, to tell whether it still holds when it is confirmed."""
    told = [(text.number, text.fate.value, text.unit.target, text.here) for text in plan.texts]
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]
