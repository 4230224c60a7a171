"""What every exchange format holds, and what is wrong with a file that does not fit."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import Final

from bs4 import BeautifulSoup
from wagtail_localize.models import Translation

from ..engine.segments import SegmentRow, segment_rows
from ..glossary.matching import Glossary

# Far more than the longest page makes; a larger file is none of ours.
LARGEST_FILE: Final = 2 * 1024 * 1024
# Signs that XML has no way to write, or that nobody sees; text processors leave them in texts.
UNWRITABLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


class InvalidFile(Exception):
    """A file that cannot be imported; the message says why, in the active language."""


@dataclass(frozen=True)
class Unit:
    """One text in a file: its place, what the source said there, and its translation.

    Texts are strings of wagtail-localize: HTML with inline tags. `finished` says that a person
    stands by the translation, as nobody does yet by a machine's. `note` is for the translator.
    """

    path: str
    source: str
    target: str
    finished: bool = True
    note: str = ""


@dataclass(frozen=True)
class TranslationFile:
    """What is read from a file or written into one.

    `translation` is the translation's UUID and `version` names the state of the source.
    `exported` holds the fingerprints of the units at the export, and is empty in files that were
    exported before these were written.
    """

    translation: str
    source_language: str
    target_language: str
    version: str
    units: list[Unit] = field(default_factory=list)
    exported: tuple[str, ...] = ()


def source_version(texts: Iterable[tuple[str, str]]) -> str:
    """A name for what the source says: equal texts at equal places have the same."""
    digest = hashlib.sha256()
    for path, text in texts:
        digest.update(f"{path}\n{text}\n\n".encode())
    return digest.hexdigest()[:16]


def normalised(text: str) -> str:
    """Return a text without the differences in white space that XML and some programs make."""
    return re.sub(r"[ \t\r\n]+", " ", UNWRITABLE.sub("", text)).strip()


def fingerprint(unit: Unit) -> str:
    """Return a digest of a unit's place, source and target, however a file format writes them."""
    target = str(BeautifulSoup(unit.target, "html.parser")) if "<" in unit.target else unit.target
    parts = (unit.path, normalised(unit.source), normalised(unescape(target)))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


def translation_file(
    translation: Translation, rows: Sequence[SegmentRow] | None = None
) -> TranslationFile:
    """A translation as a file holds it, in page order; notes name the terms of the glossary."""
    languages = (
        translation.source.locale.language_code,
        translation.target_locale.language_code,
    )
    glossary = Glossary(*languages)
    units: dict[tuple[str, str], Unit] = {}
    rows = segment_rows(translation) if rows is None else rows
    for row in rows:
        key = (row.path, row.source_text)
        if key not in units:
            units[key] = Unit(
                *key,
                target=row.translation.data if row.translation is not None else "",
                finished=row.problem is None,
                note=_note(glossary, row.source_text),
            )
    return TranslationFile(
        str(translation.uuid),
        *languages,
        version=source_version((row.path, row.source_text) for row in rows),
        units=list(units.values()),
        exported=tuple(map(fingerprint, units.values())),
    )


def _note(glossary: Glossary, text: str) -> str:
    lines = []
    for match in glossary.terms_in(text):
        line = f"{match.source} → {' / '.join(match.accepted)}"
        lines.append(f"{line} ({match.note})" if match.note else line)
    return "\n".join(lines)
