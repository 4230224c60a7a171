"""The adapter that takes a source's published content into its segments.

wagtail-localize's `TranslationSource.update_from_db` asks the database several times after each
segment, whether or not it has changed: hundreds of queries while the publication of the source
keeps its locks. This does the same, and touches only the segments that differ.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone
from wagtail_localize.models import (
    OverridableSegment,
    RelatedObjectSegment,
    StringSegment,
    TemplateSegment,
    TranslationSource,
    get_schema_version,
)
from wagtail_localize.segments import (
    OverridableSegmentValue,
    RelatedObjectSegmentValue,
    StringSegmentValue,
    TemplateSegmentValue,
)
from wagtail_localize.segments.extract import extract_segments


@dataclass(frozen=True)
class Kind:
    """A kind of segment: what a stored one and a value are known by, beside place and order."""

    model: type[Any]
    value_type: type[Any]
    fields: tuple[str, ...]
    key_of: Callable[[Any], tuple[Any, ...]]


KINDS: Final = (
    Kind(
        StringSegment,
        StringSegmentValue,
        ("string__data", "attrs"),
        lambda value: (value.string.data, _json(value.attrs)),
    ),
    Kind(
        TemplateSegment,
        TemplateSegmentValue,
        ("template__template", "template__template_format"),
        lambda value: (value.template, value.format),
    ),
    Kind(
        RelatedObjectSegment,
        RelatedObjectSegmentValue,
        ("object_id",),
        lambda value: (value.translation_key,),
    ),
    Kind(
        OverridableSegment,
        OverridableSegmentValue,
        ("data_json",),
        lambda value: (_json(value.data),),
    ),
)


@transaction.atomic
def take_published_content(source: TranslationSource) -> bool:
    """Bring a source's segments up to date with its live row; gives whether a string differs.

    Raises DoesNotExist where the source has been deleted.
    """
    instance = source.get_source_instance()
    source.content_json = _json(instance.serializable_data())
    source.schema_version = get_schema_version(instance._meta.app_label)
    source.object_repr = str(instance)[:200]
    source.last_updated_at = timezone.now()
    source.save(update_fields=["content_json", "schema_version", "object_repr", "last_updated_at"])
    return _refresh(source, instance)


def _refresh(source: TranslationSource, instance: Any) -> bool:
    values = extract_segments(instance)
    changed = False
    for kind in KINDS:
        wanted = {
            (value.path, value.order, *kind.key_of(value)): value
            for value in values
            if isinstance(value, kind.value_type)
        }
        segments = kind.model.objects.filter(source=source)
        rows = segments.values_list("pk", "context__path", "order", *kind.fields)
        stored = {tuple(key): pk for pk, *key in rows}
        for key in wanted.keys() - stored.keys():
            segment = _make(kind.model, source, wanted[key])
            segment.context.get_field_path(instance)
        if gone := [stored[key] for key in stored.keys() - wanted.keys()]:
            segments.filter(pk__in=gone).delete()
        if kind.model is StringSegment:
            changed = _texts(stored) != _texts(wanted)
    return changed


def _make(model: type[Any], source: TranslationSource, value: Any) -> Any:
    if model is StringSegment:
        return StringSegment.from_value(source, source.locale, value)
    return model.from_value(source, value)


def _texts(keys: Iterable[tuple[Any, ...]]) -> set[tuple[str, str]]:
    """What is said where, whatever its order."""
    return {(path, text) for path, _order, text, _attrs in keys}


def _json(data: Any) -> str:
    return json.dumps(data, cls=DjangoJSONEncoder)
