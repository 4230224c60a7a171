"""PO files, as GNU gettext defines them (https://www.gnu.org/software/gettext/manual/)."""

from tempfile import NamedTemporaryFile

import polib
from django.utils.translation import gettext as _

from .files import InvalidFile, TranslationFile, Unit

TRANSLATION = "X-WagtailLocalize-TranslationID"
SOURCE_LANGUAGE = "X-Source-Language"
VERSION = "X-Source-Version"
EXPORTED = "X-Exported-Texts"


def write(content: TranslationFile) -> bytes:
    """Return a PO file; unconfirmed machine text is marked as fuzzy."""
    po = polib.POFile(wrapwidth=200)
    po.metadata = {
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": content.target_language,
        SOURCE_LANGUAGE: content.source_language,
        TRANSLATION: content.translation,
        VERSION: content.version,
        EXPORTED: " ".join(content.exported),
    }
    for unit in content.units:
        entry = polib.POEntry(
            msgid=unit.source, msgctxt=unit.path, msgstr=unit.target, comment=unit.note
        )
        if unit.target and not unit.finished:
            entry.flags.append("fuzzy")
        po.append(entry)
    return str(po).encode()


def read(data: bytes) -> TranslationFile:
    """Read a PO file, with fuzzy entries as not finished.

    Raises InvalidFile where the data is no PO file or not UTF-8.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidFile(_("The file is not in UTF-8: save it again in that encoding.")) from error
    # Of a text, polib also ends lines where Unicode does (U+2028, U+0085), in the midst of words.
    with NamedTemporaryFile() as file:
        file.write(text.encode())
        file.flush()
        try:
            po = polib.pofile(file.name, encoding="utf-8")
        except (OSError, ValueError) as error:
            raise InvalidFile(_("This is not a PO file, or it is damaged.")) from error
    return TranslationFile(
        translation=po.metadata.get(TRANSLATION, ""),
        source_language=po.metadata.get(SOURCE_LANGUAGE, ""),
        target_language=po.metadata.get("Language", ""),
        version=po.metadata.get(VERSION, ""),
        units=[
            Unit(
                entry.msgctxt or "",
                entry.msgid,
                # A program may make one with plural forms of an entry that has none here.
                entry.msgstr or entry.msgstr_plural.get(0, ""),
                finished=not entry.fuzzy,
            )
            for entry in po
            if not entry.obsolete
        ],
        exported=tuple(po.metadata.get(EXPORTED, "").split()),
    )
