"""Keeping what translators write, text by text, without writing over anybody's newer text."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail_localize.models import String, StringTranslation, Translation, TranslationContext

from ..engine import targets
from ..engine.segments import Problem, SegmentRow, TextKey, confirm, segment_rows
from ..memory.repeats import translate_repeats
from .notation import fault_in, shown, stored
from .places import Places
from .text_cards import Refused, Seen, distinct, rich_paths, seen_of


@dataclass(frozen=True)
class Given:
    """A text as it came from the page, and what its writer saw there."""

    text: str
    seen: Seen


@dataclass(frozen=True)
class TextSlot:
    """Where a text is kept: its place, the words that it translates, what is kept there now.

    `row` is None where the original has not had these words at this place since the page was
    opened. They stay what the text is a translation of.
    """

    context: TranslationContext
    string: String
    rich: bool
    kept: StringTranslation | None
    seen: Seen
    row: SegmentRow | None


@dataclass
class Saved:
    """How many texts are new, those that were refused, and the keys of those whose words are gone.

    The latter two are to be shown again.
    """

    changed: int = 0
    refused: dict[TextKey, Refused] = field(default_factory=dict)
    gone: set[TextKey] = field(default_factory=set)


def given_texts(data: Mapping[str, str]) -> dict[TextKey, Given]:
    """The texts of a submitted form, by what they are texts of."""
    return {
        key: Given(text, Seen.parse(data.get(f"seen-{key}", "")))
        for name, text in data.items()
        if name.startswith("text-") and (key := TextKey.parse(name[5:]))
    }


@transaction.atomic
def save_texts(
    translation: Translation, user: Any, given: Mapping[TextKey, Given], places: Places
) -> Saved:
    """Keep the texts that their writer has changed.

    A text with a wrong tag is kept and marked. One that is too long is refused, and so is one
    whose place somebody else has given another text since its writer saw it. A text for words
    that the original no longer has is kept as their translation, as if it had come in time.
    """
    _take_turns(translation)
    saved = Saved()
    for key, wanted, slot in _changed(translation, given):
        if slot is None:
            told = _("This text is not saved: its place is not known here.")
            saved.refused[key] = Refused(wanted.text, wanted.seen, told)
            continue
        data = stored(wanted.text, rich=slot.rich)
        if slot.row is None and data:
            saved.gone.add(key)
        if data == (slot.kept.data if slot.kept else ""):
            continue
        if wanted.seen.version != slot.seen.version:
            saved.refused[key] = Refused(wanted.text, wanted.seen)
            continue
        limit = None if slot.rich else places.place_of(slot.context.path).max_length
        if slot.row is not None and limit and len(wanted.text.strip()) > limit:
            saved.refused[key] = Refused(wanted.text, wanted.seen, _too_long(wanted.text, limit))
            continue
        write_text(translation, slot, user, data)
        saved.changed += 1
    return saved


def refuse_all(
    translation: Translation, given: Mapping[TextKey, Given], reason: str
) -> dict[TextKey, Refused]:
    """The texts that their writer has changed, refused for the same reason."""
    return {
        key: Refused(wanted.text, wanted.seen, reason)
        for key, wanted, _slot in _changed(translation, given)
    }


@transaction.atomic
def accept_text(
    translation: Translation, user: Any, key: TextKey, given: Mapping[TextKey, Given]
) -> bool:
    """Confirm that the previous translation still holds; gives whether there was one to confirm.

    That is the text in the field beside the button, where the form has one.
    """
    _take_turns(translation)
    slot = _slot(translation, key)
    if slot is None or slot.row is None or slot.row.problem is not Problem.MISSING:
        return False
    in_field = stored(given[key].text, rich=slot.rich) if key in given else ""
    text = in_field or slot.row.previous_translation
    if not text:
        return False
    write_text(translation, slot, user, targets.fitting(text, slot.row.segment))
    return True


@transaction.atomic
def confirm_text(translation: Translation, user: Any, key: TextKey) -> bool:
    """Answer for what a machine wrote; gives whether there was such a text."""
    _take_turns(translation)
    slot = _slot(translation, key)
    row = slot.row if slot is not None else None
    if row is None or row.problem is not Problem.MACHINE or row.translation is None:
        return False
    confirm(row.translation, user)
    return True


@transaction.atomic
def copy_source(translation: Translation, user: Any, key: TextKey) -> bool:
    """Say the same as the original, on purpose; gives whether there was a text to give."""
    _take_turns(translation)
    slot = _slot(translation, key)
    if slot is None or slot.row is None or slot.row.problem is None:
        return False
    write_text(translation, slot, user, slot.row.source_text)
    return True


@transaction.atomic
def discard_text(translation: Translation, user: Any, key: TextKey) -> bool:
    """Take away the translation of words that are gone; gives whether there was one."""
    _take_turns(translation)
    slot = _slot(translation, key)
    if slot is None or slot.row is not None or slot.kept is None:
        return False
    slot.kept.delete()
    return True


def write_text(translation: Translation, slot: TextSlot, user: Any, data: str) -> None:
    """Keep a text as a person's, here and where the object says the same and has none yet.

    An empty one takes the translation away.
    """
    place = {
        "translation_of": slot.string,
        "locale": translation.target_locale,
        "context": slot.context,
    }
    if not data:
        StringTranslation.objects.filter(**place).delete()
        return
    fault = fault_in(data, slot.string.data) if slot.rich else None
    text, _created = StringTranslation.objects.update_or_create(
        **place,
        defaults={
            "data": data,
            "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
            "tool_name": "",
            "last_translated_by": user,
            "has_error": fault is not None,
            "field_error": fault or "",
        },
    )
    if fault is None:
        translate_repeats(text)


def _changed(
    translation: Translation, given: Mapping[TextKey, Given]
) -> Iterator[tuple[TextKey, Given, TextSlot | None]]:
    """The texts that are not what their field began with, with where they belong.

    The previous translation that a field begins with is no new text until somebody changes it.
    """
    slots = _slots(translation, set(given))
    for key, wanted in given.items():
        slot = slots.get(key)
        began = wanted.seen.digest or (slot.seen.digest if slot else "")
        if Seen.digest_of(wanted.text) != began:
            yield key, wanted, slot


def _slot(translation: Translation, key: TextKey) -> TextSlot | None:
    return _slots(translation, {key}).get(key)


def _slots(translation: Translation, keys: set[TextKey]) -> dict[TextKey, TextSlot]:
    """Where texts of the object are kept; those of other objects have no place in it."""
    paths = rich_paths(translation)
    slots = {}
    for row in distinct(segment_rows(translation)):
        if row.key in keys:
            rich = row.path in paths
            context, string = row.segment.context, row.segment.string
            slots[row.key] = TextSlot(
                context, string, rich, row.translation, seen_of(row, rich=rich), row
            )
    if gone := keys - slots.keys():
        slots |= _slots_of_gone(translation, gone, paths)
    return slots


def _slots_of_gone(
    translation: Translation, keys: set[TextKey], rich_paths: set[str]
) -> dict[TextKey, TextSlot]:
    source = translation.source
    contexts = TranslationContext.objects.filter(
        pk__in={key.context for key in keys}, object=source.object_id
    ).in_bulk()
    strings = String.objects.filter(
        pk__in={key.string for key in keys}, locale=source.locale_id
    ).in_bulk()
    texts = {
        TextKey(text.context_id, text.translation_of_id): text
        for text in StringTranslation.objects.filter(
            context__in=contexts, translation_of__in=strings, locale=translation.target_locale_id
        )
    }
    slots = {}
    for key in keys:
        if key.context in contexts and key.string in strings:
            context, string = contexts[key.context], strings[key.string]
            rich = context.path in rich_paths or "<" in string.data
            text = texts.get(key)
            seen = Seen.of(text, shown(text.data, rich=rich) if text else "")
            slots[key] = TextSlot(context, string, rich, text, seen, None)
    return slots


def _take_turns(translation: Translation) -> None:
    """One writer at a time: what is compared with what was seen is still so when it is written."""
    Translation.objects.select_for_update().get(pk=translation.pk)


def _too_long(text: str, limit: int) -> str:
    return _("This text has %(length)d characters; there is room for %(limit)d.") % {
        "length": len(text.strip()),
        "limit": limit,
    }
