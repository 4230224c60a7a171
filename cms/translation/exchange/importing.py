"""Taking a file's translations: everything is looked at first, and all or nothing is written."""

from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from wagtail_localize.models import StringSegment, StringTranslation, Translation
from wagtail_localize.strings import StringValue, extract_ids

from ..texts import plain
from .files import TranslationFile, Unit, WrongFile, content_of


@dataclass
class Import:
    """What a file would change.

    `texts` are the units with a new translation, `unchanged` and `empty` count those without
    one. `gone` are units whose source text is no longer on the page, and `faulty` are texts that
    cannot be taken, each with the reason.
    """

    texts: list[Unit] = field(default_factory=list)
    unchanged: int = 0
    empty: int = 0
    gone: list[Unit] = field(default_factory=list)
    faulty: list[tuple[Unit, str]] = field(default_factory=list)


def check_file(content: TranslationFile, translation: Translation) -> Import:
    """Look at a file without writing anything.

    Raises WrongFile where it is not of this translation, or in other languages.
    """
    present = content_of(translation)
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
    known = {(unit.path, unit.source): unit for unit in present.units}
    found = Import()
    for unit in content.units:
        own = known.get((unit.path, unit.source))
        if own is None:
            found.gone.append(unit)
        elif not unit.target.strip():
            found.empty += 1
        elif unit.target == own.target:
            found.unchanged += 1
        elif fault := _fault(unit):
            found.faulty.append((unit, fault))
        else:
            found.texts.append(unit)
    return found


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


def _fault(unit: Unit) -> str:
    """What is wrong with a translation's inline tags, in words; empty where nothing is."""
    try:
        StringValue.from_translated_html(unit.target)
    except ValueError:
        return _("It has a tag that is not allowed, or one that is not closed.")
    if extract_ids(unit.source) != extract_ids(unit.target):
        return _("It must have the same links as the source text.")
    return ""
