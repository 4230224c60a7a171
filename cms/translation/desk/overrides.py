"""Values that are the same in all languages unless a language is given its own.

Texts, addresses, images, documents and pages can be chosen anew; whatever else there is stays
as the source has it.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.blocks import FieldBlock
from wagtail_localize.models import (
    OverridableSegment,
    SegmentOverride,
    Translation,
    TranslationContext,
)

from cms.core.keyed_streams import KEY_OF_ROW
from cms.upstream.editor_parts import BaseChooser, editor_form_field

from .leftovers import Leftover
from .places import Place, Places

PLACE = re.compile("[0-9]{1,18}")
LINK = r"^(https?://|mailto:|tel:|/|#)\S+$"


@dataclass(frozen=True)
class OverrideCard:
    """`source` is what the source has, `value` what this language has instead, if anything."""

    segment: OverridableSegment
    place: Place
    form_field: forms.Field
    source: Any
    value: Any
    error: str | None
    is_overridden: bool
    seen: str

    @property
    def order(self) -> int:
        return int(self.segment.order)

    @property
    def name(self) -> str:
        """After the place, which outlives its segments."""
        return f"override-{self.segment.context_id}"

    @property
    def label(self) -> str:
        return self.place.label or self.place.heading

    @property
    def is_open(self) -> bool:
        return self.error is not None

    @cached_property
    def widget(self) -> SafeString:
        return self.form_field.widget.render(self.name, self.value, {"id": self.name})

    @cached_property
    def media(self) -> forms.Media:
        return self.form_field.widget.media


def override_cards(translation: Translation, places: Places) -> list[OverrideCard]:
    """A card for each value that can be chosen anew, in a query for each of their types."""
    found = []
    for segment, place, form_field in _editable(translation, places):
        found.append((segment, place, form_field, json.loads(segment.data_json)))
    fields = {segment.context_id: form_field for segment, _place, form_field, _source in found}
    own = _own_values(translation, fields)
    values = [(form_field, source) for _segment, _place, form_field, source in found]
    values += [
        (form_field, own[segment.context_id].data)
        for segment, _place, form_field, _source in found
        if segment.context_id in own
    ]
    objects = _objects(values)
    cards = []
    for segment, place, form_field, source in found:
        override = own.get(segment.context_id)
        value = override.data if override else None
        cards.append(
            OverrideCard(
                segment=segment,
                place=place,
                form_field=form_field,
                source=_resolved(form_field, source, objects),
                value=_resolved(form_field, value, objects),
                error=_error_of(override),
                is_overridden=override is not None,
                seen=_seen(override),
            )
        )
    return cards


def save_overrides(
    translation: Translation, user: Any, data: Mapping[str, str], places: Places
) -> list[Leftover]:
    """Store the new values of a submitted form; a wrong address or text is stored and marked.

    An empty value deletes the override. Returns the values that were not stored: those of a
    removed place, those that another user has changed meanwhile, and those that cannot be a
    value of their field, such as a word for an image.
    """
    changed = _changed(data)
    editable = _editable(translation, places)
    fields = {segment.context_id: form_field for segment, _place, form_field in editable}
    own = _own_values(translation, fields)
    _delete_unusable(translation, fields)
    taken, refused = {}, {}
    for segment, _place, form_field in editable:
        if segment.context_id not in changed:
            continue
        given, seen = changed.pop(segment.context_id)
        override = own.get(segment.context_id)
        kept = _seen(override)
        if given == kept:
            continue
        if seen not in (kept, None):
            taken[segment.context_id] = given
            continue
        if not given:
            SegmentOverride.objects.filter(pk=override.pk if override else None).delete()
            continue
        value, error = _checked(form_field, given)
        if error and _is_chooser(form_field):
            refused[segment.context_id] = given
            continue
        SegmentOverride.objects.update_or_create(
            locale=translation.target_locale,
            context=segment.context,
            defaults={
                "data_json": json.dumps(value),
                "last_translated_by": user,
                "has_error": bool(error),
                "field_error": error,
            },
        )
    gone = {context: given for context, (given, _began) in changed.items()}
    return [
        *_lost(taken, places, _("It is not saved: somebody has given another one meanwhile.")),
        *_lost(refused, places, _("It is not saved: this cannot be chosen here.")),
        *_lost(gone, places, _("It is not saved: its place is no longer in the original.")),
    ]


def refuse_values(data: Mapping[str, str], places: Places, reason: str) -> list[Leftover]:
    """The values of a submitted form that are new, refused for the same reason."""
    return _lost(
        {context: given for context, (given, _began) in _changed(data).items()}, places, reason
    )


def _changed(data: Mapping[str, str]) -> dict[int, tuple[str, str | None]]:
    """The values that are not what their field began with, each with that, by place."""
    changed = {}
    for name, value in data.items():
        context = name.removeprefix("override-")
        if name.startswith("override-") and PLACE.fullmatch(context):
            given, seen = value.strip(), data.get(f"seen-{name}")
            if given != seen:
                changed[int(context)] = (given, seen)
    return changed


def _lost(values: Mapping[int, str], places: Places, told: str) -> list[Leftover]:
    contexts = TranslationContext.objects.in_bulk(values) if values else {}
    return [
        Leftover(
            label=places.place_of(contexts[key].path).heading if key in contexts else "",
            source="",
            text=value,
            told=told,
        )
        for key, value in values.items()
        if value
    ]


def _editable(
    translation: Translation, places: Places
) -> list[tuple[OverridableSegment, Place, forms.Field]]:
    """The segments that a form has a field for. A place is asked for once."""
    segments = OverridableSegment.objects.filter(source=translation.source_id)
    found = {}
    for segment in segments.select_related("context").order_by("order"):
        place = places.place_of(segment.context.path)
        form_field = _form_field(place, segment.context.path)
        if form_field is not None:
            found[segment.context_id] = (segment, place, form_field)
    return list(found.values())


def _form_field(place: Place, path: str) -> forms.Field | None:
    """A form field for what a place holds; None where there is none that is simple."""
    leaf = place.leaf
    if "'" in path:
        message = _("Write an address that begins with https://, mailto:, tel: or /.")
        return forms.CharField(required=False, validators=[RegexValidator(LINK, message)])
    form_field: forms.Field | None = None
    if isinstance(leaf, FieldBlock):
        form_field = copy(leaf.field)
    elif isinstance(leaf, models.Field):
        form_field = editor_form_field(leaf)
    if isinstance(form_field, forms.ModelChoiceField) and not _is_chooser(form_field):
        return None
    if form_field is not None:
        form_field.required = False
    return form_field


def _own_values(
    translation: Translation, fields: Mapping[int, forms.Field]
) -> dict[int, SegmentOverride]:
    """Return the overrides by place, without those whose value cannot be a key of a chooser."""
    return {
        override.context_id: override
        for override in _stored(translation)
        if override.context_id in fields and _is_usable(fields[override.context_id], override.data)
    }


def _delete_unusable(translation: Translation, fields: Mapping[int, forms.Field]) -> None:
    """Delete the overrides that the form does not show: their mark would prevent publishing."""
    unusable = [
        override.pk
        for override in _stored(translation)
        if override.context_id in fields
        and not _is_usable(fields[override.context_id], override.data)
    ]
    if unusable:
        SegmentOverride.objects.filter(pk__in=unusable).delete()


def _stored(translation: Translation) -> models.QuerySet[SegmentOverride]:
    return SegmentOverride.objects.filter(
        context__object_id=translation.source.object_id, locale=translation.target_locale_id
    )


def _is_usable(form_field: forms.Field, value: Any) -> bool:
    if value is None or not isinstance(form_field.widget, BaseChooser):
        return True
    return KEY_OF_ROW.fullmatch(str(value)) is not None


def _seen(override: SegmentOverride | None) -> str:
    """A value of its own as the form sends it; empty where there is none."""
    return "" if override is None else str(override.data)


def _is_chooser(form_field: forms.Field) -> bool:
    return isinstance(form_field.widget, BaseChooser)


def _objects(values: Iterable[tuple[forms.Field, Any]]) -> dict[type, dict[Any, Any]]:
    """What is chosen by some values of choosers, by model and key."""
    wanted = defaultdict(set)
    for form_field, value in values:
        if value is not None and isinstance(form_field.widget, BaseChooser):
            wanted[form_field.widget.model_class].add(value)
    return {model: model._default_manager.in_bulk(keys) for model, keys in wanted.items()}


def _resolved(form_field: forms.Field, value: Any, objects: Mapping[type, Any]) -> Any:
    """A value as a widget takes it: the chosen object, or the text."""
    if isinstance(form_field.widget, BaseChooser):
        return objects.get(form_field.widget.model_class, {}).get(value)
    return value


def _checked(form_field: forms.Field, given: str) -> tuple[Any, str]:
    """A value as it is kept, and what is wrong with it."""
    try:
        value = form_field.clean(given)
    except ValidationError as error:
        return given, " ".join(error.messages)
    return getattr(value, "pk", value), ""


def _error_of(override: SegmentOverride | None) -> str | None:
    if override is None or not override.has_error:
        return None
    return override.get_error() or _("This value cannot be used as it stands.")
