"""Translates demo objects as a translator would: source, segments, saved target."""

import json
from collections import defaultdict
from typing import Any

from django.core.management.base import CommandError
from django.db.models import Model
from wagtail.fields import StreamField
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from cms.upstream.localize_segments import StringSegmentValue, read_segments


def set_fields(instance: Model, values: dict[str, Any]) -> None:
    """Set field values; takes StreamFields in their stored form, so that block ids are kept."""
    for name, value in values.items():
        if isinstance(value, list) and isinstance(instance._meta.get_field(name), StreamField):
            value = json.dumps(value)
        setattr(instance, name, value)


def translate(source_instance: Any, target_values: dict[str, Any], target_locale: Locale) -> None:
    """Translate a published object and publish the translation.

    Takes the object, the same fields in the target language and the target locale. The texts
    are matched segment by segment; raises CommandError where the two languages differ in
    structure.
    """
    source, _created = TranslationSource.update_or_create_from_instance(source_instance)
    translation, _created = Translation.objects.get_or_create(
        source=source, target_locale=target_locale
    )
    texts = _texts(source_instance, target_values)
    segments = StringSegment.objects.filter(source=source).select_related("context", "string")
    translated = []
    for segment in segments.order_by("order"):
        path = segment.context.path
        if not texts[path]:
            raise CommandError(
                f"{source_instance}: no {target_locale.language_code} text for {path}."
            )
        translated.append(
            StringTranslation(
                translation_of=segment.string,
                locale=target_locale,
                context=segment.context,
                data=texts[path].pop(0),
                translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
            )
        )
    StringTranslation.objects.bulk_create(
        {(text.translation_of_id, text.context_id): text for text in translated}.values(),
        update_conflicts=True,
        unique_fields=["locale", "translation_of", "context"],
        update_fields=["data", "translation_type", "has_error", "field_error", "updated_at"],
    )
    if left := [path for path, strings in texts.items() if strings]:
        raise CommandError(
            f"{source_instance}: the {target_locale.language_code} text is longer in {left}."
        )
    translation.save_target(publish=True)


def _texts(source_instance: Any, target_values: dict[str, Any]) -> dict[str, list[str]]:
    """Return the target language's strings by content path, in order."""
    draft = type(source_instance)(locale=source_instance.locale)
    set_fields(draft, target_values)
    texts = defaultdict(list)
    for segment in read_segments(draft):
        if isinstance(segment, StringSegmentValue):
            texts[segment.path].append(segment.string.data)
    return texts
