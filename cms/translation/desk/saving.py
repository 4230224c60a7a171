"""Stores the texts that translators type, without replacing another user's newer text."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from wagtail_localize.models import StringSegment, StringTranslation

from ..engine.segments import SegmentProblem, TextKey, confirm
from ..engine.targets import without_unknown_links
from .desk import Desk
from .field_texts import RefusedText, ShownText, TypedText
from .notation import fault_in, stored
from .text_slots import TextSlot, slots_of_removed, slots_of_rows

# Inside the transaction of a request, a savepoint for each step would be two queries more.
in_transaction = transaction.atomic(savepoint=False)


@dataclass
class SaveResult:
    """Number of stored texts, and those to show to their writer again.

    `gone` are the keys of texts whose string the source no longer has; they are stored.
    """

    changed: int = 0
    refused: dict[TextKey, RefusedText] = field(default_factory=dict)
    gone: set[TextKey] = field(default_factory=set)


@in_transaction
def save_texts(desk: Desk, typed: Mapping[TextKey, TypedText]) -> SaveResult:
    """Store the texts that their writer has changed.

    A text with a wrong tag is stored and marked. One that is too long is refused, and so is one
    where another user has stored a text since its field was rendered. A text for a string that
    the source no longer has is stored as the translation of that string.
    """
    desk.lock_texts()
    result = SaveResult()
    for key, text, slot in _changed(desk, typed):
        if slot is None:
            told = _("This text is not saved: its place is not known here.")
            result.refused[key] = RefusedText(text.text, text.shown, told)
            continue
        data = stored(text.text, rich=slot.rich)
        if slot.row is None and data:
            result.gone.add(key)
        if data == (slot.stored.data if slot.stored else ""):
            continue
        if text.shown.version != slot.shown.version:
            result.refused[key] = RefusedText(text.text, text.shown)
            continue
        limit = None if slot.rich else desk.places.place_of(slot.context.path).max_length
        if slot.row is not None and limit and len(text.text.strip()) > limit:
            told = _too_long(text.text, limit)
            result.refused[key] = RefusedText(text.text, text.shown, told)
            continue
        _write_text(desk, slot, data)
        result.changed += 1
    return result


def refuse_all(
    desk: Desk, typed: Mapping[TextKey, TypedText], reason: str
) -> dict[TextKey, RefusedText]:
    """Return the texts that their writer has changed, refused for one reason."""
    return {
        key: RefusedText(text.text, text.shown, reason)
        for key, text, _slot in _changed(desk, typed)
    }


@in_transaction
def accept_text(desk: Desk, key: TextKey, typed: Mapping[TextKey, TypedText]) -> bool:
    """Store the previous translation of a place as that of its present string.

    The text in the field beside the button goes first, where the form has one. Returns False
    where there is no text, or the place does not lack one.
    """
    desk.lock_texts()
    slot = _slot(desk, key)
    if slot is None or slot.row is None or slot.row.problem is not SegmentProblem.MISSING:
        return False
    in_field = stored(typed[key].text, rich=slot.rich) if key in typed else ""
    text = in_field or slot.row.previous_translation
    if not text:
        return False
    _write_text(desk, slot, without_unknown_links(text, slot.row.segment))
    return True


@in_transaction
def confirm_text(desk: Desk, key: TextKey) -> bool:
    """Confirm a machine's text as the user's own; False where there is none."""
    desk.lock_texts()
    slot = _slot(desk, key)
    row = slot.row if slot is not None else None
    if row is None or row.problem is not SegmentProblem.MACHINE or row.translation is None:
        return False
    confirm(row.translation, desk.user)
    desk.forget_texts()
    return True


@in_transaction
def copy_source(desk: Desk, key: TextKey) -> bool:
    """Store the source's text as its translation; False where the place has a usable one."""
    desk.lock_texts()
    slot = _slot(desk, key)
    if slot is None or slot.row is None or slot.row.problem is None:
        return False
    _write_text(desk, slot, slot.row.source_text)
    return True


@in_transaction
def discard_text(desk: Desk, key: TextKey) -> bool:
    """Delete the translation of a string that the source no longer has; False without one."""
    desk.lock_texts()
    slot = _slot(desk, key)
    if slot is None or slot.row is not None or slot.stored is None:
        return False
    slot.stored.delete()
    desk.forget_texts()
    return True


def translate_repeats(text: StringTranslation) -> int:
    """Copy a translation to the other places of the object that have the same source string.

    Places with a translation of their own keep it. Returns the number of copies.
    """
    if text.context is None:
        return 0
    own = StringTranslation.objects.filter(
        translation_of=text.translation_of_id, locale=text.locale_id
    )
    places = StringSegment.objects.filter(
        source__object=text.context.object_id, string=text.translation_of_id
    ).exclude(context__translations__in=own)
    contexts = set(places.values_list("context", flat=True)) - {text.context_id}
    for context in contexts:
        StringTranslation(
            translation_of_id=text.translation_of_id,
            context_id=context,
            locale_id=text.locale_id,
            data=text.data,
            translation_type=text.translation_type,
            tool_name=text.tool_name,
            last_translated_by_id=text.last_translated_by_id,
        ).save()
    return len(contexts)


def _write_text(desk: Desk, slot: TextSlot, data: str) -> None:
    """Store a text as the user's, and where the object has the same string untranslated.

    An empty one deletes the translation.
    """
    desk.forget_texts()
    place = {
        "translation_of": slot.string,
        "locale": desk.translation.target_locale,
        "context": slot.context,
    }
    if not data:
        StringTranslation.objects.filter(**place).delete()
        return
    fault = fault_in(data, slot.string.data) if slot.rich else None
    values = {
        "data": data,
        "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
        "tool_name": "",
        "last_translated_by": desk.user,
        "has_error": fault is not None,
        "field_error": fault or "",
    }
    text = _store(slot, place, values)
    if fault is None:
        translate_repeats(text)


def _store(
    slot: TextSlot, place: Mapping[str, Any], values: Mapping[str, Any]
) -> StringTranslation:
    """Update the translation that was read under the lock, or create it.

    The machine and wagtail-localize write without the lock: one of theirs is replaced.
    """
    text = slot.stored
    if text is None:
        try:
            with transaction.atomic():
                created: StringTranslation = StringTranslation.objects.create(**place, **values)
                return created
        except IntegrityError:
            text = StringTranslation.objects.get(**place)
    for name, value in values.items():
        setattr(text, name, value)
    text.save()
    return text


def _changed(
    desk: Desk, typed: Mapping[TextKey, TypedText]
) -> Iterator[tuple[TextKey, TypedText, TextSlot | None]]:
    """Yield the texts that differ from what their field was rendered with, with their slots.

    A field may begin with the previous translation, which is no new text until it is changed.
    """
    slots = _slots(desk, set(typed))
    for key, text in typed.items():
        slot = slots.get(key)
        began = text.shown.digest or (slot.shown.digest if slot else "")
        if ShownText.digest_of(text.text) != began:
            yield key, text, slot


def _slot(desk: Desk, key: TextKey) -> TextSlot | None:
    return _slots(desk, {key}).get(key)


def _slots(desk: Desk, keys: set[TextKey]) -> dict[TextKey, TextSlot]:
    rows = [row for row in desk.distinct_rows if row.key in keys]
    slots = slots_of_rows(rows, desk.rich_paths)
    return slots | slots_of_removed(desk.translation, keys - slots.keys(), desk.rich_paths)


def _too_long(text: str, limit: int) -> str:
    return _("This text has %(length)d characters; there is room for %(limit)d.") % {
        "length": len(text.strip()),
        "limit": limit,
    }
