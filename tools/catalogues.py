"""The catalogues of UI strings in locale/: `python -m tools.catalogues` brings them up to date.

Collects every translatable string of the code and the templates, gives it to each language's
django.po, drops what the code has lost, fills English (the language of the code) by itself and
compiles django.mo. Does the same for strings of other apps (`tools.upstream_catalogues`). With
--check it writes nothing, names what is amiss and exits with 1.
"""

import argparse
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polib
from babel.messages.catalog import Message
from babel.messages.extract import extract
from babel.messages.plurals import get_plural
from django.utils.translation.template import templatize

from .upstream_catalogues import Key, upstream_catalogues

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("cms", "faq", "pages", "templates")
SOURCE_LANGUAGE = "en"
UPSTREAM = "upstream"

# Which arguments of Django's functions are messages; "c" marks a context.
FUNCTIONS: dict[str, Any] = {
    f"{name}{ending}": arguments
    for name, arguments, endings in [
        ("gettext", None, ("", "_lazy", "_noop")),
        ("ngettext", (1, 2), ("", "_lazy")),
        ("pgettext", ((1, "c"), 2), ("", "_lazy")),
        ("npgettext", ((1, "c"), 2, 3), ("", "_lazy")),
    ]
    for ending in endings
} | {"_": None}

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")

# --- What the code says -------------------------------------------------------------------


def messages(root: Path = ROOT) -> dict[Key, polib.POEntry]:
    """Return every string of the code by context and English text, in a stable order."""
    found: dict[Key, polib.POEntry] = {}
    for path in sorted(_source_files(root)):
        place = (path.relative_to(root).as_posix(), "")
        for msgid, plural, context, comments in _extract(path):
            entry = found.setdefault((context, msgid), polib.POEntry(msgctxt=context, msgid=msgid))
            entry.msgid_plural = entry.msgid_plural or plural
            if place not in entry.occurrences:
                entry.occurrences.append(place)
            if comments and comments not in entry.comment:
                entry.comment = "\n".join(filter(None, [entry.comment, comments]))
            if Message(msgid).python_format and "python-format" not in entry.flags:
                entry.flags.append("python-format")
    return dict(sorted(found.items(), key=lambda item: (item[0][1], item[0][0] or "")))


def _source_files(root: Path) -> Iterator[Path]:
    for folder in FOLDERS:
        for suffix in ("py", "html", "txt"):
            yield from (root / folder).rglob(f"*.{suffix}")


def _extract(path: Path) -> Iterator[tuple[str, str, str | None, str]]:
    """Yield each string of a file with its plural, context and comment for translators."""
    source = path.read_text()
    if path.suffix != ".py":
        # Written as Python, of which Babel cares for no more than the calls in it.
        source = "\n".join(line.strip() for line in templatize(source, str(path)).splitlines())
    code = io.BytesIO(source.encode())
    for _line, text, comments, context in extract(
        "python", code, FUNCTIONS, comment_tags=["Translators:"]
    ):
        msgid, plural = (text[0], text[1]) if isinstance(text, tuple) else (text, "")
        yield msgid, plural, context, "\n".join(comments)


# --- What the catalogues say --------------------------------------------------------------


def catalogue_files(root: Path = ROOT) -> list[Path]:
    """Return each language's .po file; a new language is a new folder in locale/."""
    return [
        folder / "LC_MESSAGES" / "django.po"
        for folder in sorted((root / "locale").iterdir())
        if folder.is_dir() and folder.name != UPSTREAM
    ]


def _with_strings(root: Path) -> Iterator[tuple[Path, dict[Key, polib.POEntry]]]:
    """Yield each catalogue with the strings that it has to have."""
    found = messages(root)
    upstream = root / "locale" / UPSTREAM
    for path in catalogue_files(root):
        yield path, found
        if upstream.is_dir():
            yield from upstream_catalogues(upstream, language_of(path))


def language_of(path: Path) -> str:
    return path.parent.parent.name


def updated(path: Path, found: dict[Key, polib.POEntry]) -> polib.POFile:
    """Return the catalogue with the strings of the code and its present translations."""
    old = {(entry.msgctxt, entry.msgid): entry for entry in _read(path)}
    language = language_of(path)
    plural = get_plural(language)
    new = polib.POFile()
    new.metadata = {
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": plural.plural_forms,
    }
    for key, message in found.items():
        entry = polib.POEntry(
            msgctxt=message.msgctxt,
            msgid=message.msgid,
            msgid_plural=message.msgid_plural,
            occurrences=message.occurrences,
            comment=message.comment,
            flags=list(message.flags),
        )
        _translate(entry, old.get(key), language, plural.num_plurals)
        new.append(entry)
    return new


def _read(path: Path) -> list[polib.POEntry]:
    if not path.exists():
        return []
    return [entry for entry in polib.pofile(str(path)) if not entry.obsolete]


def _translate(entry: polib.POEntry, old: polib.POEntry | None, language: str, forms: int) -> None:
    """Write a string's translation into an entry; for English the text itself, or a better one."""
    if language == SOURCE_LANGUAGE and not (old and old.tcomment):
        entry.msgstr = "" if entry.msgid_plural else entry.msgid
        texts = dict(enumerate([entry.msgid, entry.msgid_plural]))
    else:
        entry.msgstr = "" if old is None or entry.msgid_plural else old.msgstr
        texts = old.msgstr_plural if old else {}
        if old:
            entry.tcomment = old.tcomment
            entry.flags += [flag for flag in old.flags if flag == "fuzzy"]
    if entry.msgid_plural:
        entry.msgstr_plural = {form: texts.get(form, "") for form in range(forms)}


# --- What is amiss ------------------------------------------------------------------------


def problems(root: Path = ROOT) -> list[str]:
    """Return a sentence for each fault of the catalogues."""
    return [
        f"{path.relative_to(root)}: {problem}"
        for path, found in _with_strings(root)
        for problem in [*_stale(path, found), *_untranslated(path)]
    ]


def _stale(path: Path, found: dict[Key, polib.POEntry]) -> list[str]:
    """Return what `make messages` would change."""
    keys = {(entry.msgctxt, entry.msgid) for entry in _read(path)}
    stale = [f"lacks {msgid!r}" for _context, msgid in found.keys() - keys]
    stale += [f"has {msgid!r}, which the code has lost" for _context, msgid in keys - found.keys()]
    wanted = updated(path, found)
    if not stale and (not path.exists() or path.read_text() != str(wanted)):
        stale.append("differs from what `make messages` writes")
    binary = path.with_suffix(".mo")
    if not stale and (not binary.exists() or binary.read_bytes() != wanted.to_binary()):
        stale.append(f"{binary.name} is not compiled from it; run `make messages`")
    return sorted(stale)


def _untranslated(path: Path) -> Iterator[str]:
    """Return the strings that need a translation."""
    for entry in _read(path):
        texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
        if entry.fuzzy:
            yield f"{entry.msgid!r} is marked as fuzzy"
        elif not all(texts):
            yield f"{entry.msgid!r} is not translated"
        elif not all(_placeholders_fit(entry, text) for text in texts):
            yield f"{entry.msgid!r} has other placeholders in its translation"


def _placeholders_fit(entry: polib.POEntry, text: str) -> bool:
    """Return whether a translation has the placeholders of its string.

    A plural form may leave one out ("one method").
    """
    used = set(PLACEHOLDER.findall(text))
    known = set(PLACEHOLDER.findall(entry.msgid + entry.msgid_plural))
    return used <= known if entry.msgid_plural else used == known


# --- Command line -------------------------------------------------------------------------


def write(root: Path = ROOT) -> None:
    for path, found in _with_strings(root):
        catalogue = updated(path, found)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(str(catalogue))
        path.with_suffix(".mo").write_bytes(catalogue.to_binary())
        missing = len(catalogue.untranslated_entries())
        sys.stdout.write(
            f"{path.relative_to(root)}: {len(catalogue)} strings, {missing} untranslated\n"
        )


def main() -> int:
    parser = argparse.ArgumentParser(prog="tools.catalogues", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, name what is amiss")
    if not parser.parse_args().check:
        write()
        return 0
    found = problems()
    sys.stderr.writelines(f"{problem}\n" for problem in found)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
