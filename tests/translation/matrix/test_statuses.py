"""The rule for a translation's status, for all combinations of its inputs."""

from datetime import UTC, datetime
from typing import Any

import pytest

from cms.translation.matrix.families import original_locale_id
from cms.translation.matrix.statuses import (
    LanguageVersion,
    TranslationProgress,
    TranslationStatus,
    status_of,
)

SV, EN, DE = 1, 2, 3
LOCALES: Any = {SV: "sv", EN: "en", DE: "de"}
SINCE = datetime(2026, 11, 1, tzinfo=UTC)


def version(*, live: bool = True) -> LanguageVersion:
    return LanguageVersion(pk=1, live=live, has_unpublished_changes=False, title="IPT", path="0001")


def progress(
    done: int | None = 5,
    total: int | None = 5,
    *,
    since: datetime | None = None,
    follows: bool = True,
    source: int = SV,
) -> TranslationProgress:
    return TranslationProgress(source, follows, total, done, since, "wording" if since else "")


LIVE, DRAFT = version(), version(live=False)


@pytest.mark.parametrize(
    ("target", "source", "kept", "status"),
    [
        (None, LIVE, None, TranslationStatus.NOT_STARTED),
        (None, LIVE, progress(), TranslationStatus.NOT_STARTED),
        (DRAFT, LIVE, progress(3), TranslationStatus.IN_TRANSLATION),
        (DRAFT, LIVE, progress(None, None), TranslationStatus.IN_TRANSLATION),
        (DRAFT, DRAFT, progress(0), TranslationStatus.IN_TRANSLATION),
        (DRAFT, LIVE, progress(), TranslationStatus.READY),
        (DRAFT, LIVE, progress(0, 0), TranslationStatus.READY),
        (LIVE, LIVE, progress(), TranslationStatus.CURRENT),
        (LIVE, LIVE, progress(4, since=SINCE), TranslationStatus.BEHIND),
        (LIVE, LIVE, progress(4), TranslationStatus.BEHIND),
        (LIVE, LIVE, progress(None, None), TranslationStatus.BEHIND),
        (LIVE, LIVE, progress(since=SINCE), TranslationStatus.READY),
        (LIVE, DRAFT, progress(), TranslationStatus.SOURCE_UNPUBLISHED),
        (LIVE, DRAFT, progress(4, since=SINCE), TranslationStatus.SOURCE_UNPUBLISHED),
        (LIVE, DRAFT, progress(follows=False), TranslationStatus.SOURCE_UNPUBLISHED),
        (LIVE, LIVE, progress(follows=False), TranslationStatus.EDITED_DIRECTLY),
        (LIVE, LIVE, progress(4, follows=False), TranslationStatus.EDITED_DIRECTLY),
        (DRAFT, LIVE, progress(follows=False), TranslationStatus.EDITED_DIRECTLY),
        (LIVE, LIVE, progress(since=SINCE, follows=False), TranslationStatus.BEHIND),
        (LIVE, LIVE, None, TranslationStatus.EDITED_DIRECTLY),
        (LIVE, DRAFT, None, TranslationStatus.EDITED_DIRECTLY),
    ],
)
def test_every_state_has_its_status(
    target: LanguageVersion | None,
    source: LanguageVersion,
    kept: TranslationProgress | None,
    status: TranslationStatus,
) -> None:
    assert status_of(target, source, kept) is status


@pytest.mark.parametrize(
    ("existing", "translations", "original"),
    [
        ({SV}, {}, SV),
        ({EN}, {}, EN),
        ({SV, EN}, {}, SV),
        ({SV, EN}, {EN: progress(source=SV)}, SV),
        ({SV, EN}, {SV: progress(source=EN)}, EN),
        ({SV, EN, DE}, {EN: progress(source=SV), DE: progress(source=EN)}, SV),
        # The original is gone: what was translated from it stands on its own.
        ({EN}, {EN: progress(source=SV)}, EN),
        # Each is translated from the other: the site's first language is the original.
        ({SV, EN}, {EN: progress(source=SV), SV: progress(source=EN)}, SV),
    ],
)
def test_the_original_is_what_others_are_translated_from(
    existing: set[int], translations: dict[int, TranslationProgress], original: int
) -> None:
    versions = dict.fromkeys(existing, LIVE)
    assert original_locale_id(LOCALES, versions, translations) == original
