"""All that a translator has before them: the texts and values of an object, in page order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django import forms
from wagtail_localize.models import Translation

from ..engine.segments import Problem, TextKey, segment_rows, unready
from .advice import advice_for
from .leftovers import Leftover, leftovers
from .overrides import OverrideCard, override_cards
from .places import Places
from .related import RelatedCard, related_cards
from .text_cards import Refused, TextCard, distinct, rich_paths, text_cards

Card = TextCard | OverrideCard | RelatedCard


@dataclass(frozen=True)
class Group:
    """What stands under one heading."""

    heading: str
    texts: list[TextCard] = field(default_factory=list)
    overrides: list[OverrideCard] = field(default_factory=list)
    related: list[RelatedCard] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        cards: list[Card] = [*self.texts, *self.overrides, *self.related]
        return any(card.is_open for card in cards)


@dataclass(frozen=True)
class Progress:
    """How far the texts have come; `next_open` is the first that needs work."""

    total: int
    done: int
    next_open: TextKey | None
    has_wrong_values: bool

    @property
    def is_ready(self) -> bool:
        """Whether everything may be published."""
        return self.done == self.total and not self.has_wrong_values

    @property
    def open(self) -> int:
        return self.total - self.done


class Desk:
    """Reads everything in a constant number of queries.

    Takes the texts that were not kept, and the values.
    """

    def __init__(
        self,
        translation: Translation,
        user: Any,
        refused: Mapping[TextKey, Refused] | None = None,
        lost_values: Sequence[Leftover] = (),
    ) -> None:
        self.translation = translation
        self.places = Places(translation.source.as_instance())
        rows = segment_rows(translation)
        self.leftovers = [
            *leftovers(translation, rows, self.places, refused or {}),
            *lost_values,
        ]
        kept, rich = distinct(rows), rich_paths(translation)
        advice = advice_for(kept, translation, rich)
        self.texts = text_cards(kept, self.places, rich, advice, refused or {})
        self.texts.sort(key=lambda card: (card.place.order, card.row.order))
        self.overrides = override_cards(translation, self.places)
        self.related = related_cards(translation, self.places, user)
        self.progress = Progress(
            total=len(rows),
            done=len(rows) - len(unready(rows)),
            next_open=next((card.key for card in self.texts if card.is_open), None),
            has_wrong_values=any(card.error for card in self.overrides),
        )

    @property
    def has_missing(self) -> bool:
        return any(card.row.problem is Problem.MISSING for card in self.texts)

    @property
    def groups(self) -> list[Group]:
        cards: list[Card] = [*self.texts, *self.overrides, *self.related]
        cards.sort(key=lambda card: (card.place.order, _order_of(card)))
        groups = []
        for _key, together in groupby(cards, key=lambda card: card.place.group):
            here = list(together)
            groups.append(
                Group(
                    here[0].place.heading,
                    [card for card in here if isinstance(card, TextCard)],
                    [card for card in here if isinstance(card, OverrideCard)],
                    [card for card in here if isinstance(card, RelatedCard)],
                )
            )
        return groups

    @property
    def media(self) -> forms.Media:
        media = forms.Media()
        for card in self.overrides:
            media += card.media
        return media

    def text(self, key: TextKey) -> TextCard | None:
        return next((card for card in self.texts if card.key == key), None)


def _order_of(card: Card) -> int:
    return card.row.order if isinstance(card, TextCard) else card.order
