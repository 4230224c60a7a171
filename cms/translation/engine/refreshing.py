"""The adapter that takes a source's published content into its segments.

wagtail-localize's `TranslationSource.update_from_db` asks the database several times after each
segment, whether or not it has changed: hundreds of queries while the publication of the source
keeps its locks. This does the same, and touches only the segments that differ.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import zip_longest
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
)

from cms.public.outgoing_references import load_children
from cms.upstream.localize_segments import (
    OverridableSegmentValue,
    RelatedObjectSegmentValue,
    StringSegmentValue,
    TemplateSegmentValue,
    migration_state,
    read_segments,
)

from .link_numbers import numbered
from .links import keep_links, removed_links
from .moved_blocks import moved_paths
from .parts import differing, parts_of_source, renamed
from .texts import is_content


@dataclass(frozen=True)
class Kind:
    """A kind of segment.

    `fields` of a stored segment and `key_of` a value identify it beside its place. `details` are
    the fields that change without making it another one, such as its order on the page.
    """

    model: type[Any]
    value_type: type[Any]
    fields: tuple[str, ...]
    key_of: Callable[[Any], tuple[Any, ...]]
    details: tuple[str, ...]
    details_of: Callable[[Any], dict[str, Any]]


KINDS: Final = (
    Kind(
        StringSegment,
        StringSegmentValue,
        ("string__data",),
        lambda value: (value.string.data,),
        ("order", "attrs"),
        lambda value: {"order": value.order, "attrs": _json(value.attrs)},
    ),
    Kind(
        TemplateSegment,
        TemplateSegmentValue,
        ("template__template", "template__template_format"),
        lambda value: (value.template, value.format),
        ("order",),
        lambda value: {"order": value.order},
    ),
    Kind(
        RelatedObjectSegment,
        RelatedObjectSegmentValue,
        ("object_id",),
        lambda value: (value.translation_key,),
        ("order",),
        lambda value: {"order": value.order},
    ),
    Kind(
        OverridableSegment,
        OverridableSegmentValue,
        (),
        lambda value: (),
        ("order", "data_json"),
        lambda value: {"order": value.order, "data_json": _json(value.data)},
    ),
)


@dataclass(frozen=True)
class SourceChange:
    """Describes a change of a source's content.

    Whether it is another, the strings at new places (ids of context and string), the new paths of
    texts that only moved, by old, and the parts that the content had before.
    """

    is_other: bool = False
    new_strings: list[tuple[int, int]] = field(default_factory=list)
    moved: dict[str, str] = field(default_factory=dict)
    parts_before: dict[str, str] = field(default_factory=dict)


def source_of(instance: Any) -> TranslationSource:
    """Return the source of an object's translations, with its segments where it is new."""
    source, is_new = TranslationSource.get_or_create_from_instance(instance)
    if is_new:
        number_links(source)
    return source


@transaction.atomic(savepoint=False)
def number_links(source: TranslationSource) -> None:
    """Number the links of segments that wagtail-localize has made (`link_numbers`)."""
    _refresh(source, source.as_instance())


@transaction.atomic(savepoint=False)
def take_published_content(source: TranslationSource) -> SourceChange:
    """Bring a source's segments up to date with its live row; gives what changed.

    Raises DoesNotExist where the source has been deleted.
    """
    instance = source.get_source_instance()
    # So that they are read once, and what they refer to in bulk.
    load_children(instance)
    parts_before = parts_of_source(source)
    source.content_json = _json(instance.serializable_data())
    source.schema_version = migration_state(instance._meta.app_label)
    source.object_repr = str(instance)[:200]
    source.last_updated_at = timezone.now()
    source.save(update_fields=["content_json", "schema_version", "object_repr", "last_updated_at"])
    change = _refresh(source, instance)
    before = renamed(parts_before, change.moved)
    is_other = change.is_other or bool(differing(parts_of_source(source), before))
    return replace(change, is_other=is_other, parts_before=before)


def _refresh(source: TranslationSource, instance: Any) -> SourceChange:
    values = read_segments(instance)
    change = SourceChange()
    for kind in KINDS:
        stored = _stored(kind, source)
        if kind.model is StringSegment:
            values = _numbered(values, stored, source)
        wanted = defaultdict(list)
        for value in values:
            if isinstance(value, kind.value_type):
                wanted[(value.path, *kind.key_of(value))].append(value)
        if kind.model is StringSegment:
            change = _change(
                [(*key, row["attrs"]) for key, rows in stored.items() for row in rows],
                [(*key, _json(each.attrs)) for key, found in wanted.items() for each in found],
            )
        new, kept, gone, with_links = [], [], [], []
        for key in {**stored, **wanted}:
            for value, row in zip_longest(wanted.get(key, ()), stored.get(key, ())):
                if row is None:
                    new.append(value)
                elif value is None:
                    gone.append(row["pk"])
                    if key not in wanted and row.get("attrs") not in (None, "{}", "null"):
                        with_links.append(row["pk"])
                elif (details := kind.details_of(value)).items() - row.items():
                    kept.append(kind.model(pk=row["pk"], **details))
        if gone:
            rows = kind.model.objects.filter(pk__in=gone)
            if kind.model is StringSegment and with_links:
                keep_links(rows.filter(pk__in=with_links))
            rows.delete()
        kind.model.objects.bulk_update(kept, kind.details, batch_size=200)
        # Last: `from_value` takes a segment of the same order for the one that it is to make.
        for value in new:
            made = _make(kind.model, source, value)
            made.context.get_field_path(instance)
            if kind.model is StringSegment:
                change.new_strings.append((made.context_id, made.string_id))
    return change


def _change(before: list[tuple[str, str, str]], after: list[tuple[str, str, str]]) -> SourceChange:
    """Compare the texts of two versions, each with its place and where its links lead."""
    old, new = ([(path, (text, links)) for path, text, links in each] for each in (before, after))
    moved = moved_paths(old, new)
    here = {(moved.get(path, path), text) for path, text in old}
    is_other = any(is_content(path) for path, _text in here ^ {*new})
    return SourceChange(is_other=is_other, moved=moved)


def _numbered(
    values: Iterable[Any], stored: Mapping[tuple[Any, ...], Any], source: TranslationSource
) -> list[Any]:
    """Number the links of a source's strings (`link_numbers`)."""
    present = (
        (path, string, json.loads(row["attrs"]) or {})
        for (path, string), rows in stored.items()
        for row in rows
    )
    return numbered(values, present, lambda: removed_links(source))


def _stored(kind: Kind, source: TranslationSource) -> dict[tuple[Any, ...], list[dict[str, Any]]]:
    """The source's segments by place and key; those of the same in the order of the page."""
    names = ("context__path", *kind.fields)
    rows = kind.model.objects.filter(source=source).order_by("order", "pk")
    stored = defaultdict(list)
    for row in rows.values("pk", *names, *kind.details):
        stored[tuple(row[name] for name in names)].append(row)
    return stored


def _make(model: type[Any], source: TranslationSource, value: Any) -> Any:
    if model is StringSegment:
        return StringSegment.from_value(source, source.locale, value)
    return model.from_value(source, value)


def _json(data: Any) -> str:
    return json.dumps(data, cls=DjangoJSONEncoder)
