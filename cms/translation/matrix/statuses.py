"""The states a language of a page or snippet can be in, and the rule that picks one."""

from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple


class TranslationStatus(StrEnum):
    ORIGINAL = "original"
    NOT_STARTED = "not-started"
    IN_TRANSLATION = "in-translation"
    READY = "ready"
    CURRENT = "current"
    BEHIND = "behind"
    SOURCE_UNPUBLISHED = "source-unpublished"
    EDITED_DIRECTLY = "edited-directly"


class LanguageVersion(NamedTuple):
    """A page or snippet in one language. What has expired is not live."""

    pk: Any
    live: bool
    has_unpublished_changes: bool
    title: str
    # Where a page stands in the tree; empty for a snippet.
    path: str


class TranslationProgress(NamedTuple):
    """What is kept of a translation into one language, `TranslationState` included.

    `total` and `done` count segments and are None while nothing is kept of them. `follows` is
    untrue where the translation is not kept in step any more, or where what is live was not
    published from it.
    """

    source_locale_id: int
    follows: bool
    total: int | None
    done: int | None
    behind_since: datetime | None
    weight: str

    @property
    def is_complete(self) -> bool:
        return self.total is not None and self.done is not None and self.done >= self.total


def status_of(
    target: LanguageVersion | None,
    source: LanguageVersion | None,
    progress: TranslationProgress | None,
) -> TranslationStatus:
    """The status of a translation.

    Takes the object in the language in question, the object it is translated from and what is
    kept of the translation, each None where there is none. A live translation that visitors can
    read is never called current unless its segments are known to be complete and up to date.
    """
    if target is None:
        return TranslationStatus.NOT_STARTED
    if progress is None:
        return TranslationStatus.EDITED_DIRECTLY
    if target.live and source is not None and not source.live:
        return TranslationStatus.SOURCE_UNPUBLISHED
    if not progress.follows:
        is_behind = target.live and progress.behind_since is not None
        return TranslationStatus.BEHIND if is_behind else TranslationStatus.EDITED_DIRECTLY
    if not target.live:
        return TranslationStatus.READY if progress.is_complete else TranslationStatus.IN_TRANSLATION
    if not progress.is_complete:
        return TranslationStatus.BEHIND
    return TranslationStatus.CURRENT if progress.behind_since is None else TranslationStatus.READY
