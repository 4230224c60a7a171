"""Content of an exchanged file, independent of its format; `po` and `xliff` read and write it."""

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from bs4 import BeautifulSoup
from wagtail_localize.models import Translation

from ..engine.links import links_of
from ..engine.notation import unescaped, visible
from ..engine.segments import SegmentRow, segment_rows
from ..engine.text_rules import INVISIBLE
from ..glossary.matching import Glossary

# Far more than the longest page makes.
LARGEST_FILE: Final = 2 * 1024 * 1024
# White space that XML, programs and `cleaned` change; a no-break space is a sign like others.
SPACE: Final = re.compile("[ \t\r\n\x0b\x0c\x85\u2028\u2029]+")
# Begins the fingerprints of links among those of exported texts.
LINKS: Final = "links:"


class InvalidFile(Exception):
    """Raised for a file that cannot be imported, with the reason in the active language."""


@dataclass(frozen=True)
class Unit:
    """One text in a file: its content path, its source text and its translation.

    Texts are strings of wagtail-localize: HTML with inline tags. `finished` is false where the
    file says that the translation is not done, and for a machine's that no person has confirmed.
    `note` is for the translator.
    """

    path: str
    source: str
    target: str
    finished: bool = True
    note: str = ""


@dataclass(frozen=True)
class TranslationFile:
    """Content of a file.

    `translation` is the translation's UUID and `version` the `source_version` at the export.
    `exported` holds the fingerprints of the exported units, and those of the links of their
    sources; it is empty in files from before fingerprints were written.
    """

    translation: str
    source_language: str
    target_language: str
    version: str
    units: list[Unit] = field(default_factory=list)
    exported: tuple[str, ...] = ()


def source_version(texts: Iterable[tuple[str, str]]) -> str:
    """Return a digest of the source's (path, text) pairs."""
    digest = hashlib.sha256()
    for path, text in texts:
        digest.update(f"{path}\n{text}\n\n".encode())
    return digest.hexdigest()[:16]


def normalised(text: str) -> str:
    """Return a text with white space collapsed, as XML and some programs change it."""
    return SPACE.sub(" ", INVISIBLE.sub("", text)).strip()


def fingerprint(unit: Unit) -> str:
    """Return a digest of a unit's path, source and target, the same in every file format."""
    target = visible(unit.target)
    if "<" in target:
        target = str(BeautifulSoup(target, "html.parser"))
    return _digest(unit.path, normalised(unit.source), normalised(unescaped(target)))


def links_fingerprint(row: SegmentRow) -> str:
    """Return a digest of where the links of a row's source lead; empty where it has none."""
    links = links_of(row.segment)
    if not links:
        return ""
    leading = json.dumps(links, sort_keys=True)
    return LINKS + _digest(row.path, normalised(row.source_text), leading)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


def translation_file(
    translation: Translation, rows: Sequence[SegmentRow] | None = None
) -> TranslationFile:
    """Return a translation's file content in page order, with glossary terms in its notes."""
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
        exported=(
            *map(fingerprint, units.values()),
            *dict.fromkeys(filter(None, map(links_fingerprint, rows))),
        ),
    )


def _note(glossary: Glossary, text: str) -> str:
    lines = []
    for match in glossary.terms_in(text):
        line = f"{match.source} → {' / '.join(match.accepted)}"
        lines.append(f"{line} ({match.note})" if match.note else line)
    return "\n".join(lines)
