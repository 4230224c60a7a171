"""Values that are the same in all languages unless a language has its own: fields and cards.

Texts, addresses, images, documents and pages can be chosen for one language; all other values
stay as the source has them. `desk.override_saving` stores what is chosen.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.db import models
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.blocks import FieldBlock
from wagtail_localize.models import OverridableSegment, SegmentOverride, Translation

from cms.core.keyed_streams import KEY_OF_ROW
from cms.upstream.editor_parts import BaseChooser, editor_form_field

from ..engine.places import Place, Places

LINK = r"^(https?://|mailto:|tel:|/|#)\S+$"


@dataclass(frozen=True)
class OverrideField:
    """A value of the source that a form has a field for."""

    segment: OverridableSegment
    place: Place
    form_field: forms.Field

    @property
    def is_chooser(self) -> bool:
        return isinstance(self.form_field.widget, BaseChooser)

    def is_usable(self, override: SegmentOverride) -> bool:
        """Whether a stored value can be rendered: that of a chooser must be a primary key."""
        if override.data is None or not self.is_chooser:
            return True
        return KEY_OF_ROW.fullmatch(str(override.data)) is not None


@dataclass(frozen=True)
class OverrideCard:
    """`source` is the source's value, `value` this language's own, None without one."""

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
        """Name of the form's field, after the place, which outlives its segments."""
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


def override_fields(translation: Translation, places: Places) -> list[OverrideField]:
    """Return a field for each value that can be chosen, in one query; one for each place."""
    segments = OverridableSegment.objects.filter(source=translation.source_id)
    found = {}
    for segment in segments.select_related("context").order_by("order"):
        place = places.place_of(segment.context.path)
        form_field = _form_field(place, segment.context.path)
        if form_field is not None:
            found[segment.context_id] = OverrideField(segment, place, form_field)
    return list(found.values())


def stored_overrides(translation: Translation) -> dict[int, SegmentOverride]:
    """Return this language's own values by the id of their place, in one query."""
    overrides = SegmentOverride.objects.filter(
        context__object_id=translation.source.object_id, locale=translation.target_locale_id
    )
    return {override.context_id: override for override in overrides}


def override_cards(
    fields: Sequence[OverrideField], stored: Mapping[int, SegmentOverride]
) -> list[OverrideCard]:
    """Make a card for each field, in a query for each type of object that is chosen."""
    overrides = {
        each.segment.context_id: stored[each.segment.context_id]
        for each in fields
        if each.segment.context_id in stored and each.is_usable(stored[each.segment.context_id])
    }
    sources = {each.segment.context_id: json.loads(each.segment.data_json) for each in fields}
    objects = _chosen_objects(
        (each.form_field, value)
        for each in fields
        for value in (
            sources[each.segment.context_id],
            getattr(overrides.get(each.segment.context_id), "data", None),
        )
    )
    cards = []
    for each in fields:
        override = overrides.get(each.segment.context_id)
        value = override.data if override else None
        cards.append(
            OverrideCard(
                segment=each.segment,
                place=each.place,
                form_field=each.form_field,
                source=_widget_value(each, sources[each.segment.context_id], objects),
                value=_widget_value(each, value, objects),
                error=_error_of(override),
                is_overridden=override is not None,
                seen=sent_value(override),
            )
        )
    return cards


def sent_value(override: SegmentOverride | None) -> str:
    """Return a stored value as the form sends it; empty without one."""
    return "" if override is None else str(override.data)


def _form_field(place: Place, path: str) -> forms.Field | None:
    """Return a form field for the value at a place, None where no simple one exists."""
    leaf = place.leaf
    if "'" in path:
        message = _("Write an address that begins with https://, mailto:, tel: or /.")
        return forms.CharField(required=False, validators=[RegexValidator(LINK, message)])
    form_field: forms.Field | None = None
    if isinstance(leaf, FieldBlock):
        form_field = copy(leaf.field)
    elif isinstance(leaf, models.Field):
        form_field = editor_form_field(leaf)
    if isinstance(form_field, forms.ModelChoiceField) and not isinstance(
        form_field.widget, BaseChooser
    ):
        return None
    if form_field is not None:
        form_field.required = False
    return form_field


def _chosen_objects(values: Iterable[tuple[forms.Field, Any]]) -> dict[type, dict[Any, Any]]:
    """Return the objects that some values of choosers are keys of, by model and key."""
    wanted = defaultdict(set)
    for form_field, value in values:
        if value is not None and isinstance(form_field.widget, BaseChooser):
            wanted[form_field.widget.model_class].add(value)
    return {model: model._default_manager.in_bulk(keys) for model, keys in wanted.items()}


def _widget_value(field: OverrideField, value: Any, objects: Mapping[type, Any]) -> Any:
    """Return a value as a widget takes it: the chosen object, or the text."""
    if field.is_chooser:
        return objects.get(field.form_field.widget.model_class, {}).get(value)
    return value


def _error_of(override: SegmentOverride | None) -> str | None:
    if override is None or not override.has_error:
        return None
    return override.get_error() or _("This value cannot be used as it stands.")
