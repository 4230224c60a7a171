"""Fill untranslated segments with the texts of the configured machine translator."""

import logging
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail_localize.models import StringTranslation, Translation

from cms.upstream.localize_views import machine_translator

from ..engine.segments import SegmentProblem, SegmentRow, segment_rows
from ..engine.writing import Author, TextWriter

logger = logging.getLogger(__name__)


def may_translate(translation: Translation) -> bool:
    """Return whether a machine may translate an object into a language.

    It may where `WAGTAILLOCALIZE_MACHINE_TRANSLATOR` names one that knows both languages, unless
    the content type has `machine_translation_allowed = False`.
    """
    model = translation.source.specific_content_type.model_class()
    if not getattr(model, "machine_translation_allowed", True):
        return False
    translator = machine_translator()
    return translator is not None and translator.can_translate(
        translation.source.locale, translation.target_locale
    )


class MachineFailed(Exception):
    """Raised where the machine translator's service fails or answers with something else."""


def machine_translate(translation: Translation, user: Any) -> int:
    """Translate every segment that has no translation, and return the number of segments filled.

    Existing translations stay, also those written during the service's call. Raises
    PermissionDenied unless `may_translate`, and MachineFailed.
    """
    if not may_translate(translation):
        raise PermissionDenied
    translator = machine_translator()
    rows = [row for row in segment_rows(translation) if row.problem is SegmentProblem.MISSING]
    strings = {row.segment.string_id: row.segment.string.as_value() for row in rows}
    if not strings:
        return 0
    wanted = list(dict.fromkeys(strings.values()))
    # The service's client may raise anything.
    try:
        given = translator.translate(translation.source.locale, translation.target_locale, wanted)
    except Exception as error:
        logger.exception("The machine translator failed")
        raise MachineFailed from error
    tool = str(translator.display_name)
    done = 0
    writer = TextWriter(translation, Author(user, tool, is_machine=True))
    with transaction.atomic():
        for row in rows:
            value = given.get(strings[row.segment.string_id])
            if value is not None and value.data:
                done += _fill(row, value.data, writer)
    return done


def _fill(row: SegmentRow, text: str, writer: TextWriter) -> bool:
    """Write a machine's text unless there is one by now; return whether it was written."""
    stored = StringTranslation.objects.filter(
        translation_of=row.segment.string,
        context=row.segment.context,
        locale=writer.translation.target_locale,
    ).first()
    if stored is not None and stored.data:
        return False
    return writer.write(row.segment.context, row.segment.string, text, stored) is not None
