"""Filling what has no translation with a machine's, marked as such."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail_localize.machine_translators import get_machine_translator
from wagtail_localize.models import StringTranslation, Translation

from ..segments import Problem, SegmentRow, segment_rows
from .policy import may_translate


@transaction.atomic
def machine_translate(translation: Translation, user: Any) -> int:
    """Let the machine translate every segment that has no translation.

    What a person or a machine has translated before is left alone. Gives the number of
    segments that were translated. Raises PermissionDenied where `may_translate` says no.
    """
    if not may_translate(translation):
        raise PermissionDenied
    translator = get_machine_translator()
    rows = [row for row in segment_rows(translation) if row.problem is Problem.MISSING]
    strings = {row.segment.string_id: row.segment.string.as_value() for row in rows}
    if not strings:
        return 0
    given = translator.translate(
        translation.source.locale, translation.target_locale, list(dict.fromkeys(strings.values()))
    )
    done = 0
    for row in rows:
        value = given.get(strings[row.segment.string_id])
        if value is not None and value.data:
            _save(row, value.data, translation, user, str(translator.display_name))
            done += 1
    return done


def _save(row: SegmentRow, text: str, translation: Translation, user: Any, tool: str) -> None:
    StringTranslation.objects.update_or_create(
        translation_of=row.segment.string,
        context=row.segment.context,
        locale=translation.target_locale,
        defaults={
            "data": text,
            "translation_type": StringTranslation.TRANSLATION_TYPE_MACHINE,
            "tool_name": tool,
            "last_translated_by": user,
            "has_error": False,
            "field_error": "",
        },
    )
