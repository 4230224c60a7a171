"""What is no text in a content of the world, and where it is in public answers.

A content has parts beside its texts, at places that begin with `=`: the addresses of links in
order, the number of an image, the minutes of a session, the order of blocks, the concerns that a
method is for, the telephone number of the site, whether a page is in menus. They are the same in
all languages, and go live in the other language without a translator.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from tests.world.words import CANARY

PART = "="
LINKS, IMAGE, MINUTES, BLOCKS = "=links", "=image", "=minutes", "=blocks"
CONCERNS, PHONE, MENU = "=concerns", "=phone", "=menu"
# Telephone numbers that are written nowhere else: canaries of links.
NUMBER = re.compile(r"\+4699\d{6}")
HREF = re.compile(r'<a[^>]* href="([^"]+)"|\]\(([^)\s]+)\)')


def only_texts(content: Mapping[str, str]) -> dict[str, str]:
    return {place: text for place, text in content.items() if place[0] != PART}


def only_parts(content: Mapping[str, str]) -> dict[str, str]:
    return {place: value for place, value in content.items() if place[0] == PART}


def numbers_of(content: Mapping[str, str]) -> set[str]:
    """Return the telephone numbers that a content has."""
    return {*NUMBER.findall(f"{content.get(LINKS, '')} {content.get(PHONE, '')}")}


def links_in(markup: str) -> list[str]:
    """Return where the links of HTML or Markdown lead, in order."""
    return [one or other for one, other in HREF.findall(markup)]


def names_in(links: str) -> list[str]:
    """Return the names of the objects that the links of a content name, in order."""
    return [link.partition(":")[0] for link in links.split()]


def menu_in(items: list[Any], level: int = 1, above: str = "") -> Iterator[tuple[int, str, str]]:
    """Yield level, title and title of the page above for the pages of the world in a menu."""
    for item in items:
        found = CANARY.search(item["title"])
        if found:
            yield level, found[0], above
        yield from menu_in(item["children"], level + 1, found[0] if found else "")


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
