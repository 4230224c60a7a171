"""The desk: texts, values and related objects of one translation, in the order of the edit form.

A request makes one Desk, and each part is read when it is first asked for: an autosave answers
with one card and the progress, the page with everything.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import groupby
from typing import Any

from django import forms
from wagtail_localize.models import SegmentOverride, Translation

from ..comments.shown import CommentField, SourceComments
from ..engine.part_labels import part_labels
from ..engine.places import Places, model_of
from ..engine.segments import SegmentProblem, SegmentRow, TextKey, segment_rows, unready
from ..engine.text_rules import Rules
from ..engine.waiting import waiting_in_words, waiting_of
from ..models import TranslationState
from .advice import advice_for
from .field_texts import RefusedText, TextState, distinct_rows, state_of
from .leftovers import Leftover, leftovers
from .overrides import (
    OverrideCard,
    OverrideField,
    override_cards,
    override_fields,
    stored_overrides,
)
from .related import RelatedCard, related_cards
from .text_cards import TextCard, text_cards

Card = TextCard | OverrideCard | RelatedCard


@dataclass(frozen=True)
class CardGroup:
    """The cards under one heading."""

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
    """Number of texts and of those that can be published; `next_open` is the first other one.

    `waiting` are those that can be published and that the live translation does not have.
    """

    total: int
    done: int
    waiting: int
    next_open: TextKey | None
    has_wrong_values: bool

    @property
    def is_ready(self) -> bool:
        """Whether everything may be published."""
        return self.done == self.total and not self.has_wrong_values

    @property
    def open(self) -> int:
        return self.total - self.done

    @property
    def waiting_in_words(self) -> str:
        return waiting_in_words(self.waiting)


class Desk:
    """Reads everything in a constant number of queries.

    `target` is the page or snippet in any version: only whether and how it is live is read.
    `refused`, `lost_values` and `refused_comments` are what was not stored of a submitted form, to
    be shown again.
    """

    def __init__(self, translation: Translation, user: Any, target: Any) -> None:
        self.translation = translation
        self.user = user
        self.target = target
        self.refused: Mapping[TextKey, RefusedText] = {}
        self.lost_values: Sequence[Leftover] = ()
        self.refused_comments: Mapping[str, CommentField] = {}

    def lock_texts(self) -> None:
        """Wait for others who write texts, until the end of the transaction, and read anew."""
        Translation.objects.select_for_update().only("pk").get(pk=self.translation.pk)
        self.forget_texts()

    def forget_texts(self) -> None:
        """Read the texts anew when they are next asked for. Called before one is written."""
        for name in ("rows", "distinct_rows"):
            self.__dict__.pop(name, None)

    def forget_overrides(self) -> None:
        """Read the language's own values anew when they are next asked for."""
        for name in ("stored_overrides", "overrides"):
            self.__dict__.pop(name, None)

    @cached_property
    def rules(self) -> Rules:
        return Rules(self.translation)

    @property
    def places(self) -> Places:
        return self.rules.places

    @property
    def rich_paths(self) -> set[str]:
        return self.rules.rich_paths

    @cached_property
    def rows(self) -> list[SegmentRow]:
        return segment_rows(self.translation)

    @cached_property
    def distinct_rows(self) -> list[SegmentRow]:
        return distinct_rows(self.rows)

    @cached_property
    def differing_parts(self) -> list[str]:
        """The names of what beside texts the live translation has otherwise than its source."""
        state = TranslationState.objects.filter(translation=self.translation).first()
        return part_labels(model_of(self.translation.source), state.parts) if state else []

    @cached_property
    def leftovers(self) -> list[Leftover]:
        found = leftovers(self.translation, self.rows, self.places, self.refused)
        return [*found, *self.lost_values]

    @cached_property
    def comments(self) -> SourceComments:
        segments = [row.segment for row in self.distinct_rows]
        return SourceComments(self.translation.source, segments, self.user, self.refused_comments)

    @cached_property
    def texts(self) -> list[TextCard]:
        cards = [
            replace(card, comments=self.comments.of(card.key))
            for card in self._cards_of(self.distinct_rows)
        ]
        return sorted(cards, key=lambda card: (card.place.order, card.row.order))

    @cached_property
    def overrides(self) -> list[OverrideCard]:
        return override_cards(self.override_fields, self.stored_overrides)

    @cached_property
    def override_fields(self) -> list[OverrideField]:
        return override_fields(self.translation, self.places)

    @cached_property
    def stored_overrides(self) -> dict[int, SegmentOverride]:
        """This language's own values by the id of their place."""
        return stored_overrides(self.translation)

    @cached_property
    def related(self) -> list[RelatedCard]:
        return related_cards(self.translation, self.places, self.user)

    @cached_property
    def progress(self) -> Progress:
        return Progress(
            total=len(self.rows),
            done=len(self.rows) - len(unready(self.rows)),
            waiting=waiting_of(self.translation, self.target, self.rows),
            next_open=self._next_open,
            has_wrong_values=self._has_wrong_values,
        )

    @property
    def has_missing(self) -> bool:
        return any(row.problem is SegmentProblem.MISSING for row in self.rows)

    @property
    def groups(self) -> list[CardGroup]:
        cards: list[Card] = [*self.texts, *self.overrides, *self.related]
        cards.sort(key=lambda card: (card.place.order, _order_of(card)))
        groups = []
        for _key, together in groupby(cards, key=lambda card: card.place.group):
            here = list(together)
            groups.append(
                CardGroup(
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
        """Return the card of one text without its comments, and without making the others."""
        rows = [row for row in self.distinct_rows if row.key == key]
        return self._cards_of(rows)[0] if rows else None

    def _cards_of(self, rows: list[SegmentRow]) -> list[TextCard]:
        advice = advice_for(rows, self.translation, self.rich_paths)
        return text_cards(rows, self.rules, advice, self.refused, self.user)

    @property
    def _next_open(self) -> TextKey | None:
        rows = [
            row
            for row in self.distinct_rows
            if state_of(row, self.refused.get(row.key)) is not TextState.DONE
        ]
        first = min(
            rows, key=lambda row: (self.places.place_of(row.path).order, row.order), default=None
        )
        return None if first is None else first.key

    @property
    def _has_wrong_values(self) -> bool:
        """Most objects have no marked value, so that no card has to be made."""
        is_marked = any(override.has_error for override in self.stored_overrides.values())
        return is_marked and any(card.error for card in self.overrides)


def _order_of(card: Card) -> int:
    return card.row.order if isinstance(card, TextCard) else card.order
