"""Texts of pages and snippets, place by place, in the form in which they can be compared."""

import re
from collections import defaultdict
from functools import lru_cache
from html import unescape
from typing import Any

from django.utils.text import slugify

from cms.content.content_digest import NOT_CONTENT
from cms.upstream.localize_segments import StringSegmentValue, read_segments

LINE_BREAK = re.compile(r"<br\s*/?>")
TAG = re.compile(r"<[^>]*>")

# Strings by content path, in the order of the page: several where a place is rich text.
PlacedTexts = dict[str, list[str]]


def placed_texts(instance: Any) -> PlacedTexts:
    """The strings of an object by the paths at which wagtail-localize finds them."""
    texts: PlacedTexts = defaultdict(list)
    for segment in read_segments(instance):
        if isinstance(segment, StringSegmentValue):
            texts[segment.path].append(segment.string.data)
    return texts


def is_content(path: str) -> bool:
    """Whether visitors read what is at a content path, which they do not of an address."""
    return path.partition(".")[0] not in NOT_CONTENT


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """The words of a string of wagtail-localize, which is HTML with inline tags."""
    words = TAG.sub("", LINE_BREAK.sub(" ", text))
    return " ".join(unescape(words).split())


def is_same(path: str, text: str, other: str) -> bool:
    """Whether two strings say the same at a place; a slug may have got a number."""
    if path == "slug":
        return re.fullmatch(rf"{re.escape(slugify(plain(other)))}(-\d+)?", text) is not None
    return plain(text) == plain(other)
