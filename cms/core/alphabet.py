"""Sorts words in the alphabetical order of a language, for Python lists and databases without ICU.

The order is that of CLDR (https://cldr.unicode.org/) for European languages, so that SQLite and
PostgreSQL return the same lists: signs before digits before letters; accents, then case, decide
only between words that are otherwise the same.
"""

import unicodedata
from functools import lru_cache
from typing import Any, Final

# Letters that are no variants of a basic one: where they are after one, those at one place in the
# order of variants. At place 0 they are variants of a basic letter that accents do not tell.
_SWEDISH: Final = [("z", 1, "å"), ("z", 2, "äæę"), ("z", 3, "öøőœô"), ("y", 0, "üű")]
_DANISH: Final = [("z", 1, "æäę"), ("z", 2, "øöőœ"), ("z", 3, "å"), ("y", 0, "üű")]
_LETTERS: Final = {
    "sv": _SWEDISH,
    "fi": _SWEDISH,
    "da": _DANISH,
    "nb": _DANISH,
    "nn": _DANISH,
    "no": _DANISH,
    "es": [("n", 1, "ñ")],
}
# The languages with letters of their own.
LANGUAGES: Final = tuple(_LETTERS)
# Letters that Unicode does not take apart.
_PARTS: Final = {"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i"}
_SIGNS: Final = "_-–—,;:!¡?¿.…'‘’\"“”„«»()[]{}§@*/\\&#%`´^¨°+±<=>|~"
# Acute, grave, breve, circumflex, caron, ring, diaeresis, double acute, tilde, dot.
_ACCENTS: Final = "\u0301\u0300\u0306\u0302\u030c\u030a\u0308\u030b\u0303\u0307"
_SIGN, _OTHER, _DIGIT, _LETTER = range(4)


@lru_cache(maxsize=50_000)
def sort_key(text: str, language: str | None) -> tuple[Any, ...]:
    """Return the key by which a text sorts in the order of one language.

    Takes a language code; its region makes no difference. For None, and for a language without
    letters of its own, accented letters are variants of the basic ones. Only equal texts have equal
    keys.
    """
    own = _places((language or "").lower().split("-")[0])
    letters: list[tuple[int, Any, int]] = []
    accents: list[tuple[int, ...]] = []
    cases: list[bool] = []
    for character in unicodedata.normalize("NFC", text):
        small = character.casefold()
        if small in own:
            base, place, variant = own[small]
            letters.append((_LETTER, base, place))
            accents.append((variant,))
            cases.append(character != small)
            continue
        for part in unicodedata.normalize("NFKD", _PARTS.get(small, small)):
            if unicodedata.combining(part) and accents:
                accents[-1] += (_ACCENTS.find(part),)
                continue
            letters.append(_place(part))
            accents.append((int(small in _PARTS),))
            cases.append(character != small)
    return tuple(letters), tuple(accents), tuple(cases), text


@lru_cache
def _places(language: str) -> dict[str, tuple[str, int, int]]:
    """Return (basic letter, place after it, variant) by each letter of a language's own."""
    return {
        letter: (base, place, variant)
        for base, place, letters in _LETTERS.get(language, [])
        for variant, letter in enumerate(letters, start=1)
    }


def _place(character: str) -> tuple[int, Any, int]:
    if character.isspace():
        return _SIGN, -1, 0
    if character in _SIGNS:
        return _SIGN, _SIGNS.index(character), 0
    if character.isdecimal():
        return _DIGIT, unicodedata.decimal(character), 0
    return (_LETTER if character.isalpha() else _OTHER), character, 0
