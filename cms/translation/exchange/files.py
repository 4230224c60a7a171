"""What every exchange format holds, and what is wrong with a file that does not fit."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from wagtail_localize.models import StringSegment, Translation

# Far more than the longest page makes; a larger file is none of ours.
LARGEST_FILE: Final = 2 * 1024 * 1024


class WrongFile(Exception):
    """A file that cannot be imported; the message says why, in the active language."""


@dataclass(frozen=True)
class Unit:
    """One text in a file: its place, what the source said there, and its translation.

    Texts are strings of wagtail-localize: HTML with inline tags.
    """

    path: str
    source: str
    target: str
    note: str = ""


@dataclass(frozen=True)
class TranslationFile:
    """What is read from a file or written into one.

    `translation` is the translation's UUID and `version` names the state of the source.
    """

    translation: str
    source_language: str
    target_language: str
    version: str
    units: list[Unit] = field(default_factory=list)


def source_version(segments: Iterable[StringSegment]) -> str:
    """A name for what the source says: equal texts at equal places have the same."""
    digest = hashlib.sha256()
    for segment in segments:
        digest.update(f"{segment.context.path}\n{segment.string.data}\n\n".encode())
    return digest.hexdigest()[:16]


def content_of(translation: Translation) -> TranslationFile:
    """A translation as a file holds it, in page order."""
    segments = list(
        StringSegment.objects.filter(source=translation.source_id)
        .select_related("string", "context")
        .annotate_translation(translation.target_locale, include_errors=True)
        .order_by("order")
    )
    units: dict[tuple[str, str], Unit] = {}
    for segment in segments:
        key = (segment.context.path, segment.string.data)
        units.setdefault(key, Unit(*key, segment.translation or ""))
    return TranslationFile(
        translation=str(translation.uuid),
        source_language=translation.source.locale.language_code,
        target_language=translation.target_locale.language_code,
        version=source_version(segments),
        units=list(units.values()),
    )
