"""Files that translators fill in with programs of their own."""

from collections.abc import Callable
from xml.etree import ElementTree as ET

import polib

XLIFF = "{urn:oasis:names:tc:xliff:document:1.2}"


class PoFile:
    def __init__(self, text: str) -> None:
        self._file = polib.pofile(text)

    def sources(self) -> list[str]:
        return [entry.msgid for entry in self._file]

    def fill(self, source: str, translate: Callable[[str], str]) -> None:
        """Fill in all translations of a source, made of the source by a function."""
        for entry in self._file:
            if entry.msgid == source:
                entry.msgstr = translate(source)

    def data(self) -> bytes:
        return str(self._file).encode()


class XliffFile:
    def __init__(self, text: str) -> None:
        self._root = ET.fromstring(text)
        self._units = [*self._root.iter(f"{XLIFF}trans-unit")]

    def sources(self) -> list[str]:
        return ["".join(unit.find(f"{XLIFF}source").itertext()) for unit in self._units]

    def fill(self, source: str, translate: Callable[[str], str]) -> None:
        for unit, text in zip(self._units, self.sources(), strict=True):
            if text == source:
                original, target = unit.find(f"{XLIFF}source"), unit.find(f"{XLIFF}target")
                place = [*unit].index(target)
                unit.remove(target)
                written = translate(ET.tostring(original, encoding="unicode"))
                done = ET.fromstring(written)
                done.tag, done.attrib, done.tail = f"{XLIFF}target", {}, target.tail
                unit.insert(place, done)

    def data(self) -> bytes:
        return ET.tostring(self._root, encoding="utf-8", xml_declaration=True)


EXCHANGED = {"po": PoFile, "xlf": XliffFile}
