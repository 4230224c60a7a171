"""Keeping `TranslationState`: how far translations have come and which are behind."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from wagtail.models import Page
from wagtail_localize.models import Translation, TranslationLog

from cms.content.staleness import STALENESS_FIELDS, MayBeStale

from ..models import LiveTexts, RevisionParts, TranslationState, Weight
from . import progress
from .live_texts import LiveString, live_strings, present_strings
from .moved_blocks import moved_paths
from .parts import ORDER, differing, kinds_of, parts_of_source, places_of
from .publication import is_published_from, published_texts
from .segments import SegmentRow, TextsByPath, segment_rows, texts_by_path
from .texts import PlacedTexts, is_content, placed_texts
from .waiting import desk_texts, noted_texts, texts_of_target, waiting_texts


def refresh_state(
    translation: Translation,
    *,
    target: Any = None,
    rows: Sequence[SegmentRow] | None = None,
    live: LiveTexts | None = None,
    weight: str = "",
    parts_follow: bool = False,
) -> TranslationState:
    """Work out anew how far a translation has come, and tell the public where it is behind.

    Where only parts are behind that will follow by themselves, the public is not told yet.

    Takes the target, the segments and what the live target is made of where these are read
    already, and what the editor said of the change that the source's publication has just made,
    if it made one.
    """
    target = target or find_target(translation)
    rows = segment_rows(translation) if rows is None else rows
    state, stored_live = _stored(translation)
    is_live = target is not None and target.live
    live = live or stored_live
    if is_live and live is None:
        live = _note_live_texts(translation, target, rows, texts_by_path(translation))
    state.waiting_texts = 0
    if is_live and live is not None:
        if live.texts is None:
            live.texts = noted_texts(translation, live, target, rows)
            live.save(update_fields=["texts"])
        state.waiting_texts = len(waiting_texts(desk_texts(rows), live.texts))
    done = [row.translation for row in rows if row.translation is not None and not row.problem]
    state.segments_total = len(rows)
    state.segments_done = len(done)
    state.translated_at = max((text.updated_at for text in done), default=None)
    state.published_at = target.last_published_at if target else None
    state.edited_directly = not translation.enabled or _was_edited_directly(translation, target)
    says_everything = False
    state.parts = []
    texts: list[str] = []
    if live is not None and is_live:
        said, wanted = _said_and_wanted(rows, live)
        texts = _differing_texts(said, wanted)
        says_everything = not texts
        reordered = _reordered(said, wanted) if says_everything else []
        state.parts = [*_differing_parts(translation, live), *reordered]
    if not is_live:
        # Counts when it goes live with the words that it has.
        state.stale_since = None
        state.stale_weight = Weight.MEANING if weight == Weight.MEANING else state.stale_weight
    elif says_everything and not state.parts:
        state.stale_since, state.stale_weight = None, ""
    elif state.stale_since is None:
        state.stale_since = translation.source.last_updated_at
        kept = state.stale_weight or default_weight(target)
        follows = says_everything and parts_follow
        state.stale_weight = Weight.WORDING if follows else weight or kept
    elif weight == Weight.MEANING and not (says_everything and parts_follow):
        state.stale_weight = weight
    state.save()
    progress.forget(translation)
    if isinstance(target, MayBeStale):
        _tell_public(target, translation, state, texts, live)
    return state


def note_publication(
    translation: Translation, target: Any, texts: PlacedTexts | None = None
) -> TranslationState:
    """Remember what a live target is made of, and work out its state anew.

    Takes the target's texts where they are read already.
    """
    rows, made = published_texts(translation)
    live = _note_live_texts(translation, target, rows, made, texts)
    return refresh_state(translation, target=target, rows=rows, live=live)


def _note_live_texts(
    translation: Translation,
    target: Any,
    rows: Sequence[SegmentRow],
    made: TextsByPath,
    texts: PlacedTexts | None = None,
) -> LiveTexts:
    """Store what a live target is made of, when it was published.

    Where the target is not kept in step with its source any more, whoever publishes it answers
    for it: it then says everything that the source says.
    """
    before = LiveTexts.objects.filter(translation=translation).first()
    strings: Sequence[LiveString]
    texts = placed_texts(target) if texts is None else texts
    if not translation.enabled and _was_edited_directly(translation, target):
        strings = present_strings(rows)
    else:
        strings = live_strings(
            rows,
            made,
            texts,
            [(path, string) for path, string in before.strings] if before else [],
            lambda: _saved_at(target),
        )
    revision = RevisionParts.objects.filter(revision=target.live_revision_id).first()
    parts = _live_parts(translation, revision, before)
    noted = revision.texts if revision is not None else None
    if noted is None:
        noted = texts_of_target(rows, made, texts)
    if before is None:
        # In one query, whoever else stores some meanwhile.
        live = LiveTexts(translation=translation, strings=strings, parts=parts, texts=noted)
        LiveTexts.objects.bulk_create(
            [live],
            update_conflicts=True,
            unique_fields=["translation"],
            update_fields=["strings", "parts", "texts"],
        )
        return live
    before.strings, before.parts, before.texts = strings, parts, noted
    before.save()
    return before


def _live_parts(
    translation: Translation, made: RevisionParts | None, before: LiveTexts | None
) -> dict[str, str]:
    """Return the parts that a live target has: those with which its revision was made.

    One that was made by other means has those that it had before. Where it is not kept in step
    any more, whoever has published it answers for it.
    """
    if made is not None:
        return dict(made.parts)
    if translation.enabled and before is not None and before.parts is not None:
        return dict(before.parts)
    return parts_of_source(translation.source)


def forget(translation: Translation) -> None:
    """Take back what visitors are told where a translation is no longer one."""
    target = find_target(translation)
    if isinstance(target, MayBeStale):
        _tell(target, None, "", [])


def find_target(translation: Translation) -> Any | None:
    """The page or snippet that a translation is of, or None where it is not there."""
    try:
        return translation.get_target_instance()
    except ObjectDoesNotExist:
        return None


def _stored(translation: Translation) -> tuple[TranslationState, LiveTexts | None]:
    """Return a translation's state, a new one where it has none, and its live texts."""
    states = TranslationState.objects.select_related("translation__live_texts")
    found = states.filter(translation=translation).first()
    if found is None:
        return TranslationState(translation=translation), None
    return found, getattr(found.translation, "live_texts", None)


def _differing_parts(translation: Translation, live: LiveTexts) -> list[str]:
    """Return the kinds of parts in which a live target differs from the source."""
    if live.parts is None:
        return []
    paths = differing(parts_of_source(translation.source), live.parts)
    return kinds_of(translation.source, paths) if paths else []


def _said_and_wanted(
    rows: Sequence[SegmentRow], live: LiveTexts
) -> tuple[list[LiveString], list[LiveString]]:
    """Return what visitors read in a live target and what the source says now, with its paths."""
    wanted = [pair for pair in present_strings(rows) if is_content(pair[0])]
    paths = {path for path, _string in wanted}
    said = [
        (path, string)
        for path, string in live.strings
        if is_content(path) and (string is not None or path not in paths)
    ]
    moved = moved_paths(said, wanted)
    return [(moved.get(path, path), string) for path, string in said], wanted


def _differing_texts(said: Iterable[LiveString], wanted: Iterable[LiveString]) -> list[str]:
    """Return the paths at which visitors read something else than the source says now."""
    had, has = Counter(said), Counter(wanted)
    return [path for path, _string in [*(had - has), *(has - had)]]


def _reordered(said: Iterable[LiveString], wanted: Iterable[LiveString]) -> list[str]:
    """Return the kinds of places that have the same texts in another order, such as paragraphs."""
    orders: list[dict[str, list[int | None]]] = []
    for strings in (said, wanted):
        by_path: dict[str, list[int | None]] = defaultdict(list)
        for path, string in strings:
            by_path[path].append(string)
        orders.append(by_path)
    fields = [path.partition(".")[0] for path in orders[1] if orders[0][path] != orders[1][path]]
    return list(dict.fromkeys(f"{name}{ORDER}" for name in fields))


def _was_edited_directly(translation: Translation, target: Any | None) -> bool:
    """Whether the live revision of a target was made by other means than its translation."""
    if target is None or not target.live or target.live_revision_id is None:
        return False
    if is_published_from(translation, target.live_revision_id):
        return False
    logs = TranslationLog.objects.filter(
        source=translation.source_id, locale=translation.target_locale_id
    )
    return not logs.filter(revision=target.live_revision_id).exists()


def _saved_at(target: Any) -> datetime | None:
    revision = target.live_revision
    return revision.created_at if revision else None


def default_weight(target: Any) -> str:
    return getattr(type(target), "default_change_weight", Weight.WORDING).value


def _tell_public(
    target: Any,
    translation: Translation,
    state: TranslationState,
    texts: list[str],
    live: LiveTexts | None,
) -> None:
    """Write what visitors are told onto the target, where that changes."""
    behind = state.stale_since is not None and state.stale_weight == Weight.MEANING
    # Is loaded already: the journal's row of the target would load it anew.
    target.locale = translation.target_locale
    if not behind:
        _tell(target, None, "", [])
        return
    had = (live.parts if live is not None else None) or {}
    places = places_of([*texts, *state.parts], parts_of_source(translation.source), had)
    _tell(target, state.stale_since, translation.source.locale.language_code, places)


def _tell(target: Any, since: datetime | None, language: str, places: list[str]) -> None:
    told = (since, language, places)
    if tuple(getattr(target, name) for name in STALENESS_FIELDS) == told:
        return
    target.stale_since, target.stale_source_locale, target.stale_parts = told
    options = {"clean": False} if isinstance(target, Page) else {}
    # An ordinary save: the journal, caches and feeds hear of it.
    target.save(update_fields=list(STALENESS_FIELDS), **options)
    if isinstance(target, Page):
        for alias in type(target)._default_manager.filter(alias_of=target):
            _tell(alias, *told)
