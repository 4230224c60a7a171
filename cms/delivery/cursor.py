"""Cursors of lists: each holds which items a reader of the list has been given so far.

A cursor that named a place in the order could not keep its promise: what is published again or
moved between two slices jumps across that place, and is then given twice or never. With the ids of
what was given, the next slice is the first items of the list that are not among them. So each item
that is in the list when the walk ends was given once, whatever was published, moved or deleted
between the slices.
"""

import base64
import binascii
import hashlib
import json
import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import accumulate
from typing import Final

from .problems import BadRequest

# One that was not made here may take neither memory nor time without end.
MOST_GIVEN: Final = 100_000
MAX_CURSOR: Final = 60_000
MAX_BYTES: Final = 1_000_000
MAX_ID: Final = 2**63 - 1

BROKEN: Final = "cursor: is not one that this API has given; begin again without it."
LONG: Final = f"cursor: names more than {MOST_GIVEN:,} items; read so many with export/."
FOREIGN: Final = (
    "cursor: is of another list; give it with the parameters of the answer that it came with, of "
    "which only limit may differ."
)

# The ids of the items that were given, by the kind of item.
Given = Mapping[str, frozenset[int]]


def list_fingerprint(path: str, parameters: Mapping[str, object]) -> str:
    """Return a short digest by which a cursor knows its own list."""
    named = json.dumps([path, parameters], sort_keys=True, default=str)
    return hashlib.sha256(named.encode()).hexdigest()[:12]


def encode(fingerprint: str, given: Given) -> str:
    """Return the cursor of a list from which some items were given.

    Ids are written as the steps between them, which are small and compress well.
    """
    steps = {kind: _steps(sorted(ids)) for kind, ids in given.items() if ids}
    text = json.dumps([fingerprint, steps], separators=(",", ":"))
    return base64.urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode().rstrip("=")


def decode(fingerprint: str, cursor: str) -> dict[str, frozenset[int]]:
    """Return the ids in a cursor; raises BadRequest for one that is broken or of another list."""
    try:
        own, steps = json.loads(_inflate(cursor))
        if sum(map(len, steps.values())) > MOST_GIVEN:
            raise BadRequest(LONG)
        given = {str(kind): frozenset(accumulate(ids)) for kind, ids in steps.items()}
        is_sound = all(
            type(each) is int and 0 < each <= MAX_ID for ids in given.values() for each in ids
        )
    except (ValueError, TypeError, AttributeError, RecursionError, zlib.error) as error:
        raise BadRequest(BROKEN) from error
    if not is_sound:
        raise BadRequest(BROKEN)
    if own != fingerprint:
        raise BadRequest(FOREIGN)
    return defaultdict(frozenset, given)


def _steps(ids: list[int]) -> Iterable[int]:
    return [after - before for before, after in zip([0, *ids], ids, strict=False)]


def _inflate(cursor: str) -> bytes:
    try:
        data = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError("not base64url") from error
    inflate = zlib.decompressobj()
    found = inflate.decompress(data, MAX_BYTES)
    if not inflate.eof or inflate.unused_data:
        raise ValueError("cut off, or too long")
    return found
