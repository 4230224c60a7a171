"""Advice on a text: earlier translations of similar ones, and terms of the glossary."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from wagtail_localize.models import Translation

from ..engine.notation import shown
from ..engine.segments import SegmentProblem, SegmentRow, unready
from ..glossary.matching import Glossary, TermMatch
from ..memory.suggestions import Suggestion, suggestions_for

PERCENT: Final = 100


@dataclass(frozen=True)
class Offer:
    """An earlier translation as the field takes it; `percent` is how similar its source is.

    `leads_elsewhere` says that its links led to other places than those of this text.
    """

    text: str
    percent: int
    source: str
    origin: str
    url: str
    leads_elsewhere: bool


@dataclass(frozen=True)
class Advice:
    """Advice on one text. `lacking` are terms of its source that it does not use."""

    offers: list[Offer] = field(default_factory=list)
    terms: list[TermMatch] = field(default_factory=list)
    lacking: list[TermMatch] = field(default_factory=list)


def advice_for(
    rows: Sequence[SegmentRow], translation: Translation, rich: set[str]
) -> Mapping[int, Advice]:
    """Return advice by the id of the segment, in a number of queries that is constant."""
    glossary = Glossary(
        translation.source.locale.language_code, translation.target_locale.language_code
    )
    found = suggestions_for(unready(rows), translation)
    advice = {}
    for row in rows:
        terms = glossary.terms_in(row.source_text)
        text = row.translation
        said = text.data if text is not None and row.problem is not SegmentProblem.MISSING else None
        advice[row.segment.pk] = Advice(
            offers=_offers(found.get(row.segment.pk, ()), row, rich=row.path in rich),
            terms=terms,
            lacking=glossary.lacking(terms, said) if terms and said is not None else [],
        )
    return advice


def _offers(suggestions: Sequence[Suggestion], row: SegmentRow, *, rich: bool) -> list[Offer]:
    """Return the suggestions without the text that the field is rendered with."""
    return [
        Offer(
            text=shown(each.text, rich=rich),
            percent=round(each.score * PERCENT),
            source=shown(each.source_text, rich=rich),
            origin=each.origin,
            url=each.origin_url,
            leads_elsewhere=each.leads_elsewhere,
        )
        for each in suggestions
        if each.text != row.previous_text
    ]
