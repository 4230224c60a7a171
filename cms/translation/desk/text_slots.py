"""Where a typed text is stored: its place in the object, its source string, and what is there."""

from collections.abc import Iterable
from dataclasses import dataclass

from wagtail_localize.models import String, StringTranslation, Translation, TranslationContext

from ..engine.links import has_link, kept_links
from ..engine.notation import shown
from ..engine.segments import SegmentRow, TextKey
from .field_texts import ShownText, shown_text


@dataclass(frozen=True)
class TextSlot:
    """The place and source string of a text, with the translation that is stored there.

    `row` is None where the source no longer has this string at this place. A text can be stored
    all the same: it remains the translation of that string.
    """

    context: TranslationContext
    string: String
    rich: bool
    stored: StringTranslation | None
    shown: ShownText
    row: SegmentRow | None


def slots_of_rows(rows: Iterable[SegmentRow], rich_paths: set[str]) -> dict[TextKey, TextSlot]:
    """Return the slots of the source's present strings."""
    slots = {}
    for row in rows:
        rich = row.path in rich_paths
        context, string = row.segment.context, row.segment.string
        shown_now = shown_text(row, rich=rich)
        slots[row.key] = TextSlot(context, string, rich, row.translation, shown_now, row)
    return slots


def slots_of_removed(
    translation: Translation, keys: set[TextKey], rich_paths: set[str]
) -> dict[TextKey, TextSlot]:
    """Return the slots of strings that the source no longer has, in three queries.

    Where strings have links, two more say where they led. A key with a place of another object,
    or a string of another language, has none.
    """
    if not keys:
        return {}
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
    links = kept_links(
        {key for key in keys if key.string in strings and has_link(strings[key.string].data)}
    )
    slots = {}
    for key in keys:
        if key.context in contexts and key.string in strings:
            context, string = contexts[key.context], strings[key.string]
            rich = context.path in rich_paths or "<" in string.data
            text = texts.get(key)
            in_field = shown(text.data, rich=rich) if text else ""
            shown_now = ShownText.of(text, in_field, links.get(key, {}))
            slots[key] = TextSlot(context, string, rich, text, shown_now, None)
    return slots
