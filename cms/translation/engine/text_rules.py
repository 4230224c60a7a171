"""Clean and check the texts that are to become translations of a string at a place.

The same rules for whoever brings it: the desk, the memory, a machine, a file, wagtail-localize.
Texts are strings of wagtail-localize: HTML with inline tags, in which `<br/>` ends a line.
"""

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail_localize.models import TemplateSegment, Translation

from cms.upstream.localize_segments import StringValue

from .links import Links
from .notation import LINE_BREAK, TAG, fault_in, has_words, visible
from .places import Place, Places
from .texts import plain

# The line ends of Unicode but for that of plain text (https://www.unicode.org/reports/tr14/, BK
# and NL), which word processors put between the lines of a paragraph.
LINE_ENDS: Final = re.compile("[\x0b\x0c\x85\u2028\u2029]")
# Characters that XML cannot express or that nobody can see (Unicode's categories Cc and Cs, and
# noncharacters), and those that turn the direction of all words after them
# (https://www.unicode.org/reports/tr9/, 2.1 and 2.2).
INVISIBLE: Final = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
# The line breaks of plain text.
BREAKS: Final = re.compile("[\r\n]+")
ONE_LINE: Final = (models.CharField, blocks.CharBlock)


@dataclass(frozen=True)
class TextRules:
    """The rules for the translations of one string.

    `links` are the attributes of the links that the string has at its place, by their ids.
    """

    source: str
    place: Place
    is_rich: bool
    links: Links = field(default_factory=dict)

    def cleaned(self, text: str) -> str:
        """Return a text as it is stored: without signs that cannot be seen or that end a line.

        What is no tag is words, escaped where it must be (`visible`). It is empty where nothing
        of it can be read, and an address is made one.
        """
        text = _unwrapped(INVISIBLE.sub("", visible(text)))
        # Inside a tag, which is faulty then, a line break would make it two.
        text = TAG.sub(lambda tag: LINE_ENDS.sub(" ", tag[0]), text)
        text = LINE_ENDS.sub(" " if self._has_one_line else "<br/>", text)
        if self._has_one_line:
            text = " ".join(part.strip(" ") for part in LINE_BREAK.split(text)).strip()
        if not self.is_rich and not self._tag_in(text):
            text = str(StringValue.from_plaintext(_words(text).strip()).data)
        if not has_words(TAG.sub("", text)):
            return ""
        if self._is_address:
            return _address_of(text) or text
        return text

    def fault_in(self, text: str) -> str:
        """Return what is wrong with a cleaned text, in words; empty where nothing is."""
        if self.is_rich:
            return fault_in(text, self.source, self.links)
        if tag := self._tag_in(text):
            return _("%(tag)s cannot be used here: the original has no tags.") % {"tag": tag}
        if self._is_address and not _address_of(text):
            return _("An address is made of the letters a to z, digits and hyphens.")
        length, limit = len(_words(text)), self.place.max_length
        if limit and length > limit:
            return _("This text has %(length)d characters; there is room for %(limit)d.") % {
                "length": length,
                "limit": limit,
            }
        return ""

    @staticmethod
    def _tag_in(text: str) -> str:
        """The first tag of a text that is plain, in which a file may have one all the same."""
        found = TAG.search(LINE_BREAK.sub("", text))
        return found[0] if found else ""

    @property
    def _is_address(self) -> bool:
        return isinstance(self.place.leaf, models.SlugField)

    @cached_property
    def _has_one_line(self) -> bool:
        return not self.is_rich and isinstance(self.place.leaf, ONE_LINE)


class Rules:
    """The rules of all places of one translation, from one query and the source's content."""

    def __init__(self, translation: Translation) -> None:
        self._translation = translation

    def of(self, path: str, source: str, links: Links | None = None) -> TextRules:
        """Return the rules for the translations of a string at a content path."""
        # A string that the source no longer has may be of a place that is gone with it.
        is_rich = path in self.rich_paths or TAG.search(LINE_BREAK.sub("", source)) is not None
        return TextRules(source, self.places.place_of(path), is_rich, links or {})

    @cached_property
    def places(self) -> Places:
        return Places.of(self._translation.source)

    @cached_property
    def rich_paths(self) -> set[str]:
        """The content paths of rich text, whose strings may have tags."""
        templates = TemplateSegment.objects.filter(source=self._translation.source_id)
        return set(templates.values_list("context__path", flat=True))


def _address_of(text: str) -> str:
    """Return the address that a text stands for, empty where one of its letters would be lost."""
    words = plain(text)
    is_whole = all(slugify(sign) for sign in words if sign.isalnum())
    return slugify(words) if is_whole else ""


def _unwrapped(text: str) -> str:
    """Return a string without line breaks: in HTML one is a space, with the spaces around it."""
    lines = (line.strip(" \t") for line in BREAKS.split(text))
    return " ".join(filter(None, lines)).strip()


def _words(text: str) -> str:
    """Return a plain text as its field holds it."""
    return str(StringValue(text).render_text())
