"""Check an imported file against its translation, then write all of its texts or none."""

import re
from collections.abc import Set
from dataclasses import dataclass, field, replace
from typing import Any, Final

from django.db import transaction
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from cms.upstream.localize_segments import StringValue, ids_of_tags

from ..engine.segments import segment_rows
from ..engine.texts import is_content, plain
from .files import (
    UNWRITABLE,
    InvalidFile,
    TranslationFile,
    Unit,
    fingerprint,
    normalised,
    translation_file,
)

# `StringTranslation.tool_name` of imported texts, by file format.
TOOLS: Final = {"po": "PO", "xliff": "XLIFF"}
TAG: Final = re.compile(r"<(/?)([a-zA-Z]\w*)[^<>]*?(/?)>")


@dataclass
class ImportPlan:
    """Sorts the units of a file by what an import would do with them.

    - `texts`: units with a new translation, to be written.
    - `unchanged`, `empty`: number of units without a new translation.
    - `missing`: number of texts of the page that the file does not have.
    - `gone`: units whose source text is not on the page; it was changed on the page since the
      export where `is_older`, and otherwise in the file.
    - `conflicts`: units changed since the export both in the file and here, with the text here.
    - `kept`: number of units changed only here.
    - `copies`: units whose translation in the file is the source text.
    - `invalid`: units that cannot be imported, with the reason.
    """

    is_older: bool
    texts: list[Unit] = field(default_factory=list)
    unchanged: int = 0
    empty: int = 0
    missing: int = 0
    gone: list[Unit] = field(default_factory=list)
    conflicts: list[tuple[Unit, str]] = field(default_factory=list)
    kept: int = 0
    copies: list[Unit] = field(default_factory=list)
    invalid: list[tuple[Unit, str]] = field(default_factory=list)


def check_file(content: TranslationFile, translation: Translation, user: Any) -> ImportPlan:
    """Plan the import of a file without writing anything.

    Locks the translation until the end of the caller's transaction. Raises InvalidFile where the
    file is of another translation or in other languages.
    """
    Translation.objects.select_for_update().get(pk=translation.pk)
    rows = segment_rows(translation)
    present = translation_file(translation, rows)
    _check_origin(content, present)
    known = {_unit_key(unit): unit for unit in present.units}
    exported = frozenset(content.exported)
    guarded = {
        (row.path, row.source_text)
        for row in rows
        if row.translation is not None and not _may_replace(row.translation, user, exported)
    }
    found = ImportPlan(is_older=content.version != present.version)
    given: dict[tuple[str, str], Unit] = {}
    for unit in content.units:
        own = known.get(_unit_key(unit))
        if own is None:
            if unit.target.strip():
                found.gone.append(unit)
            continue
        unit = replace(unit, source=own.source)
        first = given.setdefault(_unit_key(own), unit)
        if first is unit:
            _classify(unit, own, found, exported, is_guarded=(own.path, own.source) in guarded)
        elif normalised(first.target) != normalised(unit.target):
            found.invalid.append((unit, _("The file translates it twice, and not alike.")))
    found.missing = len(known) - len(given)
    return found


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


def _may_replace(text: StringTranslation, user: Any, exported: Set[str]) -> bool:
    """Return whether a file may replace a text that was changed here since the export.

    It may replace a machine's text, and what the same user imported before, as files are imported
    more than once. A file without fingerprints may replace any text of the same user.
    """
    if text.translation_type == StringTranslation.TRANSLATION_TYPE_MACHINE:
        return True
    is_own = text.last_translated_by_id == user.pk
    return is_own and (not exported or text.tool_name in TOOLS.values())


def _classify(
    unit: Unit, own: Unit, found: ImportPlan, exported: Set[str], *, is_guarded: bool
) -> None:
    """Add a unit to the list or count of the plan that it belongs to.

    A unit with an unchanged text may still confirm a machine's translation.
    """
    is_same = normalised(unit.target) == normalised(own.target)
    if not unit.target.strip():
        found.empty += 1
    elif is_same and (own.finished or not unit.finished):
        found.unchanged += 1
    elif not is_same and fingerprint(unit) in exported:
        found.kept += 1
    elif _is_copy(unit):
        found.copies.append(unit)
    elif error := _error_in(unit):
        found.invalid.append((unit, error))
    elif not is_same and is_guarded and fingerprint(own) not in exported:
        found.conflicts.append((unit, own.target))
    else:
        found.texts.append(unit)


def _error_in(unit: Unit) -> str:
    """Return what is wrong with a unit's translation, in words; empty where nothing is."""
    if UNWRITABLE.search(unit.target):
        return _("It holds signs that are no letters and cannot be shown.")
    if not _is_balanced(unit.target):
        return _("It has a tag that is not opened or not closed.")
    try:
        StringValue.from_translated_html(unit.target)
    except (ValueError, RecursionError):
        return _("It has a tag that is not allowed.")
    if ids_of_tags(unit.source) != ids_of_tags(unit.target):
        return _("It must have the same links as the source text.")
    return ""


def _is_balanced(text: str) -> bool:
    """Return whether every tag but `<br>` is closed, in reverse order of opening."""
    opened: list[str] = []
    for closing, name, alone in TAG.findall(text):
        if name == "br" or alone:
            continue
        if not closing:
            opened.append(name)
        elif not opened or opened.pop() != name:
            return False
    return not opened


def _is_copy(unit: Unit) -> bool:
    """Return whether a unit's target is its source text, as many programs begin a translation.

    Slugs and texts without letters, such as a number, may be the same in both languages.
    """
    source = plain(unit.source)
    has_letters = any(sign.isalpha() for sign in source)
    return is_content(unit.path) and has_letters and plain(unit.target) == source


def _unit_key(unit: Unit) -> tuple[str, str]:
    """Return the key that identifies a unit: path and whitespace-normalised source."""
    return unit.path, normalised(unit.source)


@transaction.atomic
def import_texts(texts: list[Unit], translation: Translation, user: Any, tool: str) -> None:
    """Write the texts of an `ImportPlan` as manual translations of the user, all or none."""
    wanted = {(unit.path, unit.source): unit.target for unit in texts}
    segments = StringSegment.objects.filter(source=translation.source_id)
    for segment in segments.select_related("string", "context"):
        target = wanted.get((segment.context.path, segment.string.data))
        if target is not None:
            StringTranslation.objects.update_or_create(
                translation_of=segment.string,
                context=segment.context,
                locale=translation.target_locale,
                defaults={
                    "data": target,
                    "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
                    "tool_name": tool,
                    "last_translated_by": user,
                    "has_error": False,
                    "field_error": "",
                },
            )


def shown(text: str) -> str:
    """Return the first 80 characters of a text without tags, for messages."""
    return Truncator(plain(text)).chars(80)
