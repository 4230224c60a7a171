"""Compares an earlier version of a translation with the desk, text by text, and restores it.

A version is a revision of the target. Its texts are found in its content; a text that has been
replaced since is kept nowhere else. `desk.version_texts` reads them, `desk.version_views` shows
what differs.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from wagtail.log_actions import log
from wagtail.models import Revision

from ..engine import targets
from ..engine.links import Links, links_of, refitted
from ..engine.notation import shown
from ..engine.part_labels import part_labels
from ..engine.parts import differing, kinds_of, parts_of
from ..engine.places import Place, model_of
from ..engine.segments import SegmentProblem, SegmentRow, TextKey, texts_by_path
from ..engine.texts import is_same, plain
from ..engine.writing import Author, TextWriter
from .actions import is_newer_than_draft
from .desk import Desk
from .text_cards import translator_names
from .version_texts import OldText, matched_texts, old_texts


@dataclass(frozen=True)
class ComparedText:
    """A text of the version beside that of the desk, in the notation that translators edit.

    `row` is None where the source has no place for the text any more. `data` is what restoring
    stores; it and `then` are empty where the version had no translation here. `original_changed`
    tells that the text translates another string than that of the source now: `source_then`, where
    it is known.
    """

    place: Place
    row: SegmentRow | None
    source: str
    source_then: str
    original_changed: bool
    then: str
    now: str
    data: str
    differs: bool
    by: str
    at: datetime | None

    @property
    def key(self) -> TextKey | None:
        return self.row.key if self.row else None

    @property
    def label(self) -> str:
        return self.place.label or self.place.heading

    @property
    def is_restorable(self) -> bool:
        return bool(self.row and self.data and self.differs)

    @property
    def has_fault(self) -> bool:
        """Whether the text of the desk is marked, so that no version has it."""
        return self.row is not None and self.row.problem is SegmentProblem.ERROR

    @property
    def is_chosen(self) -> bool:
        """Whether restoring takes this text unless the editor decides otherwise."""
        return self.is_restorable and not self.original_changed and not self.has_fault


class Comparison:
    """The texts of a version and of the desk, in the order of the page, in bounded queries."""

    def __init__(self, desk: Desk, revision: Revision) -> None:
        self.desk = desk
        self.revision = revision

    @cached_property
    def texts(self) -> list[ComparedText]:
        made = texts_by_path(self.desk.translation)
        rows = self.desk.distinct_rows
        texts = old_texts(self.desk.translation, self.revision, rows, made)
        by_path: dict[str, list[SegmentRow]] = defaultdict(list)
        for row in rows:
            by_path[row.path].append(row)
        pairs: list[tuple[OldText | None, SegmentRow | None]] = [
            pair
            for path, here in texts.items()
            for pair in matched_texts(here, by_path.get(path, []))
        ]
        matched = {row.key for _text, row in pairs if row}
        pairs += [(None, row) for row in rows if row.key not in matched]
        names = translator_names(rows, self.desk.user)
        compared = [self._compared(text, row, names) for text, row in pairs]
        return sorted(compared, key=_order)

    @property
    def differing(self) -> list[ComparedText]:
        return [text for text in self.texts if text.differs]

    @property
    def restorable(self) -> list[ComparedText]:
        return [text for text in self.texts if text.is_restorable]

    @cached_property
    def other_parts(self) -> list[str]:
        """Names of what is no text and is otherwise in the version than in the latest draft."""
        source = self.desk.translation.source
        model = model_of(source)
        latest = Revision.objects.for_instance(self.revision.content_object).latest("created_at")
        parts = differing(parts_of(model, self.revision.content), parts_of(model, latest.content))
        return part_labels(model, kinds_of(source, parts))

    @property
    def digest(self) -> str:
        """Digest of what is shown, to tell whether it still holds when it is confirmed."""
        told = [(str(each.key), each.data, each.now) for each in self.restorable]
        return hashlib.sha256(repr(told).encode()).hexdigest()[:16]

    def _compared(
        self, text: OldText | None, row: SegmentRow | None, names: Mapping[int, str]
    ) -> ComparedText:
        path = row.path if row else text.path if text else ""
        source = row.source_text if row else (text and text.source) or ""
        rich = self.desk.rules.of(path, source).is_rich
        stored = row.translation if row else None
        data = _translation_in(text, row)
        changed = bool(data and text and row and text.source != row.source_text)
        if data and text and row:
            data = refitted(data, self._links_then(text), links_of(row.segment))
        then, now = shown(data, rich=rich), shown(stored.data if stored else "", rich=rich)
        is_other = then.split() != now.split()
        if path == "slug" and data and stored:
            is_other = not is_same(path, data, stored.data)
        return ComparedText(
            place=self.desk.places.place_of(path),
            row=row,
            source=shown(row.source_text, rich=rich) if row else "",
            source_then=shown(text.source, rich=rich)
            if text and text.source and (changed or row is None)
            else "",
            original_changed=changed,
            then=then,
            now=now,
            data=data,
            differs=is_other,
            by=names.get(stored.last_translated_by_id, "") if stored else "",
            at=stored.updated_at if stored else None,
        )

    def _links_then(self, text: OldText) -> Links:
        """Return the links of a text, with the source's address where this language has its own."""
        own = self._own_addresses.get(text.path, {})
        return {
            tag: {**link, "href": own[link["href"]]} if link.get("href") in own else link
            for tag, link in text.links.items()
        }

    @cached_property
    def _own_addresses(self) -> dict[str, dict[str, str]]:
        """The source's addresses by those that this language has in their place, by path."""
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for each in self.desk.override_fields if self.desk.stored_overrides else ():
            path, quote, _address = each.segment.context.path.partition(".'")
            override = self.desk.stored_overrides.get(each.segment.context_id)
            if quote and override is not None:
                found[path][str(override.data)] = json.loads(each.segment.data_json)
        return found


def restore(comparison: Comparison, chosen: Collection[str], user: Any, target: Any) -> Revision:
    """Write the chosen texts of a version at the desk, as the user's, and save a draft of them.

    Takes keys of texts. What the desk holds that no draft has yet becomes a draft first, so that
    it stays in the history. Runs in a transaction that holds the locks of the target and of the
    texts. Raises ValidationError where the target does not take a text, which is then marked.
    """
    desk, translation = comparison.desk, comparison.desk.translation
    if is_newer_than_draft(translation, target):
        targets.save_draft(translation, user, target)
    writer = TextWriter(translation, Author(user), desk.rules)
    for text in comparison.restorable:
        if text.row is not None and str(text.key) in chosen:
            segment = text.row.segment
            writer.write(segment.context, segment.string, text.data, text.row.translation)
    desk.forget_texts()
    revision = targets.save_draft(translation, user, target, is_logged=False)
    before = comparison.revision
    log(
        instance=target,
        action="wagtail.revert",
        user=user,
        data={"revision": {"id": before.pk, "created": before.created_at.isoformat()}},
        revision=revision,
        content_changed=True,
    )
    return revision


def _translation_in(text: OldText | None, row: SegmentRow | None) -> str:
    """Return the translation that a version has, empty where it has the source's own words."""
    if text is None or not text.is_translated:
        return ""
    is_source = text.source is None and row and plain(text.data) == plain(row.source_text)
    return "" if is_source else text.data


def _order(text: ComparedText) -> tuple[bool, int, int]:
    """Sort by the order of the page, texts without a place last."""
    return text.row is None, text.place.order, text.row.order if text.row else 0
