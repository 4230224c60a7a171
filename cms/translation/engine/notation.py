"""Converts strings to the notation that translators edit: without entities, with inline tags.

wagtail-localize keeps every string as HTML with inline tags, whose attributes it replaces by ids.
"""

import re
from collections.abc import Iterator
from html import escape, unescape
from typing import Final

from django.utils.translation import gettext as _

from cms.upstream.localize_segments import INLINE_TAGS, StringValue, ids_of_tags

from .links import Links

TAG: Final = re.compile(r"</?[a-zA-Z][^<>]*>")
OPENING: Final = re.compile(r'<(?P<name>[a-z]+)(?: id="(?P<id>[^"]*)")?>')
CLOSING: Final = re.compile(r"</(?P<name>[a-z]+)>")
LINE_BREAK: Final = re.compile(r"<br\s*/?>")
# A comment, or an instruction for a program.
MARKUP: Final = re.compile(r"<[!?][^>]*>?")
# More tags inside each other than anybody writes: reading them would exhaust the stack.
DEEPEST: Final = 20
# These entities stay: without them the text would be taken for markup.
KEPT: Final = re.compile(r"&(?:lt|gt|amp);")


def shown(data: str, *, rich: bool) -> str:
    """Convert a stored string to the notation that translators edit."""
    if not rich:
        return str(StringValue(data).render_text())
    return "".join(_shown_part(part) for part in _parts(data))


def stored(text: str, *, rich: bool) -> str:
    """Convert a translator's text to a string as wagtail-localize stores it."""
    text = text.replace("\r\n", "\n").strip()
    if not rich:
        return str(StringValue.from_plaintext(text).data)
    return "".join(_stored_part(part) for part in _parts(text))


def fault_in(data: str, source: str, leading: Links) -> str:
    """Return a message about a wrong tag in a rich text, empty where all are right.

    Takes the stored forms of the translation and of its source, and where the source's links lead.
    """
    if found := MARKUP.search(data):
        return _unknown(found[0], source)
    links = ids_of_tags(source)
    open_tags: list[str] = []
    for tag in TAG.findall(LINE_BREAK.sub("", data)):
        if closing := CLOSING.fullmatch(tag):
            if not open_tags or open_tags.pop() != closing["name"]:
                return _("%(tag)s closes nothing that is open. Check the tags before it.") % {
                    "tag": tag
                }
            continue
        opening = OPENING.fullmatch(tag)
        if opening is None or opening["name"] not in INLINE_TAGS:
            return _unknown(tag, source)
        if opening["name"] == "a":
            if opening["id"] not in links:
                return _unknown_link(tag, links)
        elif opening["id"]:
            return _unknown(tag, source)
        open_tags.append(opening["name"])
        if len(open_tags) > DEEPEST:
            return _("There are too many tags inside each other here.")
    if open_tags:
        return _("<%(tag)s> is opened but not closed: write </%(tag)s> where it ends.") % {
            "tag": open_tags[-1]
        }
    for link in sorted(links - ids_of_tags(data)):
        tag, address = f'<a id="{link}">…</a>', leading.get(link, {}).get("href")
        if address:
            return _(
                "The link %(tag)s to %(address)s is missing: put it around the words that lead "
                "there."
            ) % {"tag": tag, "address": address}
        return _("The link %(tag)s is missing: put it around the words that lead there.") % {
            "tag": tag
        }
    return ""


def tags_of(source: str) -> list[str]:
    """Return the opening tags that a translation of a rich text may use, each once."""
    found = (tag for tag in TAG.findall(source) if OPENING.fullmatch(tag))
    return list(dict.fromkeys(tag for tag in found if not LINE_BREAK.fullmatch(tag)))


def _parts(text: str) -> Iterator[str]:
    """Yield the text before each tag and the tag, then the text after the last."""
    position = 0
    for tag in TAG.finditer(text):
        yield text[position : tag.start()]
        yield tag.group()
        position = tag.end()
    yield text[position:]


def _shown_part(part: str) -> str:
    if LINE_BREAK.fullmatch(part):
        return "\n"
    if TAG.fullmatch(part):
        return part
    words = re.sub(r"\s*\n\s*", " ", part)
    readable = unescape(words)
    return words if TAG.search(readable) or KEPT.search(readable) else readable


def _stored_part(part: str) -> str:
    if LINE_BREAK.fullmatch(part):
        return "<br/>"
    if TAG.fullmatch(part):
        return part
    kept = KEPT.findall(part)
    pieces = [escape(piece, quote=False) for piece in KEPT.split(part)]
    words = pieces[0] + "".join(a + b for a, b in zip(kept, pieces[1:], strict=True))
    return words.replace("\n", "<br/>")


def _unknown(tag: str, source: str) -> str:
    allowed = tags_of(source)
    if not allowed:
        return _("%(tag)s cannot be used here: the original has no tags.") % {"tag": tag}
    return _("%(tag)s cannot be used here. The original has: %(allowed)s") % {
        "tag": tag,
        "allowed": " ".join(allowed),
    }


def _unknown_link(tag: str, links: set[str]) -> str:
    if not links:
        return _("%(tag)s leads nowhere: the original has no link here.") % {"tag": tag}
    return _("%(tag)s leads nowhere. The links of the original are: %(links)s") % {
        "tag": tag,
        "links": " ".join(f'<a id="{link}">' for link in sorted(links)),
    }
