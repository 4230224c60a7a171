"""Taking a file's translations: everything is looked at first, and all or nothing is written."""

import re
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import transaction
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from ..texts import plain
from .faults import fault_of
from .files import UNWRITABLE, TranslationFile, Unit, WrongFile, content_of


@dataclass
class Import:
    """What a file would change.

    `texts` are the units with a new translation; `unchanged` and `empty` count those without
    one, and `missing` the texts of the page that the file does not have. `gone` are translations
    whose source text is not on the page: it has changed since the file was exported where
    `is_older`, and else in the file. `faulty` are texts that cannot be taken, each with the reason.
    """

    is_older: bool
    texts: list[Unit] = field(default_factory=list)
    unchanged: int = 0
    empty: int = 0
    missing: int = 0
    gone: list[Unit] = field(default_factory=list)
    faulty: list[tuple[Unit, str]] = field(default_factory=list)


def check_file(content: TranslationFile, translation: Translation) -> Import:
    """Look at a file without writing anything.

    Raises WrongFile where it is not of this translation, or in other languages.
    """
    present = content_of(translation)
    _check_origin(content, present)
    known = {_place(unit): unit for unit in present.units}
    found = Import(is_older=content.version != present.version)
    given: dict[tuple[str, str], Unit] = {}
    for unit in content.units:
        own = known.get(_place(unit))
        if own is None:
            if unit.target.strip():
                found.gone.append(unit)
            continue
        unit = replace(unit, source=own.source)
        first = given.setdefault(_place(own), unit)
        if first is unit:
            _sort(unit, own, found)
        elif _words(first.target) != _words(unit.target):
            found.faulty.append((unit, _("The file translates it twice, and not alike.")))
    found.missing = len(known) - len(given)
    return found


def _check_origin(content: TranslationFile, present: TranslationFile) -> None:
    if not content.translation:
        raise WrongFile(
            _(
                "The file does not say which translation it is of. "
                "Import a file that was exported here."
            )
        )
    if content.translation != present.translation:
        raise WrongFile(
            _("The file is of another page or another language. Export this translation anew.")
        )
    languages = (content.source_language, content.target_language)
    wanted = (present.source_language, present.target_language)
    if any(given and given != own for given, own in zip(languages, wanted, strict=True)):
        raise WrongFile(
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
        raise WrongFile(_("The file holds no texts."))


def _sort(unit: Unit, own: Unit, found: Import) -> None:
    """Put a text where it belongs; one that is the same may have been confirmed in the file."""
    if not unit.target.strip():
        found.empty += 1
    elif _words(unit.target) == _words(own.target) and (own.finished or not unit.finished):
        found.unchanged += 1
    elif fault := fault_of(unit):
        found.faulty.append((unit, fault))
    else:
        found.texts.append(unit)


def _place(unit: Unit) -> tuple[str, str]:
    """What a unit is known by: XML and some programs do not keep every sign of a text."""
    return unit.path, _words(UNWRITABLE.sub("", unit.source))


def _words(text: str) -> str:
    return re.sub(r"[ \t\r\n]+", " ", text).strip()


@transaction.atomic
def import_texts(texts: list[Unit], translation: Translation, user: Any, tool: str) -> None:
    """Write texts that `check_file` found to fit, as the user's own. All of them, or none."""
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


def shown(unit: Unit) -> str:
    """A unit as it is named to people: the beginning of what its source says."""
    return Truncator(plain(unit.source)).chars(80)
