"""XLIFF 1.2 files (https://docs.oasis-open.org/xliff/v1.2/os/xliff-core.html).

Inline tags of a text are written as `<g>` elements and line breaks as `<x/>`, so that programs
protect them.
"""

import html
import re
from collections.abc import Iterator
from itertools import count
from typing import Final
from xml.etree import ElementTree as ET

from bs4 import BeautifulSoup, NavigableString, Tag
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.utils.translation import gettext as _

from ..engine.notation import visible
from ..engine.text_rules import INVISIBLE
from .files import InvalidFile, TranslationFile, Unit

NAMESPACE: Final = "urn:oasis:names:tc:xliff:document:1.2"
SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
# Values of a target's `state` that say that it is not done: this one and those that begin so.
NEW: Final = "new"
NEEDS: Final = "needs-"
# Line ends of word processors that XML cannot express.
PAGE_ENDS: Final = re.compile("[\x0b\x0c]")
# Marks our tags in `ctype`, as the standard asks of types that it does not name.
HTML: Final = "x-html-"
# Elements that hold code of another format, which is no words.
NATIVE: Final = frozenset(f"{{{NAMESPACE}}}{tag}" for tag in ("bpt", "ept", "ph", "it"))
BREAK_ID: Final = re.compile("br[0-9]+")
# Begins the note in the file's header that holds the fingerprints of what was exported.
EXPORTED: Final = "Exported texts:"


def write(content: TranslationFile) -> bytes:
    """Return an XLIFF file, with fingerprints of the exported texts in its header."""
    ET.register_namespace("", NAMESPACE)
    root = ET.Element(_name("xliff"), version="1.2")
    file = ET.SubElement(
        root,
        _name("file"),
        {
            "original": content.translation,
            "product-version": content.version,
            "source-language": content.source_language,
            "target-language": content.target_language,
            "datatype": "html",
            SPACE: "preserve",
        },
    )
    if content.exported:
        note = ET.SubElement(ET.SubElement(file, _name("header")), _name("note"))
        note.text = " ".join((EXPORTED, *content.exported))
    body = ET.SubElement(file, _name("body"))
    body.text = "\n"
    for number, unit in enumerate(content.units, start=1):
        element = ET.SubElement(body, _name("trans-unit"), id=str(number), resname=unit.path)
        element.tail = "\n"
        _fill(ET.SubElement(element, _name("source")), unit.source)
        _fill(ET.SubElement(element, _name("target"), state=_state(unit)), unit.target)
        if unit.note:
            ET.SubElement(element, _name("note")).text = unit.note
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def read(data: bytes) -> TranslationFile:
    """Read an XLIFF file.

    Raises InvalidFile where the data is no XLIFF 1.2 with a single translation, and where it has
    entities or a document type, which can include other files.
    """
    try:
        root = fromstring(data, forbid_dtd=True)
    except (ET.ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise InvalidFile(_("This is not an XLIFF file, or it is damaged.")) from error
    if root.tag != _name("xliff"):
        raise InvalidFile(_("This is not an XLIFF file of version 1.2."))
    files = root.findall(_name("file"))
    if len(files) > 1:
        raise InvalidFile(_("The file holds several translations: import one at a time."))
    file = files[0] if files else ET.Element(_name("file"))
    try:
        units = [_unit(element) for element in file.iter(_name("trans-unit"))]
    except RecursionError as error:
        raise InvalidFile(_("This is not an XLIFF file, or it is damaged.")) from error
    return TranslationFile(
        translation=file.get("original", ""),
        source_language=file.get("source-language", ""),
        target_language=file.get("target-language", ""),
        version=file.get("product-version", ""),
        units=units,
        exported=_exported(file),
    )


def _exported(file: ET.Element) -> tuple[str, ...]:
    notes = [note.text or "" for note in file.iterfind(f"{_name('header')}/{_name('note')}")]
    lists = [text.strip().removeprefix(EXPORTED) for text in notes if EXPORTED in text]
    return tuple(mark for text in lists for mark in text.split())


def _unit(element: ET.Element) -> Unit:
    target = element.find(_name("target"))
    return Unit(
        path=element.get("resname", ""),
        source=_text(element.find(_name("source"))),
        target=_text(target),
        finished=target is not None and _is_finished(element, target),
    )


def _is_finished(unit: ET.Element, target: ET.Element) -> bool:
    """Whether a target is done, as its state says, or where it has none the approval of its unit.

    Many programs write neither.
    """
    state = target.get("state")
    if state:
        return state != NEW and not state.startswith(NEEDS)
    return unit.get("approved") != "no"


def _state(unit: Unit) -> str:
    if not unit.target:
        return "needs-translation"
    return "translated" if unit.finished else "needs-review-translation"


def _name(tag: str) -> str:
    return f"{{{NAMESPACE}}}{tag}"


def _fill(parent: ET.Element, text: str) -> None:
    """Write a string of wagtail-localize into an element, its tags as inline elements."""
    writable = INVISIBLE.sub("", PAGE_ENDS.sub(" ", visible(text)))
    _append(parent, BeautifulSoup(writable, "html.parser"), count(1))


def _append(parent: ET.Element, node: Tag, numbers: Iterator[int]) -> None:
    last: ET.Element | None = None
    for child in node.children:
        if isinstance(child, NavigableString):
            if last is None:
                parent.text = (parent.text or "") + str(child)
            else:
                last.tail = (last.tail or "") + str(child)
        elif isinstance(child, Tag):
            key = str(child.get("id") or f"{child.name}{next(numbers)}")
            is_break = child.name == "br"
            last = ET.SubElement(
                parent,
                _name("x" if is_break else "g"),
                id=key,
                ctype="lb" if is_break else HTML + child.name,
            )
            if not is_break:
                _append(last, child, numbers)


def _text(element: ET.Element | None) -> str:
    """Return an element's content as a string of wagtail-localize."""
    if element is None:
        return ""
    parts = [_escaped(element.text)]
    for child in element:
        parts += [_inline(child), _escaped(child.tail)]
    return "".join(parts)


def _escaped(text: str | None) -> str:
    return html.escape(text or "", quote=False)


def _inline(element: ET.Element) -> str:
    if element.tag == _name("x") and _is_break(element):
        return "<br/>"
    if element.tag in NATIVE:
        return ""
    if element.tag != _name("g"):
        # Elements that programs add, such as `mrk` around a sentence.
        return _text(element)
    tag = element.get("ctype", "").removeprefix(HTML) or "span"
    key = element.get("id", "")
    # wagtail-localize gives ids to links only; those of other tags were made in `_append`.
    attribute = f' id="{html.escape(key)}"' if tag == "a" else ""
    return f"<{tag}{attribute}>{_text(element)}</{tag}>"


def _is_break(element: ET.Element) -> bool:
    """Return whether an `<x/>` is a line break, also where a program has dropped its type."""
    kind = element.get("ctype")
    return kind == "lb" or (kind is None and BREAK_ID.fullmatch(element.get("id", "")) is not None)
