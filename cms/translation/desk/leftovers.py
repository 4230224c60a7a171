"""Lists texts for strings or places that the source no longer has, which the desk shows apart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from wagtail_localize.models import String, StringTranslation, Translation, TranslationContext

from ..engine.links import has_link, kept_links
from ..engine.notation import shown
from ..engine.places import Places
from ..engine.segments import LIKENESS, SegmentRow, TextKey, likeness
from .field_texts import RefusedText, ShownText


@dataclass(frozen=True)
class Leftover:
    """A text without a field.

    `told` says whether it is stored; `key` deletes a stored one, where it is still the one that
    was `seen`.
    """

    label: str
    source: str
    text: str
    told: str
    key: TextKey | None = None
    seen: ShownText | None = None


def leftovers(
    translation: Translation,
    rows: Sequence[SegmentRow],
    places: Places,
    refused: Mapping[TextKey, RefusedText],
) -> list[Leftover]:
    """Return texts for removed strings: those stored since the removal, and refused ones."""
    present = {row.key for row in rows}
    late = StringTranslation.objects.filter(
        context__object_id=translation.source.object_id,
        locale=translation.target_locale_id,
        updated_at__gt=translation.source.last_updated_at,
    ).select_related("context", "translation_of")
    kept = {
        key: text
        for text in late
        if (key := TextKey(text.context_id, text.translation_of_id)) not in present
        and not _is_taken_up(text, rows)
    }
    links = kept_links({key for key, text in kept.items() if has_link(text.translation_of.data)})
    found = []
    for key, text in kept.items():
        in_field = shown(text.data, rich=True)
        found.append(
            Leftover(
                label=places.place_of(text.context.path).heading,
                source=shown(text.translation_of.data, rich=True),
                text=in_field,
                told=_("It is kept in case the words come back. Use what fits elsewhere."),
                key=key,
                seen=ShownText.of(text, in_field, links.get(key, {})),
            )
        )
    return found + _refused(
        {key: text for key, text in refused.items() if key not in present}, places
    )


def _is_taken_up(text: StringTranslation, rows: Sequence[SegmentRow]) -> bool:
    """Return whether a segment of the same field has taken the text over, or has a newer one."""
    here = [row for row in rows if row.segment.context_id == text.context_id]
    alone = len({row.key for row in here}) == 1
    source = text.translation_of.data
    return any(
        row.previous_source == source
        if row.translation is None
        else row.translation.updated_at > text.updated_at
        and (alone or likeness(row.source_text, source) >= LIKENESS)
        for row in here
    )


def _refused(refused: Mapping[TextKey, RefusedText], places: Places) -> list[Leftover]:
    if not refused:
        return []
    contexts = TranslationContext.objects.in_bulk({key.context for key in refused})
    strings = String.objects.in_bulk({key.string for key in refused})
    other = _("It is not saved: somebody has written another text for the same words meanwhile.")
    found = []
    for key, each in refused.items():
        context, string = contexts.get(key.context), strings.get(key.string)
        found.append(
            Leftover(
                label=places.place_of(context.path).heading if context else "",
                source=shown(string.data, rich=True) if string else "",
                text=each.text,
                told=each.error or other,
            )
        )
    return found
