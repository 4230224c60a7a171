"""The card of each text on the desk: source, translation, what changed, and advice."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.upstream.admin_views import user_name

from ..comments.shown import TextComments
from ..engine.links import links_of
from ..engine.notation import shown
from ..engine.places import Place
from ..engine.segments import SegmentRow, TextKey
from ..engine.text_rules import Rules
from .advice import Advice
from .differences import TextPart, word_changes
from .field_texts import RefusedText, ShownText, TextState, field_text, shown_text, state_of
from .tags import LinkTitles, SourceTag, source_tags

STATE_LABELS = {
    TextState.CONFLICT: gettext_lazy("Somebody else has changed this meanwhile"),
    TextState.ERROR: gettext_lazy("Needs correcting"),
    TextState.MISSING: gettext_lazy("Not translated yet"),
    TextState.CHANGED: gettext_lazy("The original has changed: please check"),
    TextState.MACHINE: gettext_lazy("Machine text that nobody has confirmed"),
    TextState.DONE: gettext_lazy("Translated"),
}

STATE_ICONS = {
    TextState.CONFLICT: "warning",
    TextState.ERROR: "warning",
    TextState.MISSING: "radio-empty",
    TextState.CHANGED: "rotate",
    TextState.MACHINE: "cogs",
    TextState.DONE: "circle-check",
}


@dataclass(frozen=True)
class TextCard:
    """One text with its source.

    `text` is what the field holds, `shown` the version and digest that the form sends back with
    it. Where another user has stored a newer text, `newer_text` is that text; `newest` is the
    version that a form must send to replace it. `comments` is None where they are not asked for.
    """

    row: SegmentRow
    place: Place
    state: TextState
    source: str
    changes: list[TextPart] | None
    text: str
    shown: ShownText
    newest: ShownText
    error: str | None
    newer_text: str | None
    by: str
    at: datetime | None
    tool: str
    tags: list[SourceTag]
    rich: bool
    advice: Advice
    comments: TextComments | None = None

    @property
    def key(self) -> TextKey:
        return self.row.key

    @property
    def is_open(self) -> bool:
        return self.state is not TextState.DONE

    @property
    def label(self) -> str:
        return self.place.label or self.place.heading

    @property
    def state_label(self) -> str:
        return str(STATE_LABELS[self.state])

    @property
    def state_icon(self) -> str:
        return STATE_ICONS[self.state]

    @property
    def max_length(self) -> int | None:
        return None if self.rich else self.place.max_length

    @property
    def lines(self) -> int:
        """Height of the field before it grows with its text."""
        longest = max(len(self.source), len(self.text))
        return max(1, min(12, longest // 60 + 1 + self.text.count("\n")))


def text_cards(
    rows: Sequence[SegmentRow],
    rules: Rules,
    advice: Mapping[int, Advice],
    refused: Mapping[TextKey, RefusedText],
    user: Any,
) -> list[TextCard]:
    """Make a card for each row, in at most three queries."""
    names = translator_names(rows, user)
    titles = LinkTitles(rows)
    return [
        TextCard(
            row=row,
            place=rules.places.place_of(row.path),
            tags=source_tags(row, titles) if row.path in rules.rich_paths else [],
            rich=row.path in rules.rich_paths,
            advice=advice[row.segment.pk],
            **_texts(row, rules, names, refused.get(row.key)),
        )
        for row in rows
    ]


def _texts(
    row: SegmentRow, rules: Rules, names: Mapping[int, str], refused: RefusedText | None
) -> dict[str, Any]:
    """The fields of a card that depend on its texts."""
    rich = row.path in rules.rich_paths
    source = shown(row.source_text, rich=rich)
    before = None if row.previous_source is None else shown(row.previous_source, rich=rich)
    kept = field_text(row, rich=rich)
    newest = shown_text(row, rich=rich)
    text = row.translation
    state = state_of(row, refused)
    return {
        "state": state,
        "source": source,
        "changes": None if before is None else word_changes(before, source),
        "text": kept if refused is None else refused.text,
        "shown": refused.shown if refused else newest,
        "newest": newest,
        "error": refused.error if refused else _error_of(row, rules),
        "newer_text": kept if state is TextState.CONFLICT else None,
        "by": names.get(text.last_translated_by_id, "") if text else "",
        "at": text.updated_at if text else None,
        "tool": text.tool_name if text else "",
    }


def _error_of(row: SegmentRow, rules: Rules) -> str | None:
    text = row.translation
    if text is None or not text.has_error:
        return None
    # Anew, in the reader's language; others are of the target's own validation.
    fault = rules.of(row.path, row.source_text, links_of(row.segment)).fault_in(text.data)
    return fault or text.get_error() or _("This text cannot be used as it stands.")


def translator_names(rows: Iterable[SegmentRow], user: Any) -> dict[int, str]:
    """Names of those who translated, by their id; the present user's takes no query."""
    ids = {row.translation.last_translated_by_id for row in rows if row.translation}
    users: Any = get_user_model()._default_manager
    others = ids - {None, user.pk}
    known = {user.pk: user, **(users.in_bulk(others) if others else {})}
    return {pk: user_name(each) for pk, each in known.items() if pk in ids}
