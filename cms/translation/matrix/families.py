"""Families, each a page or snippet in all its languages, and their cells, one for each language."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

from django.db.models import Model
from wagtail.models import Locale

from ..engine.times import TimesQuestion, question_about
from ..models import Weight
from .statuses import (
    ONLY_TIMES,
    LanguageVersion,
    TranslationProgress,
    TranslationStatus,
    status_of,
)


@dataclass(eq=False)
class Cell:
    """One language of a family.

    `version` is the object in this language and `source` the one that it is translated from.
    """

    family: "Family"
    locale: Locale
    status: TranslationStatus
    version: LanguageVersion | None
    source: LanguageVersion | None
    progress: TranslationProgress | None

    @property
    def is_original(self) -> bool:
        return self.status is TranslationStatus.ORIGINAL

    @property
    def is_live(self) -> bool:
        return self.version is not None and self.version.live

    @property
    def is_shown(self) -> bool:
        return self.version is not None and self.version.is_shown

    @property
    def behind_since(self) -> datetime | None:
        """Time since which the live translation lags behind the original, or None."""
        follows = self.status in (TranslationStatus.BEHIND, TranslationStatus.READY)
        return self.progress.behind_since if self.progress and follows else None

    @property
    def weight(self) -> str:
        """The heaviest change that is not live in this language, empty where there is none."""
        if self.progress is None or not (
            self.behind_since or self.status is TranslationStatus.BEHIND
        ):
            return ""
        return self.progress.weight or Weight.WORDING

    @property
    def times_question(self) -> TimesQuestion | None:
        """The open question about the translation's times; one edited directly has its own."""
        if self.version is None or self.source is None:
            return None
        if self.progress is None or not self.progress.is_enabled:
            return None
        decided = self.progress.decided_times
        return question_about(self.source.schedule, self.version.schedule, decided)

    @property
    def missing(self) -> int:
        """Number of segments without a translation."""
        if self.progress is None or not self.progress.follows:
            return 0
        return max((self.progress.total or 0) - (self.progress.done or 0), 0)

    @property
    def waiting(self) -> int:
        """Number of texts of the desk that the live translation does not have."""
        if self.progress is None or not self.progress.follows or not self.is_live:
            return 0
        return self.progress.waiting

    @property
    def needs_work(self) -> bool:
        """Whether a translator or publisher has something to do, or to decide about its times.

        Translations of an unpublished original need no work until they are begun.
        """
        if self.status in (
            TranslationStatus.BEHIND,
            TranslationStatus.SOURCE_UNPUBLISHED,
            TranslationStatus.IN_TRANSLATION,
        ):
            return True
        if self.times_question is not None:
            return True
        waiting = self.status in (TranslationStatus.NOT_STARTED, TranslationStatus.READY)
        return waiting and self.source is not None and self.source.live

    @property
    def urgency(self) -> int:
        """Sort key, lower is more urgent: changed meaning first, current translations last."""
        if self.weight == Weight.MEANING:
            return 0
        if not self.needs_work:
            return len(_URGENCY) + 1
        return 1 + _URGENCY.index(self.status)


_URGENCY = (
    TranslationStatus.SOURCE_UNPUBLISHED,
    TranslationStatus.BEHIND,
    TranslationStatus.READY,
    TranslationStatus.IN_TRANSLATION,
    TranslationStatus.NOT_STARTED,
    *ONLY_TIMES,
)


class Family:
    """One page or snippet in all its languages.

    Takes the content languages, and the versions and translations, each by locale id. There is
    at least one version, and all are of one model.
    """

    def __init__(
        self,
        key: UUID,
        model: type[Model],
        locales: Mapping[int, Locale],
        versions: Mapping[int, LanguageVersion],
        translations: Mapping[int, TranslationProgress],
    ) -> None:
        self.key = key
        self.model = model
        self.locales = locales
        self.versions = versions
        self.original_id = original_locale_id(locales, versions, translations)
        self.translations = {
            locale_id: progress
            for locale_id, progress in translations.items()
            if progress.source_locale_id in versions and locale_id != self.original_id
        }

    @property
    def original(self) -> LanguageVersion:
        return self.versions[self.original_id]

    @property
    def missing(self) -> set[int]:
        """Ids of the locales without a version."""
        return self.locales.keys() - self.versions.keys()

    @property
    def title(self) -> str:
        return self.original.title

    @cached_property
    def cells(self) -> list[Cell]:
        """A cell for each content language, in the order of the settings."""
        return [self._cell(locale) for locale in self.locales.values()]

    def targets(self) -> Iterator[Cell]:
        """Return the cells of all languages but the original's."""
        return (cell for cell in self.cells if not cell.is_original)

    def _cell(self, locale: Locale) -> Cell:
        version = self.versions.get(locale.pk)
        if locale.pk == self.original_id:
            return Cell(self, locale, TranslationStatus.ORIGINAL, version, None, None)
        progress = self.translations.get(locale.pk)
        source = self.versions[progress.source_locale_id] if progress else self.original
        status = status_of(version, source, progress)
        return Cell(self, locale, status, version, source, progress)


def original_locale_id(
    locales: Mapping[int, Locale],
    versions: Mapping[int, LanguageVersion],
    translations: Mapping[int, TranslationProgress],
) -> int:
    """Return the id of the locale in which a family was written.

    It is a locale that others are translated from and that is no target itself; where there is
    none, the first of the site's languages that the family has.
    """
    existing = [locale_id for locale_id in locales if locale_id in versions]
    sources = {progress.source_locale_id for progress in translations.values()}
    roots: Sequence[int] = [one for one in existing if one in sources and one not in translations]
    untranslated = [one for one in existing if one not in translations]
    return (roots or untranslated or existing)[0]
