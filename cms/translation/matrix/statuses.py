"""Statuses of a page or snippet in one language, and the rule that determines them."""

from datetime import datetime
from enum import StrEnum
from typing import Any, Final, NamedTuple

from ..engine.times import Schedule


class TranslationStatus(StrEnum):
    """Status of a page or snippet in one language; values are used in URLs of the report."""

    ORIGINAL = "original"
    NOT_STARTED = "not-started"
    IN_TRANSLATION = "in-translation"
    READY = "ready"
    CURRENT = "current"
    BEHIND = "behind"
    SOURCE_UNPUBLISHED = "source-unpublished"
    EDITED_DIRECTLY = "edited-directly"


# Where nothing is to be done but to decide about times that differ.
ONLY_TIMES: Final = (TranslationStatus.CURRENT, TranslationStatus.EDITED_DIRECTLY)


class LanguageVersion(NamedTuple):
    """A page or snippet in one language; `live` is false for an expired one.

    `is_hidden` says of a page that visitors cannot read it, because a page above it is not live.
    """

    pk: Any
    live: bool
    has_unpublished_changes: bool
    title: str
    # Tree path of a page, empty for a snippet.
    path: str
    schedule: Schedule = Schedule()
    is_hidden: bool = False

    @property
    def is_shown(self) -> bool:
        return self.live and not self.is_hidden


class TranslationProgress(NamedTuple):
    """Values of a `Translation` and its `TranslationState`.

    `total` and `done` count segments and are None without a `TranslationState`. `follows` is
    false where the translation is disabled or its target was edited directly.
    """

    source_locale_id: int
    follows: bool
    total: int | None
    done: int | None
    behind_since: datetime | None
    weight: str
    # Kinds of parts beside texts that differ (`engine.parts`).
    parts: tuple[str, ...] = ()
    # Number of texts of the desk that the live translation does not have.
    waiting: int = 0
    # Whether the desk is its editor, and the source's times about which somebody has decided.
    is_enabled: bool = True
    decided_times: list[str | None] | None = None

    @property
    def is_complete(self) -> bool:
        return self.total is not None and self.done is not None and self.done >= self.total

    @property
    def is_published(self) -> bool:
        """Return whether visitors have every text of the source as the desk has it."""
        return self.behind_since is None and not self.waiting


def status_of(
    target: LanguageVersion | None,
    source: LanguageVersion | None,
    progress: TranslationProgress | None,
) -> TranslationStatus:
    """Return the status of a translation.

    Takes the object in the target language, the object that it is translated from and the
    translation's progress, each None where there is none. A live translation is current only if
    its segments are known to be complete and up to date, and none has another text at the desk.
    """
    if target is None:
        return TranslationStatus.NOT_STARTED
    if progress is None:
        return TranslationStatus.EDITED_DIRECTLY
    if target.is_shown and source is not None and not source.is_shown:
        return TranslationStatus.SOURCE_UNPUBLISHED
    if not progress.follows:
        is_behind = target.live and progress.behind_since is not None
        return TranslationStatus.BEHIND if is_behind else TranslationStatus.EDITED_DIRECTLY
    if not target.live:
        return TranslationStatus.READY if progress.is_complete else TranslationStatus.IN_TRANSLATION
    if not progress.is_complete:
        return TranslationStatus.BEHIND
    return TranslationStatus.CURRENT if progress.is_published else TranslationStatus.READY
