"""Stores the values that a language has of its own, as the desk's form sends them."""

import json
import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail_localize.models import (
    OverridableSegment,
    SegmentOverride,
    Translation,
    TranslationContext,
)

from ..engine.places import Places
from .desk import Desk
from .leftovers import Leftover
from .overrides import override_fields, sent_value

PLACE = re.compile("[0-9]{1,18}")


def save_overrides(desk: Desk, data: Mapping[str, str]) -> list[Leftover]:
    """Store the new values of a submitted form; a wrong address or text is stored and marked.

    An empty value deletes the override. Returns the values that were not stored: those of a
    removed place, those that another user has changed meanwhile, and those that cannot be a
    value of their field, such as a word for an image.
    """
    _delete_unusable(desk)
    changed = _changed(data)
    if not changed:
        return []
    taken, refused = {}, {}
    for field in desk.override_fields:
        context = field.segment.context_id
        if context not in changed:
            continue
        given, seen = changed.pop(context)
        override = desk.stored_overrides.get(context)
        kept = sent_value(override)
        if given == kept:
            continue
        if seen not in (kept, None):
            taken[context] = given
            continue
        if not given:
            if override is not None:
                SegmentOverride.objects.filter(pk=override.pk).delete()
            continue
        value, error = cleaned_value(field.form_field, given)
        if error and field.is_chooser:
            refused[context] = given
            continue
        SegmentOverride.objects.update_or_create(
            locale=desk.translation.target_locale,
            context=field.segment.context,
            defaults={
                "data_json": json.dumps(value),
                "last_translated_by": desk.user,
                "has_error": bool(error),
                "field_error": error,
            },
        )
    desk.forget_overrides()
    gone = {context: given for context, (given, _seen) in changed.items()}
    places = desk.places
    return [
        *_lost(taken, places, _("It is not saved: somebody has given another one meanwhile.")),
        *_lost(refused, places, _("It is not saved: this cannot be chosen here.")),
        *_lost(gone, places, _("It is not saved: its place is no longer in the original.")),
    ]


def check_stored(translation: Translation, segment: OverridableSegment) -> bool:
    """Check a value that was stored elsewhere as one from the form; False where it cannot stay.

    An empty one is deleted.
    """
    place = {"locale": translation.target_locale_id, "context": segment.context_id}
    override = SegmentOverride.objects.filter(**place).first()
    fields = override_fields(translation, Places.of(translation.source))
    field = next((each for each in fields if each.segment.context_id == segment.context_id), None)
    if override is None or field is None:
        return True
    given = "" if override.data is None else str(override.data).strip()
    if not given:
        override.delete()
        return True
    value, error = cleaned_value(field.form_field, given)
    if error and field.is_chooser:
        return False
    override.data_json = json.dumps(value)
    override.has_error, override.field_error = bool(error), error
    override.save()
    return True


def refuse_values(desk: Desk, data: Mapping[str, str], reason: str) -> list[Leftover]:
    """Return the changed values of a submitted form, refused for one reason."""
    changed = {context: given for context, (given, _seen) in _changed(data).items()}
    return _lost(changed, desk.places, reason)


def _changed(data: Mapping[str, str]) -> dict[int, tuple[str, str | None]]:
    """Return the values that differ from what their field was rendered with, and both, by place."""
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


def _delete_unusable(desk: Desk) -> None:
    """Delete the overrides that the form cannot show: their mark would prevent publishing."""
    if not desk.stored_overrides:
        return
    stored = desk.stored_overrides
    unusable = [
        stored[field.segment.context_id].pk
        for field in desk.override_fields
        if field.segment.context_id in stored
        and not field.is_usable(stored[field.segment.context_id])
    ]
    if unusable:
        SegmentOverride.objects.filter(pk__in=unusable).delete()
        desk.forget_overrides()


def cleaned_value(form_field: forms.Field, given: str) -> tuple[Any, str]:
    """Return a value as it is stored, and the error message of its field, empty without one."""
    try:
        value = form_field.clean(given)
    except ValidationError as error:
        return given, " ".join(error.messages)
    return getattr(value, "pk", value), ""
