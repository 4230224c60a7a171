"""Decide whether a text has anything that a reader can see.

Copied text brings characters without a shape: spaces of no width, marks of order, soft hyphens,
fillers of Korean. A heading of them alone is an empty one.
"""

import unicodedata
from typing import Final

# Unicode's categories of spaces, control characters and marks of format.
SHAPELESS: Final = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})
# Of other categories, and shown as nothing (Default_Ignorable_Code_Point of Unicode, and the
# braille pattern without dots).
BLANK: Final = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0"
    + "".join(map(chr, range(0xFE00, 0xFE10)))
    + "".join(map(chr, range(0xE0100, 0xE01F0)))
)


def is_visible(text: str) -> bool:
    """Return whether a plain text has at least one character that can be seen."""
    return any(sign not in BLANK and unicodedata.category(sign) not in SHAPELESS for sign in text)
