"""Writes the texts of a translation into its target: as a preview, a draft or a publication.

Replaces wagtail-localize's `Translation.save_target`, which writes onto the live row in every
mode, and the source's text where nothing is translated. Here a draft changes nothing that is live,
and nothing is published before every segment has a text of the target language.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.models import Page, PageViewRestriction, Revision
from wagtail_localize.models import (
    OverridableSegment,
    RelatedObjectSegment,
    TemplateSegment,
    Translation,
    TranslationLog,
)

from cms.core.edit_requests import lock_edits
from cms.upstream.admin_views import free_slug
from cms.upstream.choosers import choices_read_once
from cms.upstream.clusters import ClusterPage
from cms.upstream.localize_segments import (
    OverridableSegmentValue,
    RelatedObjectSegmentValue,
    StringSegmentValue,
    StringValue,
    TemplateSegmentValue,
    copy_synchronised_values,
    write_segments,
)

from ..models import RevisionParts
from .links import without_unknown_links
from .parts import parts_of_source
from .publication import known_texts
from .segments import SegmentProblem, SegmentRow, segment_rows, texts_by_path, unready
from .times import is_past
from .waiting import texts_of_revision


class NotReady(Exception):
    """The translation cannot be published yet; `rows` are the segments that need work."""

    def __init__(self, rows: Sequence[SegmentRow]) -> None:
        super().__init__(f"{len(rows)} segments cannot be published.")
        self.rows = rows


def preview_instance(translation: Translation) -> Any:
    """Return the target with its stored texts, unsaved.

    A missing text is replaced by the previous translation of its place, or else by the source's
    text. Raises DoesNotExist where there is no target yet.
    """
    original = translation.source.as_instance()
    target = translation.get_target_instance()
    values = [*_related_objects(translation)[0], *_overrides(translation)]
    return _filled_in(translation, original, target, segment_rows(translation), values)


def save_draft(
    translation: Translation, user: Any, known: Any = None, *, is_logged: bool = True
) -> Revision:
    """Save the texts of a translation as a draft of its target; the live row is not changed.

    `known` is the target where the caller has it in any version: its row is read anew. The
    history of the target lists what is logged.

    Raises ValidationError where the target does not take a text, which is then marked.
    """
    rows = segment_rows(translation)
    with _errors_marked(rows), transaction.atomic(), choices_read_once():
        target, original = _locked_target(translation, known)
        return _save_draft(translation, original, target, user, rows, is_logged=is_logged)


def publish(translation: Translation, user: Any, known: Any = None) -> Revision:
    """Publish the target with the texts of a translation.

    `known` is the target where the caller has it in any version: its row is read anew.

    Where the target has a time to go live that is to come, it is scheduled instead.

    Raises NotReady where a segment has no text that may be published, ValidationError where
    the target does not take one or has expired, and PermissionDenied where the user may not
    publish it.
    """
    made = texts_by_path(translation)
    rows = segment_rows(translation, made)
    if problems := unready(rows):
        raise NotReady(problems)
    with _errors_marked(rows), transaction.atomic(), choices_read_once():
        target, original = _locked_target(translation, known)
        _check_expiry(target)
        revision = _save_draft(translation, original, target, user, rows)
        if isinstance(target, Page) and _has_restriction(original):
            # Only so: wagtail-localize would also delete one that the target alone has.
            translation.source.sync_view_restrictions(original, target)
        with known_texts(translation, rows, made, revision):
            revision.publish(user=user)
    return revision


def _locked_target(translation: Translation, known: Any = None) -> tuple[Any, Any]:
    """Return the target as it is when no other request edits it, and the source's content."""
    known = known or translation.get_target_instance()
    lock_edits(type(known), known.pk)
    target = translation.get_target_instance()
    if isinstance(target, ClusterPage):
        target.read_locks(known)
    return target, translation.source.as_instance()


def _check_expiry(target: Any) -> None:
    """Raise ValidationError for an expiry that has passed: visitors would see nothing of it."""
    if is_past(target.expire_at):
        raise ValidationError(
            _(
                "Nothing was published: the time of expiry has passed, so that visitors would not "
                "see it. Set another, or none, under “Times” and publish again."
            )
        )


def _has_restriction(page: Page) -> bool:
    return bool(PageViewRestriction.objects.filter(page=page.pk).exists())


def _save_draft(
    translation: Translation,
    original: Any,
    target: Any,
    user: Any,
    rows: Sequence[SegmentRow],
    *,
    is_logged: bool = True,
) -> Revision:
    overrides = _overrides(translation)
    related, missing = _related_objects(translation)
    filled_in = _filled_in(translation, original, target, rows, [*related, *overrides])
    revision: Revision = filled_in.save_revision(user=user, log_action=is_logged)
    parts = parts_of_source(translation.source)
    RevisionParts.objects.create(
        revision=revision,
        parts={path: value for path, value in parts.items() if path not in missing},
        own_values=_by_path(overrides),
        texts=texts_of_revision(rows),
    )
    TranslationLog.objects.create(
        source=translation.source, locale=translation.target_locale, revision=revision
    )
    return revision


def own_values(translation: Translation) -> dict[str, Any]:
    """Return the values that a language has of its own at places of the present source, by path."""
    return _by_path(_overrides(translation))


def has_missing_objects(translation: Translation) -> bool:
    """Whether a field of the source refers to a snippet that is not translated."""
    return bool(_related_objects(translation)[1])


def _by_path(overrides: Iterable[OverridableSegmentValue]) -> dict[str, Any]:
    return {override.path: override.data for override in overrides}


def _filled_in(
    translation: Translation,
    original: Any,
    target: Any,
    rows: Iterable[SegmentRow],
    values: Iterable[Any],
) -> Any:
    """Return the target with the source's synchronised values, the rows' texts and other values.

    `original` is the source with the content that the segments are of.
    """
    source = translation.source
    target.locale = translation.target_locale
    copy_synchronised_values(original, target)
    segments = [*_strings(rows), *_templates(source.pk), *values]
    write_segments(original, target, source.locale, translation.target_locale, segments)
    if isinstance(target, Page):
        target.slug = free_slug(target.get_parent(), slugify(target.slug), target.pk)
    return target


@contextmanager
def _errors_marked(rows: Iterable[SegmentRow]) -> Iterator[None]:
    """Store a field's validation error with its text, the first where a place has several."""
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
        if row.translation is not None and row.problem in (None, SegmentProblem.MACHINE):
            text = row.translation.data
        else:
            text = row.previous_translation or row.source_text
        value = StringSegmentValue(
            row.path, StringValue(without_unknown_links(text, row.segment)), attrs=attributes
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


class TranslatedObjectValue(RelatedObjectSegmentValue):
    """Value of a chosen snippet whose translation is loaded; upstream asks for each by itself."""

    def __init__(self, path: str, instance: Any, **kwargs: Any) -> None:
        content_type = ContentType.objects.get_for_model(instance.get_translation_model())
        super().__init__(path, content_type, instance.translation_key, **kwargs)
        self._instance = instance

    def clone(self) -> "TranslatedObjectValue":
        return TranslatedObjectValue(self.path, self._instance, order=self.order)

    def get_instance(self, locale: Any) -> Any:
        return self._instance


def _related_objects(
    translation: Translation,
) -> tuple[list[TranslatedObjectValue], set[str]]:
    """Return the translations of chosen snippets, in a query for each of their types and one.

    One without a translation is left as it is in the target; also gives the fields of which it is.
    """
    source, locale = translation.source_id, translation.target_locale_id
    segments = list(
        RelatedObjectSegment.objects.filter(source=source).select_related("object", "context")
    )
    keys: dict[int, set[Any]] = defaultdict(set)
    for segment in segments:
        keys[segment.object.content_type_id].add(segment.object_id)
    found = {}
    for content_type, wanted in keys.items():
        model: Any = ContentType.objects.get_for_id(content_type).model_class()
        for each in model._base_manager.filter(translation_key__in=wanted, locale=locale):
            found[each.translation_key] = each
    values = [
        TranslatedObjectValue(segment.context.path, found[segment.object_id], order=segment.order)
        for segment in segments
        if segment.object_id in found
    ]
    # A block that shows nothing of another language is left out of the page by itself.
    missing = {each.context.path for each in segments if each.object_id not in found}
    return values, {path for path in missing if "." not in path}


def _overrides(translation: Translation) -> list[OverridableSegmentValue]:
    source = translation.source_id
    segments = OverridableSegment.objects.filter(source=source).select_related("context")
    return [
        OverridableSegmentValue(
            segment.context.path, json.loads(segment.override_json), order=segment.order
        )
        for segment in segments.annotate_override_json(translation.target_locale_id)
        if segment.override_json is not None
    ]
