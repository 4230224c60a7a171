"""wagtail-localize's segments: reading them from an instance, writing them into one.

From `wagtail_localize.segments`, `wagtail_localize.strings`, `wagtail_localize.fields` and
`wagtail_localize.models`, wagtail-localize 1.14. Documented are the models of segments and how
they are stored. `Translation.save_target` writes onto the live row, with source text where a
translation is missing (wagtail-localize issues 634 and 655), and
`TranslationSource.update_from_db` needs some ten queries for each segment (issue 932): we do both
by the functions beneath them.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import ForeignKey, prefetch_related_objects
from modelcluster.models import get_all_child_relations
from wagtail_localize.fields import (
    BaseTranslatableField,
    TranslatableField,
    copy_synchronised_fields,
    get_translatable_fields,
)
from wagtail_localize.models import get_schema_version
from wagtail_localize.segments import (
    OverridableSegmentValue,
    RelatedObjectSegmentValue,
    StringSegmentValue,
    TemplateSegmentValue,
)
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.segments.ingest import ingest_segments
from wagtail_localize.strings import INLINE_TAGS, StringValue, extract_ids

__all__ = [
    "INLINE_TAGS",
    "OverridableSegmentValue",
    "OwnField",
    "RelatedObjectSegmentValue",
    "StringSegmentValue",
    "StringValue",
    "TemplateSegmentValue",
    "TranslatableField",
]


class OwnField(BaseTranslatableField):
    """A field of which each language has a value of its own, which no translation takes over."""


def translatable_fields(model: Any) -> list[Any]:
    """Return the fields of a model that are translated, or the same in all languages."""
    return list(get_translatable_fields(model))


def read_segments(instance: Any) -> list[Any]:
    """Return the segments of a page or snippet, of the four types, in the order of the page."""
    _load_chosen(instance)
    return list(extract_segments(instance))


def write_segments(
    original: Any, target: Any, source_locale: Any, target_locale: Any, segments: Iterable[Any]
) -> None:
    """Put segments into a target, which is not saved: streams and rich text from the original."""
    ingest_segments(original, target, source_locale, target_locale, segments)


def copy_synchronised_values(original: Any, target: Any) -> None:
    """Copy the fields that are the same in all languages, without saving."""
    copy_synchronised_fields(original, target)


def migration_state(app_label: str) -> str:
    """Return the name of an app's latest migration, as sources store it beside their content."""
    return str(get_schema_version(app_label))


def ids_of_tags(html: str) -> set[str]:
    """Return the ids that stand for the attributes of tags in a stored string, such as `a1`."""
    return set(extract_ids(html))


def _load_chosen(instance: Any) -> None:
    """Load what child objects refer to in bulk: upstream asks for each by itself.

    Only of those that the instance holds; all others are read anew whenever somebody asks.
    """
    held = getattr(instance, "_cluster_related_objects", {})
    for relation in get_all_child_relations(instance):
        children = held.get(relation.get_accessor_name())
        names = [
            field.name
            for field in relation.related_model._meta.fields
            if isinstance(field, ForeignKey) and field.name != relation.field.name
        ]
        if children:
            prefetch_related_objects(children, *names)
