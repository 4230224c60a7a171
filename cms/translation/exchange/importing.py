"""Plan the import of a file text by text, then write what was chosen.

Nothing is written before somebody has seen the plan. A text that was changed here since the
export stays unless it is chosen: the file was made from another one.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Final

from django.db import transaction
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from wagtail_localize.models import Translation

from ..engine import notation
from ..engine.links import links_of
from ..engine.notation import visible
from ..engine.segments import SegmentRow, is_of_a_person, segment_rows
from ..engine.text_rules import Rules
from ..engine.texts import is_content, plain
from ..engine.writing import Author, TextWriter
from .files import (
    LINKS,
    InvalidFile,
    TranslationFile,
    Unit,
    fingerprint,
    links_fingerprint,
    normalised,
    translation_file,
)
from .matching import matched

# `StringTranslation.tool_name` of imported texts, by file format.
TOOLS: Final = {"po": "PO", "xliff": "XLIFF"}


class Fate(StrEnum):
    """Names what an import does with a text of a file.

    It writes NEW and CHANGED, and NEWER where that is chosen.
    """

    NEW = "new"
    # The text here is the one that was exported, or a machine's.
    CHANGED = "changed"
    # Both have changed since the export, the text here, which may be deleted, and that in the file.
    NEWER = "newer"
    SAME = "same"
    # Changed here since the export, and not in the file.
    KEPT = "kept"
    EMPTY = "empty"
    # The file says that nobody has finished it.
    UNFINISHED = "unfinished"
    # It is the source text.
    COPY = "copy"
    REFUSED = "refused"
    # Its source text is not on the page, or its links lead elsewhere by now.
    GONE = "gone"


@dataclass(frozen=True)
class PlannedText:
    """A text of a file, cleaned, with the text here and why it is refused."""

    unit: Unit
    fate: Fate
    here: str = ""
    reason: str = ""
    number: int = 0

    @property
    def source_shown(self) -> str:
        return shown(self.unit.source)

    @property
    def target_shown(self) -> str:
        """The text of the file in words; with its tags, where one of them may be what is wrong."""
        text = visible(self.unit.target)
        return notation.shown(text, rich=True) if self.fate is Fate.REFUSED else plain(text)

    @property
    def here_shown(self) -> str:
        return plain(self.here)


@dataclass
class ImportPlan:
    """The texts of a file in its order, and the number of texts here that it does not have.

    `is_older` says that the source has changed since the export.
    """

    is_older: bool
    texts: list[PlannedText] = field(default_factory=list)
    missing: int = 0

    def of(self, fate: Fate) -> list[PlannedText]:
        return [text for text in self.texts if text.fate is fate]

    def to_write(self, chosen: Iterable[int] = ()) -> list[Unit]:
        """Return what an import writes, with the chosen ones of those that are newer here."""
        numbers = {*chosen}
        return [
            text.unit
            for text in self.texts
            if text.fate in (Fate.NEW, Fate.CHANGED)
            or (text.fate is Fate.NEWER and text.number in numbers)
        ]


def plan_import(content: TranslationFile, translation: Translation) -> ImportPlan:
    """Plan the import of a file without writing anything.

    Locks the translation until the end of the caller's transaction. Raises InvalidFile where the
    file is of another translation or in other languages.
    """
    Translation.objects.select_for_update().get(pk=translation.pk)
    rows = segment_rows(translation)
    present = translation_file(translation, rows)
    _check_origin(content, present)
    rules = Rules(translation)
    row_of = {(row.path, row.source_text): row for row in reversed(rows)}
    links: dict[tuple[str, str], set[str]] = {}
    for row in rows:
        links.setdefault((row.path, row.source_text), set()).add(links_fingerprint(row))
    exported = frozenset(content.exported)
    plan = ImportPlan(is_older=content.version != present.version)
    found: set[tuple[str, str]] = set()
    for number, (units, own) in enumerate(matched(content.units, present.units)):
        if own is None:
            gone = [PlannedText(unit, Fate.GONE) for unit in units if unit.target.strip()]
            plan.texts += gone[:1]
            continue
        key = (own.path, own.source)
        found.add(key)
        unit = replace(units[0], source=own.source)
        if any(normalised(other.target) != normalised(unit.target) for other in units):
            reason = _("The file translates it twice, and not alike.")
            planned = PlannedText(unit, Fate.REFUSED, own.target, reason)
        else:
            planned = _planned(unit, own, row_of[key], rules, exported, links[key])
            plan.is_older = plan.is_older or planned.fate is Fate.GONE
        plan.texts.append(replace(planned, number=number))
    plan.missing = len(present.units) - len(found)
    return plan


def _planned(
    unit: Unit,
    own: Unit,
    row: SegmentRow,
    rules: Rules,
    exported: frozenset[str],
    links: set[str],
) -> PlannedText:
    """Plan a text whose source is on the page, `own` being what would be exported of it now."""
    here = rules.of(row.path, row.source_text, links_of(row.segment))
    text = replace(unit, target=here.cleaned(unit.target))
    reason = here.fault_in(text.target)
    is_same = normalised(own.target) in (normalised(unit.target), normalised(text.target))
    if not is_same and fingerprint(unit) in exported:
        fate = Fate.KEPT if text.target else Fate.EMPTY
    elif text.target and not is_same and _leads_elsewhere(links, exported):
        fate = Fate.GONE
    else:
        fate = _fate(text, own, row, is_same=is_same, is_right=not reason, exported=exported)
    return PlannedText(text, fate, own.target, reason)


def _fate(
    unit: Unit,
    own: Unit,
    row: SegmentRow,
    *,
    is_same: bool,
    is_right: bool,
    exported: frozenset[str],
) -> Fate:
    if not unit.target:
        return Fate.EMPTY
    if is_same and (own.finished or not unit.finished):
        return Fate.SAME
    if not unit.finished:
        return Fate.UNFINISHED
    if _is_copy(unit):
        return Fate.COPY
    if not is_right:
        return Fate.REFUSED
    is_as_exported = fingerprint(own) in exported
    if not own.target:
        # A blank that is none of the exported texts: the text was deleted since.
        return Fate.NEWER if exported and not is_as_exported else Fate.NEW
    by_machine = row.translation is not None and not is_of_a_person(row.translation)
    if is_same or by_machine or is_as_exported:
        return Fate.CHANGED
    return Fate.NEWER


def _leads_elsewhere(links: set[str], exported: frozenset[str]) -> bool:
    """Return whether a text's links led to other places when it was exported.

    Files from before links had fingerprints do not say so.
    """
    knows_links = any(mark.startswith(LINKS) for mark in exported)
    return knows_links and not exported.issuperset(filter(None, links))


def _check_origin(content: TranslationFile, present: TranslationFile) -> None:
    if not content.translation:
        raise InvalidFile(
            _(
                "The file does not say which translation it is of. "
                "Import a file that was exported here."
            )
        )
    if content.translation != present.translation:
        raise InvalidFile(
            _("The file is of another page or another language. Export this translation anew.")
        )
    languages = (content.source_language, content.target_language)
    wanted = (present.source_language, present.target_language)
    if any(given and given != own for given, own in zip(languages, wanted, strict=True)):
        raise InvalidFile(
            _(
                "The file translates from %(from)s into %(into)s, "
                "and this text is translated from %(own_from)s into %(own_into)s."
            )
            % {
                "from": languages[0],
                "into": languages[1],
                "own_from": wanted[0],
                "own_into": wanted[1],
            }
        )
    if not content.units:
        raise InvalidFile(_("The file holds no texts."))


def _is_copy(unit: Unit) -> bool:
    """Return whether a unit's target is its source text, as many programs begin a translation.

    Slugs and texts without letters, such as a number, may be the same in both languages.
    """
    source = plain(unit.source)
    has_letters = any(sign.isalpha() for sign in source)
    return is_content(unit.path) and has_letters and plain(unit.target) == source


@transaction.atomic
def import_texts(texts: list[Unit], translation: Translation, user: Any, tool: str) -> None:
    """Write the texts of an `ImportPlan` as manual translations of the user, all or none."""
    wanted = {(unit.path, unit.source): unit.target for unit in texts}
    writer = TextWriter(translation, Author(user, tool))
    for row in segment_rows(translation):
        # A string that is at a place twice has one translation.
        target = wanted.pop((row.path, row.source_text), None)
        if target is not None:
            writer.write(row.segment.context, row.segment.string, target, row.translation)


def shown(text: str) -> str:
    """Return the first 80 characters of a text without tags, for messages."""
    return Truncator(plain(visible(text))).chars(80)
