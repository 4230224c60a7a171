"""Extracts the texts of pages and snippets by content path, and compares them."""

import re
from collections import defaultdict
from collections.abc import Iterable
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
    """Return the strings of an object by the content paths that wagtail-localize gives them."""
    return by_path(read_segments(instance))


def by_path(segments: Iterable[Any]) -> PlacedTexts:
    """Return the strings among segments by content path."""
    texts: PlacedTexts = defaultdict(list)
    for segment in segments:
        if isinstance(segment, StringSegmentValue):
            texts[segment.path].append(segment.string.data)
    return texts


def is_content(path: str) -> bool:
    """Whether a content path is of text that visitors read, not of an address."""
    return path.partition(".")[0] not in NOT_CONTENT


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Return a string of wagtail-localize, which is HTML with inline tags, as plain text."""
    words = TAG.sub("", LINE_BREAK.sub(" ", text))
    return " ".join(unescape(words).split())


def is_same(path: str, text: str, other: str) -> bool:
    """Whether two strings are the same text; at the path of a slug, one may have a number."""
    if path == "slug":
        return re.fullmatch(rf"{re.escape(slugify(plain(other)))}(-\d+)?", text) is not None
    return plain(text) == plain(other)
