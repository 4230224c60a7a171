"""Which addresses show a page or a language, as each app that answers addresses says of its own.

Networks that keep copies drop them address by address, so somebody must know them all.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Touched:
    """What of a site looks different.

    `pages` are ids by path, of pages that are there or were; `languages` are those whose lists
    and menus may differ.
    """

    pages: Mapping[str, int | None]
    languages: frozenset[str]


# Takes what is touched and gives paths, with a query where they have one.
AddressSource = Callable[[Touched], Iterable[str]]

_sources: Final[list[AddressSource]] = []


def register_addresses(source: AddressSource) -> None:
    """Let an app say which of its addresses show what is touched. Call it in `ready()`."""
    if source not in _sources:
        _sources.append(source)


def addresses_of(touched: Touched) -> set[str]:
    """Every address that shows what is touched: the pages themselves and what apps registered."""
    found = set(touched.pages)
    for source in _sources:
        found.update(source(touched))
    return found
