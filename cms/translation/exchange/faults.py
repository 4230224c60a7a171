"""What keeps a translated text from being taken."""

import re
from typing import Final

from django.utils.translation import gettext as _

from cms.upstream.localize_segments import StringValue, ids_of_tags

from .files import UNWRITABLE, Unit

TAG: Final = re.compile(r"<(/?)([a-zA-Z]\w*)[^<>]*?(/?)>")


def fault_of(unit: Unit) -> str:
    """What is wrong with a unit's translation, in words; empty where nothing is."""
    if UNWRITABLE.search(unit.target):
        return _("It holds signs that are no letters and cannot be shown.")
    if not _is_balanced(unit.target):
        return _("It has a tag that is not opened or not closed.")
    try:
        StringValue.from_translated_html(unit.target)
    except (ValueError, RecursionError):
        return _("It has a tag that is not allowed.")
    if ids_of_tags(unit.source) != ids_of_tags(unit.target):
        return _("It must have the same links as the source text.")
    return ""


def _is_balanced(text: str) -> bool:
    """Whether every tag is closed in the order of opening; line breaks need no closing."""
    opened: list[str] = []
    for closing, name, alone in TAG.findall(text):
        if name == "br" or alone:
            continue
        if not closing:
            opened.append(name)
        elif not opened or opened.pop() != name:
            return False
    return not opened
