"""Translation memory: earlier translations of the same and of similar texts."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from typing import Any, Final
from uuid import uuid5

from django.db.models import Case, Q, When, Window
from django.db.models.functions import Length, RowNumber
from rapidfuzz import fuzz, process
from wagtail_localize.models import String, StringTranslation, Translation, TranslationSource

from cms.core.editing_rights import edit_url_of

from ..engine.link_numbers import numbers_between, renumbered, words_of
from ..engine.links import Links, has_link, kept_links, links_of, refitted, without_unknown_links
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

# How many strings are loaded to be compared: for each text, and for all texts of a desk.
COMPARED: Final = 100
MOST_COMPARED: Final = 1000
# How many words the database looks for, and how many translations of one string are loaded.
MOST_WORDS: Final = 300
LATEST: Final = 20
LONG_WORD: Final = re.compile(r"[^\W\d_]{5,}")
# What tags and entities may add to the length of a string.
TAGS: Final = 200


@dataclass(frozen=True)
class Suggestion:
    """An earlier translation.

    `score` is the similarity of the two sources, 1 for the same text with the same links. `origin`
    is the title of the page or snippet that the translation is from. `leads_elsewhere` says that
    its links led to other places, which its words may name.
    """

    text: str
    score: float
    source_text: str
    origin: str
    origin_url: str
    translated_by: str
    translated_at: datetime
    leads_elsewhere: bool = False


def suggestions_for(
    rows: Sequence[SegmentRow], translation: Translation
) -> dict[int, list[Suggestion]]:
    """Return earlier translations of the same and of similar texts, by the id of the segment.

    Takes the segments that need work. Returns at most three for each, the most alike first and of
    those the latest. Queries and loaded rows are bounded, whatever was translated before.
    """
    alike = _alike(rows, translation)
    strings = {string for found in alike.values() for string, _score in found}
    texts = _texts(strings, translation)
    links = kept_links(
        {
            (text.context_id, text.translation_of_id)
            for made in texts.values()
            for text in made
            if has_link(text.data)
        }
    )
    origins = _Origins((text for made in texts.values() for text in made), translation)
    offered: dict[int, list[Suggestion]] = {}
    for row in rows:
        here: dict[str, Suggestion] = {}
        for string, score in alike.get(row.segment.pk, ()):
            for text in texts.get(string, ()):
                own = row.translation is not None and text.pk == row.translation.pk
                fitting, elsewhere = _fitting(text, row, links)
                if own or (fitting in here and not here[fitting].leads_elsewhere):
                    continue
                if elsewhere:
                    score = min(score, ALMOST)
                here[fitting] = replace(
                    origins.suggestion(text, fitting, score), leads_elsewhere=elsewhere
                )
        best = sorted(
            here.values(), key=lambda each: (each.score, each.translated_at), reverse=True
        )
        if best:
            offered[row.segment.pk] = best[:OFFERED]
    return offered


def _alike(
    rows: Sequence[SegmentRow], translation: Translation
) -> dict[int, list[tuple[int, float]]]:
    """Return ids of translated strings that are like each row's, with their score, by segment.

    Only strings of a similar length are compared: the others cannot be alike enough.
    """
    known = sorted(
        ((_compared(data), key, data) for key, data in _candidates(rows, translation)),
        key=lambda each: len(each[0]),
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
            (
                key,
                1.0
                if words_of(data) == words_of(row.source_text)
                else min(score / PERCENT, ALMOST),
            )
            for _text, score, index in found
            for _compared_text, key, data in [known[first + index]]
        ]
    return alike


def _candidates(rows: Sequence[SegmentRow], translation: Translation) -> Iterable[tuple[int, str]]:
    """Return ids and data of translated strings to compare, in one query.

    First the same strings, then those that have one of the longest words of a text in common with
    it, or are as short as a text without long words: of these the latest, up to a bound.
    """
    texts = {row.source_text for row in rows}
    if not texts:
        return []
    wanted = {_compared(text) for text in texts}
    words = {text: _longest_words(text) for text in wanted}
    similar = Q()
    for word in sorted({*chain(*words.values())}, key=len)[-MOST_WORDS:]:
        similar |= Q(data__icontains=word)
    if short := [len(text) for text in wanted if not words[text]]:
        similar |= Q(length__lte=max(short) / SHORTEST + TAGS)
    lengths = Q(
        length__gte=min(map(len, wanted)) * SHORTEST,
        length__lte=max(map(len, wanted)) / SHORTEST + TAGS,
    )
    same = Q(data_hash__in=[uuid5(String.UUID_NAMESPACE, text) for text in texts])
    translated = StringTranslation.objects.filter(USABLE, locale=translation.target_locale_id)
    strings = (
        String.objects.annotate(length=Length("data"))
        .filter(
            same | lengths & similar,
            pk__in=translated.values("translation_of"),
            locale=translation.source.locale_id,
        )
        .order_by(Case(When(same, then=0), default=1), "-pk")
        .values_list("pk", "data")
    )
    return strings[: min(COMPARED * len(texts), MOST_COMPARED)]


def _longest_words(text: str) -> list[str]:
    """Return at most three long words, without a first letter that SQLite cannot fold."""
    found = sorted({*LONG_WORD.findall(text)}, key=len)[-3:]
    return [word if word.isascii() or word[0].isascii() else word[1:] for word in found]


def _compared(data: str) -> str:
    """Return the words of a string, without their case and tags."""
    return (plain(data) if "<" in data or "&" in data else data).casefold()


def _texts(strings: set[int], translation: Translation) -> dict[int, list[StringTranslation]]:
    """Return the latest translations of some strings, in one query."""
    texts: dict[int, list[StringTranslation]] = {}
    if not strings:
        return texts
    latest = (
        StringTranslation.objects.filter(
            USABLE, translation_of__in=strings, locale=translation.target_locale_id
        )
        .annotate(
            rank=Window(RowNumber(), partition_by="translation_of", order_by=["-updated_at", "-pk"])
        )
        .filter(rank__lte=LATEST)
    )
    for text in latest.select_related(
        "translation_of", "context__object__content_type", "last_translated_by"
    ).order_by("-updated_at"):
        texts.setdefault(text.translation_of_id, []).append(text)
    return texts


def _fitting(
    text: StringTranslation, row: SegmentRow, links: Mapping[Any, Links]
) -> tuple[str, bool]:
    """Return a translation with its links as the text to be translated numbers them.

    Links that lead nowhere in that text lose their tags. Of a translation of the same words they
    keep them, and the second value says that they led elsewhere.
    """
    before = links.get((text.context_id, text.translation_of_id), {})
    fitting = refitted(text.data, before, links_of(row.segment))
    if words_of(text.translation_of.data) != words_of(row.source_text):
        return fitting, False
    numbers = numbers_between(text.translation_of.data, row.source_text)
    as_written = without_unknown_links(renumbered(text.data, numbers), row.segment)
    if fitting.count("<a") == as_written.count("<a"):
        return fitting, False
    return as_written, True


class _Origins:
    """Titles and edit addresses of the objects of translations, one query for each model."""

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
