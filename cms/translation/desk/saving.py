"""Stores the texts that translators type, without replacing another user's newer text."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from ..engine.notation import shown, stored
from ..engine.segments import SegmentProblem, TextKey
from ..engine.writing import Author, TextWriter
from .desk import Desk
from .field_texts import RefusedText, ShownText, TypedText
from .text_slots import TextSlot, slots_of_removed, slots_of_rows

# Inside the transaction of a request, a savepoint for each step would be two queries more.
in_transaction = transaction.atomic(savepoint=False)


@dataclass
class SaveResult:
    """The keys of stored texts, and the texts to show to their writer again.

    `gone` are the keys of texts whose string the source no longer has; they are stored.
    """

    written: set[TextKey] = field(default_factory=set)
    refused: dict[TextKey, RefusedText] = field(default_factory=dict)
    gone: set[TextKey] = field(default_factory=set)


@in_transaction
def save_texts(desk: Desk, typed: Mapping[TextKey, TypedText]) -> SaveResult:
    """Store the texts that their writer has changed.

    A text with a fault is stored and marked. Refused is one where another user has stored a text
    since its field was rendered. A text for a string that the source no longer has is stored as
    the translation of that string.
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
        _write_text(desk, slot, data)
        result.written.add(key)
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
def refuse_unseen(desk: Desk, key: TextKey, seen: ShownText, mine: str | None) -> bool:
    """Refuse to act on a text that is not the one that its form was rendered with.

    `mine` is the text that the form's writer would have there, None for that of the original.
    Another user's is shown beside it. Returns whether it is refused.
    """
    desk.lock_texts()
    slot = _slot(desk, key)
    if slot is None or slot.shown.version == seen.version:
        return False
    if slot.row is not None:
        text = shown(slot.row.source_text, rich=slot.rich) if mine is None else mine
        if slot.stored is None or stored(text, rich=slot.rich) != slot.stored.data:
            desk.refused = {**desk.refused, key: RefusedText(text, seen)}
    return True


@in_transaction
def accept_text(desk: Desk, key: TextKey, typed: Mapping[TextKey, TypedText]) -> bool:
    """Store the previous translation of a place as that of its present string.

    The text in the field beside the button goes first, where the form has one. Where its links
    are not those of the string any more, it is marked and says which are missing. Returns False
    where there is no text, or the place does not lack one.
    """
    desk.lock_texts()
    slot = _slot(desk, key)
    if slot is None or slot.row is None or slot.row.problem is not SegmentProblem.MISSING:
        return False
    in_field = stored(typed[key].text, rich=slot.rich) if key in typed else ""
    text = in_field or slot.row.previous_text
    if not text:
        return False
    _write_text(desk, slot, text)
    return True


@in_transaction
def confirm_text(desk: Desk, key: TextKey) -> bool:
    """Confirm a machine's text as the user's own; False where there is none."""
    desk.lock_texts()
    slot = _slot(desk, key)
    if slot is None or slot.row is None or slot.row.problem is not SegmentProblem.MACHINE:
        return False
    if slot.stored is not None:
        _write_text(desk, slot, slot.stored.data, tool=slot.stored.tool_name)
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


def _write_text(desk: Desk, slot: TextSlot, data: str, tool: str = "") -> None:
    """Store a text as the user's, and where the object has the same string untranslated.

    Others may write without the lock: one of theirs is replaced.
    """
    desk.forget_texts()
    writer = TextWriter(desk.translation, Author(desk.user, tool), desk.rules)
    text = writer.write(slot.context, slot.string, data, slot.stored)
    if text is not None:
        writer.write_repeats(text)


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
