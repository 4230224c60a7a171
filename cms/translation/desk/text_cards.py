"""What a translator sees of each text: what it says, what it said, and what is to be done."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple, Self

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail_localize.models import StringTranslation, TemplateSegment, Translation

from cms.upstream.admin_views import user_name

from ..engine.segments import Problem, SegmentRow, TextKey
from .advice import Advice
from .differences import Part, word_changes
from .links import LinkNames
from .notation import fault_in, shown, tags_of
from .places import Place, Places


class State(StrEnum):
    CONFLICT = "conflict"
    ERROR = "error"
    MISSING = "missing"
    CHANGED = "changed"
    MACHINE = "machine"
    DONE = "done"


STATE_LABELS = {
    State.CONFLICT: gettext_lazy("Somebody else has changed this meanwhile"),
    State.ERROR: gettext_lazy("Needs correcting"),
    State.MISSING: gettext_lazy("Not translated yet"),
    State.CHANGED: gettext_lazy("The original has changed: please check"),
    State.MACHINE: gettext_lazy("Machine text that nobody has confirmed"),
    State.DONE: gettext_lazy("Translated"),
}

STATE_ICONS = {
    State.CONFLICT: "warning",
    State.ERROR: "warning",
    State.MISSING: "radio-empty",
    State.CHANGED: "rotate",
    State.MACHINE: "cogs",
    State.DONE: "circle-check",
}


class Seen(NamedTuple):
    """Version and digest of the text that a field of the desk was rendered with.

    `version` changes whenever somebody keeps another text, and is empty where there is none.
    `digest` is that of the field's text, empty where a form does not say.
    """

    version: str
    digest: str

    def __str__(self) -> str:
        return f"{self.version}/{self.digest}"

    @classmethod
    def parse(cls, text: str) -> Self:
        version, _slash, digest = text.partition("/")
        return cls(version, digest)

    @classmethod
    def of(cls, text: StringTranslation | None, in_field: str) -> Self:
        return cls(text.updated_at.isoformat() if text else "", cls.digest_of(in_field))

    @staticmethod
    def digest_of(in_field: str) -> str:
        """Browsers send line breaks in their own way, and pass over one at the beginning."""
        text = in_field.replace("\r\n", "\n").strip()
        return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Refused:
    """A text that was not kept, as its translator wrote it.

    `seen` is the text that it was to replace. `error` says what is wrong with it; without one,
    somebody else's newer text stands in its way.
    """

    text: str
    seen: Seen
    error: str | None = None


@dataclass(frozen=True)
class Tag:
    """A tag of the original that a translation takes over, and where it leads if it is a link."""

    opening: str
    closing: str
    leads_to: str


@dataclass(frozen=True)
class TextCard:
    """`text` is what the field holds, `seen` what it was made from.

    `standing` is the newer text of somebody else that `text` was not to replace, `newest` what a
    field would begin with now.
    """

    row: SegmentRow
    place: Place
    state: State
    source: str
    changes: list[Part] | None
    text: str
    seen: Seen
    newest: Seen
    error: str | None
    standing: str | None
    by: str
    at: datetime | None
    tool: str
    tags: list[Tag]
    rich: bool
    advice: Advice

    @property
    def key(self) -> TextKey:
        return self.row.key

    @property
    def is_open(self) -> bool:
        return self.state is not State.DONE

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
        """How high the field is before it grows with its text."""
        longest = max(len(self.source), len(self.text))
        return max(1, min(12, longest // 60 + 1 + self.text.count("\n")))


def distinct(rows: Iterable[SegmentRow]) -> list[SegmentRow]:
    """The rows without those that share their translation with one before them."""
    first: dict[TextKey, SegmentRow] = {}
    for row in rows:
        first.setdefault(row.key, row)
    return list(first.values())


def rich_paths(translation: Translation) -> set[str]:
    """The places of rich text, whose strings may have tags."""
    templates = TemplateSegment.objects.filter(source=translation.source_id)
    return set(templates.values_list("context__path", flat=True))


def field_text(row: SegmentRow, *, rich: bool) -> str:
    """What the field of a row holds: its translation, or else the previous one to begin with."""
    if row.translation is not None:
        return shown(row.translation.data, rich=rich)
    return shown(row.previous_translation or "", rich=rich)


def seen_of(row: SegmentRow, *, rich: bool) -> Seen:
    """Return the version and digest of the text that a row's field is rendered with."""
    return Seen.of(row.translation, field_text(row, rich=rich))


def text_cards(
    rows: list[SegmentRow],
    places: Places,
    rich: set[str],
    advice: Mapping[int, Advice],
    refused: Mapping[TextKey, Refused],
) -> list[TextCard]:
    """A card for each row, in a constant number of queries."""
    names = _names(rows)
    links = LinkNames(json.loads(row.segment.attrs) or {} for row in rows)
    return [
        TextCard(
            row=row,
            place=places.place_of(row.path),
            tags=_tags(row, links) if row.path in rich else [],
            rich=row.path in rich,
            advice=advice[row.segment.pk],
            **_what_is_said(row, row.path in rich, names, refused.get(row.key)),
        )
        for row in rows
    ]


def _what_is_said(
    row: SegmentRow, rich: bool, names: Mapping[int, str], given: Refused | None
) -> dict[str, Any]:
    source = shown(row.source_text, rich=rich)
    before = None if row.previous_source is None else shown(row.previous_source, rich=rich)
    kept = field_text(row, rich=rich)
    newest = seen_of(row, rich=rich)
    text = row.translation
    conflict = given is not None and given.error is None
    if conflict:
        state = State.CONFLICT
    elif given is not None:
        state = State.ERROR
    else:
        state = _state_of(row)
    return {
        "state": state,
        "source": source,
        "changes": None if before is None else word_changes(before, source),
        "text": kept if given is None else given.text,
        "seen": given.seen if given else newest,
        "newest": newest,
        "error": given.error if given else _error_of(row, rich=rich),
        "standing": kept if conflict else None,
        "by": names.get(text.last_translated_by_id, "") if text else "",
        "at": text.updated_at if text else None,
        "tool": text.tool_name if text else "",
    }


def _state_of(row: SegmentRow) -> State:
    if row.problem is None:
        return State.DONE
    if row.problem is Problem.MISSING:
        return State.MISSING if row.previous_source is None else State.CHANGED
    return State(row.problem.value)


def _error_of(row: SegmentRow, *, rich: bool) -> str | None:
    text = row.translation
    if text is None or not text.has_error:
        return None
    fault = fault_in(text.data, row.source_text) if rich else None
    return fault or text.get_error() or _("This text cannot be used as it stands.")


def _tags(row: SegmentRow, links: LinkNames) -> list[Tag]:
    attributes = json.loads(row.segment.attrs) or {}
    tags = []
    for opening in tags_of(row.source_text):
        name = opening.strip("<>").split()[0]
        link = next((key for key in attributes if f'id="{key}"' in opening), None)
        tags.append(Tag(opening, f"</{name}>", links.name_of(attributes[link]) if link else ""))
    return tags


def _names(rows: Iterable[SegmentRow]) -> dict[int, str]:
    """The names of those who translated, by their id."""
    users: Any = get_user_model()._default_manager
    ids = {row.translation.last_translated_by_id for row in rows if row.translation}
    return {pk: user_name(user) for pk, user in users.in_bulk(ids - {None}).items()}
