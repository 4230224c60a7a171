"""Earlier translations of the same and of similar texts."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from bs4 import BeautifulSoup
from rapidfuzz import fuzz, process
from wagtail_localize.models import String, StringTranslation, Translation, TranslationSource

from cms.core.editing_rights import edit_url_of
from cms.upstream.localize_segments import ids_of_tags

from ..engine.segments import USABLE, SegmentRow
from ..engine.texts import plain

# Less alike than this, a sentence costs more to change than to write.
LIKE_ENOUGH: Final = 0.75
# Two texts of which one is shorter than this part of the other cannot be that alike.
SHORTEST: Final = LIKE_ENOUGH / (2 - LIKE_ENOUGH)
# Alike but for case or tags.
ALMOST: Final = 0.99
OFFERED: Final = 3
PERCENT: Final = 100


@dataclass(frozen=True)
class Suggestion:
    """An earlier translation.

    `score` says how alike the two sources are, from 0 to 1, which is the same text. `origin` is
    the title of the page or snippet that the translation is from.
    """

    text: str
    score: float
    source_text: str
    origin: str
    origin_url: str
    translated_by: str
    translated_at: datetime


def suggestions_for(
    rows: Sequence[SegmentRow], translation: Translation
) -> dict[int, list[Suggestion]]:
    """What was translated before and is like what is to be translated now.

    Takes the segments that need work. Gives for the primary key of each segment at most three
    suggestions, the most alike first and of those the latest, in a number of queries that does
    not grow with the segments or with what was ever translated.
    """
    alike = _alike(rows, translation)
    strings = {string for found in alike.values() for string, _score in found}
    texts = _texts(strings, translation)
    origins = _Origins((text for made in texts.values() for text in made), translation)
    offered: dict[int, list[Suggestion]] = {}
    for row in rows:
        here: dict[str, Suggestion] = {}
        for string, score in alike.get(row.segment.pk, ()):
            for text in texts.get(string, ()):
                own = row.translation is not None and text.pk == row.translation.pk
                fitting = _fitting(text.data, row.source_text)
                if not own and fitting not in here:
                    here[fitting] = origins.suggestion(text, fitting, score)
        best = sorted(
            here.values(), key=lambda each: (each.score, each.translated_at), reverse=True
        )
        if best:
            offered[row.segment.pk] = best[:OFFERED]
    return offered


def _alike(
    rows: Iterable[SegmentRow], translation: Translation
) -> dict[int, list[tuple[int, float]]]:
    """The translated strings of the source's language that are like each row's, by segment.

    Only strings of a like length are compared: the others cannot be alike enough.
    """
    strings = String.objects.filter(
        pk__in=StringTranslation.objects.filter(USABLE, locale=translation.target_locale_id).values(
            "translation_of"
        ),
        locale=translation.source.locale_id,
    ).values_list("pk", "data")
    known = sorted(
        ((_compared(data), key, data) for key, data in strings), key=lambda each: len(each[0])
    )
    texts = [text for text, _key, _data in known]
    alike = {}
    for row in rows:
        wanted = _compared(row.source_text)
        first = bisect_left(texts, len(wanted) * SHORTEST, key=len)
        last = bisect_right(texts, len(wanted) / SHORTEST, key=len)
        found = process.extract(
            wanted,
            texts[first:last],
            scorer=fuzz.ratio,
            score_cutoff=LIKE_ENOUGH * PERCENT,
            limit=OFFERED * 2,
        )
        alike[row.segment.pk] = [
            (key, 1.0 if data == row.source_text else min(score / PERCENT, ALMOST))
            for _text, score, index in found
            for _compared_text, key, data in [known[first + index]]
        ]
    return alike


def _compared(data: str) -> str:
    """What of a string counts: its words, whatever their case and tags."""
    return (plain(data) if "<" in data or "&" in data else data).casefold()


def _texts(strings: set[int], translation: Translation) -> dict[int, list[StringTranslation]]:
    texts: dict[int, list[StringTranslation]] = {}
    found = StringTranslation.objects.filter(
        USABLE, translation_of__in=strings, locale=translation.target_locale_id
    )
    for text in found.select_related(
        "translation_of", "context__object__content_type", "last_translated_by"
    ).order_by("-updated_at"):
        texts.setdefault(text.translation_of_id, []).append(text)
    return texts


def _fitting(text: str, source: str) -> str:
    """A translation without the links that the text to be translated does not have."""
    strange = ids_of_tags(text) - ids_of_tags(source) if "<a" in text else set()
    if not strange:
        return text
    soup = BeautifulSoup(text, "html.parser")
    for link in soup.find_all("a", id=list(strange)):
        link.unwrap()
    return str(soup)


class _Origins:
    """Where translations are from: titles and addresses, one query for each model."""

    def __init__(self, texts: Iterable[StringTranslation], translation: Translation) -> None:
        objects = {text.context.object for text in texts if text.context is not None}
        self._titles = dict(
            TranslationSource.objects.filter(
                object__in=objects, locale=translation.source.locale_id
            ).values_list("object", "object_repr")
        )
        self._urls: dict[Any, str] = {}
        keys_by_model: dict[Any, list[Any]] = {}
        for each in objects:
            # None is a model that the project no longer has.
            if (model := each.content_type.model_class()) is not None:
                keys_by_model.setdefault(model, []).append(each.pk)
        for model, keys in keys_by_model.items():
            targets = model._base_manager.filter(
                translation_key__in=keys, locale=translation.target_locale_id
            )
            for key, pk in targets.values_list("translation_key", "pk"):
                self._urls[key] = edit_url_of(model, pk)

    def suggestion(self, text: StringTranslation, fitting: str, score: float) -> Suggestion:
        key = text.context and text.context.object_id
        author = text.last_translated_by
        return Suggestion(
            text=fitting,
            score=score,
            source_text=text.translation_of.data,
            origin=self._titles.get(key, ""),
            origin_url=self._urls.get(key, ""),
            translated_by=author.get_full_name() or author.get_username() if author else "",
            translated_at=text.updated_at,
        )
