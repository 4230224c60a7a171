"""Converts strings to the notation that translators edit: without entities, with inline tags.

wagtail-localize keeps every string as HTML with inline tags, whose attributes it replaces by ids.
"""

import re
from collections.abc import Iterator
from html import escape, unescape
from typing import Final

from django.utils.translation import gettext as _

from cms.core.visible_text import is_visible
from cms.upstream.localize_segments import INLINE_TAGS, StringValue, ids_of_tags

from .links import Links

TAG: Final = re.compile(r"</?[a-zA-Z][^<>]*>")
OPENING: Final = re.compile(r'<(?P<name>[a-z]+)(?: id="(?P<id>[^"]*)")?>')
CLOSING: Final = re.compile(r"</(?P<name>[a-z]+)>")
LINE_BREAK: Final = re.compile(r"<br\s*/?>")
# References to characters by numbers beyond Unicode's, which may be too long to read.
BEYOND_UNICODE: Final = re.compile(r"&#(?:[0-9]{8,}|[xX][0-9a-fA-F]{8,});?")
# More tags inside each other than anybody writes: reading them would exhaust the stack.
DEEPEST: Final = 20
# These entities stay: without them the text would be taken for markup.
KEPT: Final = re.compile(r"&(?:lt|gt|amp);")


def unescaped(text: str) -> str:
    """Return a text with its references to characters as these characters, whatever they are."""
    return unescape(_readable(text))


def visible(text: str) -> str:
    """Return a string in which all but the tags is words.

    What browsers hide (comments, instructions, ends of nothing) and what programs cannot read is
    escaped. No references remain but those to the signs of markup.
    """
    # Those in tags as well: whoever parses the tag reads them.
    parts = _parts(_readable(text))
    return "".join(
        part if TAG.fullmatch(part) else escape(unescape(part), quote=False) for part in parts
    )


def _readable(text: str) -> str:
    return BEYOND_UNICODE.sub("\N{REPLACEMENT CHARACTER}", text)


def has_words(text: str) -> bool:
    """Whether something can be read of a text without tags."""
    return is_visible(unescaped(text))


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
    links = ids_of_tags(source)
    open_tags: list[str] = []
    link, linked = "", ""
    for part in _parts(LINE_BREAK.sub("", data)):
        if not TAG.fullmatch(part):
            linked += part
            continue
        tag = part
        if closing := CLOSING.fullmatch(tag):
            if not open_tags or open_tags.pop() != closing["name"]:
                return _("%(tag)s closes nothing that is open. Check the tags before it.") % {
                    "tag": tag
                }
            if closing["name"] == "a" and not has_words(linked):
                return _(
                    "The link %(tag)s has no words: put it around the words that lead there."
                ) % {"tag": link + tag}
            continue
        opening = OPENING.fullmatch(tag)
        if opening is None or opening["name"] not in INLINE_TAGS:
            return _unknown(tag, source)
        if opening["name"] == "a":
            if opening["id"] not in links:
                return _unknown_link(tag, links)
            if "a" in open_tags:
                return _("The link %(tag)s begins inside another: close that one before it.") % {
                    "tag": tag
                }
            link, linked = tag, ""
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
    words = _on_one_line(part)
    readable = unescaped(words)
    return words if TAG.search(readable) or KEPT.search(readable) else readable


def _on_one_line(text: str) -> str:
    """Return a text with a space for each line break and the white space around it."""
    first, *rest = text.split("\n")
    if not rest:
        return text
    between = filter(None, (line.strip() for line in rest[:-1]))
    return " ".join((first.rstrip(), *between, rest[-1].lstrip()))


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
