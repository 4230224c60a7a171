"""Keeping what translators write, text by text, without writing over anybody's newer text."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail_localize.models import String, StringTranslation, Translation, TranslationContext

from .. import targets
from ..machine.confirming import confirm
from ..memory.repeats import translate_repeats
from ..segments import Problem, SegmentRow, TextKey, segment_rows
from .notation import fault_in, shown, stored
from .places import Places
from .text_cards import Refused, Seen, distinct, rich_paths, seen_of


@dataclass(frozen=True)
class Given:
    """A text as it came from the page, and what its writer saw there."""

    text: str
    seen: Seen


@dataclass(frozen=True)
class Home:
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
    for key, wanted, home in _changed(translation, given):
        if home is None:
            told = _("This text is not saved: its place is not known here.")
            saved.refused[key] = Refused(wanted.text, wanted.seen, told)
            continue
        data = stored(wanted.text, rich=home.rich)
        if home.row is None and data:
            saved.gone.add(key)
        if data == (home.kept.data if home.kept else ""):
            continue
        if wanted.seen.version != home.seen.version:
            saved.refused[key] = Refused(wanted.text, wanted.seen)
            continue
        limit = None if home.rich else places.place_of(home.context.path).max_length
        if home.row is not None and limit and len(wanted.text.strip()) > limit:
            saved.refused[key] = Refused(wanted.text, wanted.seen, _too_long(wanted.text, limit))
            continue
        write_text(translation, home, user, data)
        saved.changed += 1
    return saved


def refuse_all(
    translation: Translation, given: Mapping[TextKey, Given], reason: str
) -> dict[TextKey, Refused]:
    """The texts that their writer has changed, refused for the same reason."""
    return {
        key: Refused(wanted.text, wanted.seen, reason)
        for key, wanted, _home in _changed(translation, given)
    }


@transaction.atomic
def accept_text(
    translation: Translation, user: Any, key: TextKey, given: Mapping[TextKey, Given]
) -> bool:
    """Confirm that the previous translation still holds; gives whether there was one to confirm.

    That is the text in the field beside the button, where the form has one.
    """
    _take_turns(translation)
    home = _home(translation, key)
    if home is None or home.row is None or home.row.problem is not Problem.MISSING:
        return False
    in_field = stored(given[key].text, rich=home.rich) if key in given else ""
    text = in_field or home.row.previous_translation
    if not text:
        return False
    write_text(translation, home, user, targets.fitting(text, home.row.segment))
    return True


@transaction.atomic
def confirm_text(translation: Translation, user: Any, key: TextKey) -> bool:
    """Answer for what a machine wrote; gives whether there was such a text."""
    _take_turns(translation)
    home = _home(translation, key)
    row = home.row if home is not None else None
    if row is None or row.problem is not Problem.MACHINE or row.translation is None:
        return False
    confirm(row.translation, user)
    return True


@transaction.atomic
def copy_source(translation: Translation, user: Any, key: TextKey) -> bool:
    """Say the same as the original, on purpose; gives whether there was a text to give."""
    _take_turns(translation)
    home = _home(translation, key)
    if home is None or home.row is None or home.row.problem is None:
        return False
    write_text(translation, home, user, home.row.source_text)
    return True


@transaction.atomic
def discard_text(translation: Translation, user: Any, key: TextKey) -> bool:
    """Take away the translation of words that are gone; gives whether there was one."""
    _take_turns(translation)
    home = _home(translation, key)
    if home is None or home.row is not None or home.kept is None:
        return False
    home.kept.delete()
    return True


def write_text(translation: Translation, home: Home, user: Any, data: str) -> None:
    """Keep a text as a person's, here and where the object says the same and has none yet.

    An empty one takes the translation away.
    """
    place = {
        "translation_of": home.string,
        "locale": translation.target_locale,
        "context": home.context,
    }
    if not data:
        StringTranslation.objects.filter(**place).delete()
        return
    fault = fault_in(data, home.string.data) if home.rich else None
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
) -> Iterator[tuple[TextKey, Given, Home | None]]:
    """The texts that are not what their field began with, with where they belong.

    The previous translation that a field begins with is no new text until somebody changes it.
    """
    homes = _homes(translation, set(given))
    for key, wanted in given.items():
        home = homes.get(key)
        began = wanted.seen.digest or (home.seen.digest if home else "")
        if Seen.digest_of(wanted.text) != began:
            yield key, wanted, home


def _home(translation: Translation, key: TextKey) -> Home | None:
    return _homes(translation, {key}).get(key)


def _homes(translation: Translation, keys: set[TextKey]) -> dict[TextKey, Home]:
    """Where texts of the object are kept; those of other objects have no place in it."""
    paths = rich_paths(translation)
    homes = {}
    for row in distinct(segment_rows(translation)):
        if row.key in keys:
            rich = row.path in paths
            context, string = row.segment.context, row.segment.string
            homes[row.key] = Home(
                context, string, rich, row.translation, seen_of(row, rich=rich), row
            )
    if gone := keys - homes.keys():
        homes |= _homes_of_gone(translation, gone, paths)
    return homes


def _homes_of_gone(
    translation: Translation, keys: set[TextKey], rich_paths: set[str]
) -> dict[TextKey, Home]:
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
    homes = {}
    for key in keys:
        if key.context in contexts and key.string in strings:
            context, string = contexts[key.context], strings[key.string]
            rich = context.path in rich_paths or "<" in string.data
            text = texts.get(key)
            seen = Seen.of(text, shown(text.data, rich=rich) if text else "")
            homes[key] = Home(context, string, rich, text, seen, None)
    return homes


def _take_turns(translation: Translation) -> None:
    """One writer at a time: what is compared with what was seen is still so when it is written."""
    Translation.objects.select_for_update().get(pk=translation.pk)


def _too_long(text: str, limit: int) -> str:
    return _("This text has %(length)d characters; there is room for %(limit)d.") % {
        "length": len(text.strip()),
        "limit": limit,
    }
