"""Keeping what translators write, text by text, without writing over anybody's newer text."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail_localize.models import StringTranslation, Translation

from .. import targets
from ..machine.confirming import confirm
from ..memory.repeats import translate_repeats
from ..segments import Problem, SegmentRow, segment_rows
from .notation import fault_in, stored
from .places import Places
from .text_cards import Refused, distinct, field_text, rich_paths, version_of


@dataclass(frozen=True)
class Given:
    """A text as it came from the page, and the version of the text that its writer saw."""

    text: str
    seen: str


@dataclass
class Saved:
    """How many texts are new, and those that were refused by the id of their segment."""

    changed: int = 0
    refused: dict[int, Refused] = field(default_factory=dict)


def given_texts(data: Mapping[str, str]) -> dict[int, Given]:
    """The texts of a submitted form, by the id of their segment."""
    return {
        int(name.removeprefix("text-")): Given(text, data.get(f"seen-{name[5:]}", ""))
        for name, text in data.items()
        if name.startswith("text-") and name[5:].isdecimal()
    }


@transaction.atomic
def save_texts(
    translation: Translation, user: Any, given: Mapping[int, Given], places: Places
) -> Saved:
    """Keep the texts that differ from what is kept.

    A text with a wrong tag is kept and marked. One that is too long is refused, and so is one
    whose place somebody else has given another text since its writer saw it.
    """
    _take_turns(translation)
    saved = Saved()
    for row, wanted, rich in _differing(translation, given):
        if wanted.seen != version_of(row.translation):
            saved.refused[row.segment.pk] = Refused(wanted.text, wanted.seen)
            continue
        limit = None if rich else places.place_of(row.path).max_length
        if limit and len(wanted.text.strip()) > limit:
            saved.refused[row.segment.pk] = Refused(
                wanted.text, wanted.seen, _too_long(wanted.text, limit)
            )
            continue
        write_text(translation, row, user, stored(wanted.text, rich=rich), rich=rich)
        saved.changed += 1
    return saved


def refuse_all(
    translation: Translation, given: Mapping[int, Given], reason: str
) -> dict[int, Refused]:
    """The texts that differ from what is kept, refused for the same reason."""
    return {
        row.segment.pk: Refused(wanted.text, wanted.seen, reason)
        for row, wanted, _rich in _differing(translation, given)
    }


@transaction.atomic
def accept_text(translation: Translation, user: Any, segment: int) -> bool:
    """Confirm that the previous translation still holds; gives whether there was one to confirm."""
    _take_turns(translation)
    row = _row(translation, segment)
    if row is None or row.problem is not Problem.MISSING or row.previous_translation is None:
        return False
    translate_repeats(targets.accept(translation, row.segment, user))
    return True


@transaction.atomic
def confirm_text(translation: Translation, user: Any, segment: int) -> bool:
    """Answer for what a machine wrote; gives whether there was such a text."""
    _take_turns(translation)
    row = _row(translation, segment)
    if row is None or row.problem is not Problem.MACHINE or row.translation is None:
        return False
    confirm(row.translation, user)
    return True


@transaction.atomic
def copy_source(translation: Translation, user: Any, segment: int) -> bool:
    """Say the same as the original, on purpose; gives whether there was a text to give."""
    _take_turns(translation)
    row = _row(translation, segment)
    if row is None or row.problem is None:
        return False
    write_text(translation, row, user, row.source_text, rich=row.path in rich_paths(translation))
    return True


def write_text(
    translation: Translation, row: SegmentRow, user: Any, data: str, *, rich: bool
) -> StringTranslation | None:
    """Keep a text as a person's, here and where the object says the same and has none yet.

    An empty one takes the translation away.
    """
    place = {
        "translation_of": row.segment.string,
        "locale": translation.target_locale,
        "context": row.segment.context,
    }
    if not data:
        StringTranslation.objects.filter(**place).delete()
        return None
    fault = fault_in(data, row.source_text) if rich else None
    text: StringTranslation
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
    return text


def _differing(
    translation: Translation, given: Mapping[int, Given]
) -> Iterator[tuple[SegmentRow, Given, bool]]:
    """The rows that were given another text than is kept, and whether they are rich text.

    The previous translation that a field begins with is no other text.
    """
    paths = rich_paths(translation)
    for row in distinct(segment_rows(translation)):
        wanted = given.get(row.segment.pk)
        rich = row.path in paths
        if wanted is not None:
            kept = stored(field_text(row, rich=rich), rich=rich)
            if stored(wanted.text, rich=rich) != kept:
                yield row, wanted, rich


def _row(translation: Translation, segment: int) -> SegmentRow | None:
    return next((row for row in segment_rows(translation) if row.segment.pk == segment), None)


def _take_turns(translation: Translation) -> None:
    """One writer at a time: what is compared with what was seen is still so when it is written."""
    Translation.objects.select_for_update().get(pk=translation.pk)


def _too_long(text: str, limit: int) -> str:
    return _("This text has %(length)d characters; there is room for %(limit)d.") % {
        "length": len(text.strip()),
        "limit": limit,
    }
