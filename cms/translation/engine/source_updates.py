"""Taking what a source says into the segments of its translations."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from cms.content.content_digest import NOT_CONTENT

from ..models import LiveTexts
from .carrying import carry_over_after_commit
from .moved_blocks import carry_translations
from .parts import renamed
from .refreshing import SourceChange, take_published_content
from .repeats import translate_repeats
from .segments import SegmentRow, TextsByPath, problem_of, segment_rows, texts_by_path
from .state import refresh_state


@transaction.atomic(savepoint=False)
def update_source(source: TranslationSource, *, weight: str = "", user: Any = None) -> None:
    """Take the source's published content into the segments and see who is behind now.

    Takes what the editor said of the change, and who has published it. No translation's text is
    touched; what is the same in all languages follows after the commit where nothing else waits.
    Raises DoesNotExist where the source has been deleted.
    """
    change = take_published_content(source)
    if change.moved:
        carry_translations(source, change.moved)
    if change.new_strings:
        translate_repeats(source, change.new_strings)
    related = ("source__locale", "target_locale", "live_texts")
    for translation in source.translations.select_related(*related):
        rows = _rows_with_address(translation, change)
        live = _live_texts(translation, change)
        said = weight if change.is_other else ""
        state = refresh_state(translation, rows=rows, live=live, weight=said, parts_follow=True)
        if state.parts:
            carry_over_after_commit(translation, user, said)


def _live_texts(translation: Translation, change: SourceChange) -> LiveTexts | None:
    """Return what the live target is made of, with the new paths of pasted blocks.

    Where its parts are not known, it is taken to have those that the source had until now.
    """
    live: LiveTexts | None = getattr(translation, "live_texts", None)
    if live is not None and (live.parts is None or change.moved):
        before = change.parts_before if live.parts is None else live.parts
        live.parts = renamed(before, change.moved)
        live.save(update_fields=["parts"])
    return live


@transaction.atomic
def catch_up(source: TranslationSource) -> int:
    """Work out the state of a source's translations, fetching what it has published since.

    Gives the number of translations. Raises DoesNotExist where the source has been deleted.
    """
    published = source.get_source_instance()
    missed = published.live and published.last_published_at is not None
    if missed and published.last_published_at > source.last_updated_at:
        update_source(source)
        return int(source.translations.count())
    translations = source.translations.select_related("source__locale", "target_locale")
    for translation in translations:
        refresh_state(translation, rows=_rows_with_address(translation, SourceChange()))
    return len(translations)


def _rows_with_address(translation: Translation, change: SourceChange) -> list[SegmentRow]:
    """Return the segments of a translation, after the address was kept."""
    made = texts_by_path(translation)
    rows = segment_rows(translation, made)
    addresses = [
        row
        for row in rows
        if row.path in NOT_CONTENT and (row.translation is None or _is_new(row, change))
    ]
    return segment_rows(translation) if _keep_address(translation, addresses, made) else rows


def _is_new(row: SegmentRow, change: SourceChange) -> bool:
    return (row.segment.context_id, row.segment.string_id) in change.new_strings


def _keep_address(translation: Translation, rows: Sequence[SegmentRow], made: TextsByPath) -> bool:
    """Let the address of a translation stay as it is where that of the source has changed.

    Visitors do not read it, and links to the translation would break; translators can change it.
    Takes the addresses that have changed, or have no text. Returns whether a text was written.
    """
    is_written = False
    for row in rows:
        usable = (text for text in made[row.path].values() if problem_of(text) is None)
        latest = next(usable, None)
        if latest is not None and latest.translation_of_id != row.segment.string_id:
            is_written = True
            names = ("data", "translation_type", "tool_name", "last_translated_by")
            StringTranslation.objects.update_or_create(
                translation_of=row.segment.string,
                context=row.segment.context,
                locale=translation.target_locale,
                defaults={
                    **{name: getattr(latest, name) for name in names},
                    "has_error": False,
                    "field_error": "",
                },
            )
    return is_written
