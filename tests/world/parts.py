"""What is no text in a content of the world, and where it is in public answers.

A content has parts beside its texts, at places that begin with `=`: the addresses of links in
order, the number of an image, the minutes of a session, the order of blocks. They are the same in
all languages, and go live in the other language without a translator.
"""

import re
from collections.abc import Mapping
from typing import Any

PART = "="
LINKS, IMAGE, MINUTES, BLOCKS = "=links", "=image", "=minutes", "=blocks"
# Telephone numbers that are written nowhere else: canaries of links.
NUMBER = re.compile(r"\+4699\d{6}")
HREF = re.compile(r'<a[^>]* href="([^"]+)"|\]\(([^)\s]+)\)')


def only_texts(content: Mapping[str, str]) -> dict[str, str]:
    return {place: text for place, text in content.items() if place[0] != PART}


def only_parts(content: Mapping[str, str]) -> dict[str, str]:
    return {place: value for place, value in content.items() if place[0] == PART}


def numbers_of(content: Mapping[str, str]) -> set[str]:
    """Return the telephone numbers to which the links of a content lead."""
    return {*NUMBER.findall(content.get(LINKS, ""))}


def links_in(markup: str) -> list[str]:
    """Return where the links of HTML or Markdown lead, in order."""
    return [one or other for one, other in HREF.findall(markup)]


def find(value: Any, name: str) -> Any:
    """Return the value of a name in JSON, the one that is nearest to the root."""
    level = [value]
    while level:
        for each in level:
            if isinstance(each, dict) and name in each:
                return each[name]
        level = [
            child
            for each in level
            if isinstance(each, dict | list)
            for child in (each.values() if isinstance(each, dict) else each)
        ]
    return None
