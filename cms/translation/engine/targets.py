"""The adapter through which the texts of a translation reach its target.

wagtail-localize's `Translation.save_target` writes onto the live row in every mode, and the
source's words where nothing is translated. Here a draft touches nothing that is live, and
nothing is published before every segment has a text of the target language.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from wagtail.models import Page, Revision
from wagtail_localize.models import (
    OverridableSegment,
    RelatedObjectSegment,
    StringSegment,
    TemplateSegment,
    Translation,
    TranslationLog,
)

from cms.core.edit_requests import lock_edits
from cms.upstream.admin_views import free_slug
from cms.upstream.localize_segments import (
    OverridableSegmentValue,
    RelatedObjectSegmentValue,
    StringSegmentValue,
    StringValue,
    TemplateSegmentValue,
    copy_synchronised_values,
    write_segments,
)

from .segments import Problem, SegmentRow, segment_rows, unready


class NotReady(Exception):
    """A translation that cannot be published yet; `rows` are the segments that need work."""

    def __init__(self, rows: Sequence[SegmentRow]) -> None:
        super().__init__(f"{len(rows)} segments cannot be published.")
        self.rows = rows


def preview_instance(translation: Translation, rows: list[SegmentRow] | None = None) -> Any:
    """The target as it would be, unsaved.

    Where a text is missing, the previous translation of the place stands in for it, or else
    what the source says. Raises DoesNotExist where there is no target yet.
    """
    source = translation.source
    original = source.as_instance()
    target = translation.get_target_instance()
    copy_synchronised_values(original, target)
    segments = [
        *_strings(segment_rows(translation) if rows is None else rows),
        *_templates(source.pk),
        *_related_objects(source.pk, translation),
        *_overrides(source.pk, translation),
    ]
    write_segments(original, target, source.locale, translation.target_locale, segments)
    if isinstance(target, Page):
        target.slug = free_slug(target.get_parent(), slugify(target.slug), target.pk)
    return target


def save_draft(translation: Translation, user: Any) -> Revision:
    """Save the texts of a translation as a draft of its target; what is live stays as it is.

    Raises ValidationError where the target does not take a text, which is marked as wrong.
    """
    rows = segment_rows(translation)
    with _errors_marked(rows), transaction.atomic():
        return _save_draft(translation, user, rows)


def publish(translation: Translation, user: Any) -> Revision:
    """Publish the target with the texts of a translation.

    Raises NotReady where a segment has no text that may be published, ValidationError where
    the target does not take one, and PermissionDenied where the user may not publish it.
    """
    rows = segment_rows(translation)
    if problems := unready(rows):
        raise NotReady(problems)
    with _errors_marked(rows), transaction.atomic():
        revision = _save_draft(translation, user, rows)
        target = translation.get_target_instance()
        if isinstance(target, Page):
            translation.source.sync_view_restrictions(translation.source.as_instance(), target)
        revision.publish(user=user)
    return revision


def _save_draft(translation: Translation, user: Any, rows: list[SegmentRow]) -> Revision:
    target = translation.get_target_instance()
    lock_edits(type(target), target.pk)
    revision: Revision = preview_instance(translation, rows).save_revision(user=user)
    TranslationLog.objects.create(
        source=translation.source, locale=translation.target_locale, revision=revision
    )
    return revision


@contextmanager
def _errors_marked(rows: Iterable[SegmentRow]) -> Iterator[None]:
    """Keep a field's error with its text; with the first where a place has several."""
    try:
        yield
    except ValidationError as error:
        errors = dict(getattr(error, "error_dict", {}))
        for row in rows:
            if row.translation is not None and row.path in errors:
                row.translation.set_field_error(errors.pop(row.path))
        raise


def _strings(rows: Iterable[SegmentRow]) -> list[StringSegmentValue]:
    values = []
    for row in rows:
        attributes = json.loads(row.segment.attrs)
        if row.translation is not None and row.problem in (None, Problem.MACHINE):
            text = row.translation.data
        else:
            text = row.previous_translation or row.source_text
        value = StringSegmentValue(
            row.path, StringValue(fitting(text, row.segment)), attrs=attributes
        )
        values.append(value.with_order(row.order))
    return values


def _templates(source: int) -> list[TemplateSegmentValue]:
    return [
        TemplateSegmentValue(
            segment.context.path,
            segment.template.template_format,
            segment.template.template,
            segment.template.string_count,
            order=segment.order,
        )
        for segment in TemplateSegment.objects.filter(source=source).select_related(
            "template", "context"
        )
    ]


def _related_objects(source: int, translation: Translation) -> list[RelatedObjectSegmentValue]:
    """Snippets that are chosen; one without a translation is left as it is in the target."""
    segments = RelatedObjectSegment.objects.filter(source=source)
    return [
        RelatedObjectSegmentValue(
            segment.context.path,
            segment.object.content_type,
            segment.object.translation_key,
            order=segment.order,
        )
        for segment in segments.select_related("object__content_type", "context")
        if segment.object.has_translation(translation.target_locale_id)
    ]


def _overrides(source: int, translation: Translation) -> list[OverridableSegmentValue]:
    segments = OverridableSegment.objects.filter(source=source).select_related("context")
    return [
        OverridableSegmentValue(
            segment.context.path, json.loads(segment.override_json), order=segment.order
        )
        for segment in segments.annotate_override_json(translation.target_locale_id)
        if segment.override_json is not None
    ]


def fitting(text: str, segment: StringSegment) -> str:
    """A text without the links that a segment has no addresses for, as earlier texts may have."""
    attributes = json.loads(segment.attrs) or {}
    soup = BeautifulSoup(text, "html.parser")
    strange = [tag for tag in soup.find_all(id=True) if tag["id"] not in attributes]
    for tag in strange:
        tag.unwrap()
    return str(soup) if strange else text
