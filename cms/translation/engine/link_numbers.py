"""Numbers the links of a source's strings, so that other links make another string.

wagtail-localize numbers the links of every string from `a1`. Two paragraphs of a rich text with
the same words are one string then, with one translation, wherever their links lead: "Ring" for
112 and for 1177. Here the links of the second have other numbers, which makes it a string of its
own. A string keeps its numbers while its links lead to the same places, in whatever order the
paragraphs are.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import count
from typing import Any, Final

from cms.upstream.localize_segments import StringSegmentValue, StringValue

from .links import Links, target_of

LINK: Final = re.compile(r'<a id="([^"]*)">')

# The ids of the links of a string and where these lead, in the order of the text.
Numbers = tuple[str, ...]
Targets = tuple[Any, ...]
# Content path and words of a string, whatever numbers its links have.
Place = tuple[str, str]
# Content path, string and links.
LinkedString = tuple[str, str, Links]


def words_of(string: str) -> str:
    """Return a string without the numbers of its links."""
    return LINK.sub("<a>", string)


def renumbered(string: str, numbers: Mapping[str, str]) -> str:
    """Return a string with other numbers for its links."""
    return LINK.sub(lambda link: f'<a id="{numbers.get(link[1], link[1])}">', string)


def numbers_between(string: str, other: str) -> dict[str, str]:
    """Map the numbers of a string's links to those of another string with the same words."""
    return dict(zip(LINK.findall(string), LINK.findall(other), strict=True))


def numbered(
    values: Iterable[Any],
    stored: Iterable[LinkedString],
    removed: Callable[[], Iterable[LinkedString]],
) -> list[Any]:
    """Return the segments of a source with the numbers that their links have from now on.

    Takes the strings that the source has had until now, and reads those that it had before only
    where a string is new.
    """
    values = list(values)
    linked = [value for value in values if _is_linked(value)]
    if not linked:
        return values
    here = _by_place(stored)
    elsewhere = {
        (words, targets): ids
        for (_path, words), found in here.items()
        for targets, ids in found.items()
    }
    wanted: dict[Place, dict[Targets, Numbers]] = defaultdict(dict)
    for value in linked:
        place, targets, ids = _read(value.path, value.string.data, value.attrs or {})
        wanted[place].setdefault(targets, ids)
    chosen = {place: _known(found, here[place], {}) for place, found in wanted.items()}
    if any(len(chosen[place]) < len(found) for place, found in wanted.items()):
        before = _by_place(removed())
        for place, found in wanted.items():
            present = here[place]
            gone = {
                targets: ids
                for targets, ids in before[place].items()
                if ids not in present.values()
            }
            chosen[place] = _known(found, present, gone)
            if not chosen[place] and len(found) == len(present) == 1:
                # The only string with these words, whose links lead elsewhere now.
                chosen[place] = dict(zip(found, present.values(), strict=True))
            used = {*present.values(), *gone.values()}
            for targets, ids in found.items():
                if targets not in chosen[place]:
                    alike = elsewhere.get((place[1], targets), ids)
                    free = (each for each in _numbers(alike) if each not in used)
                    chosen[place][targets] = next(free)
                    used.add(chosen[place][targets])
    return [_renumbered(value, chosen) if _is_linked(value) else value for value in values]


def _known(
    wanted: Iterable[Targets],
    present: Mapping[Targets, Numbers],
    gone: Mapping[Targets, Numbers],
) -> dict[Targets, Numbers]:
    """Return the numbers of the strings that a place has, or has had before."""
    chosen: dict[Targets, Numbers] = {}
    for targets in wanted:
        ids = present.get(targets) or gone.get(targets)
        if ids is not None and ids not in chosen.values():
            chosen[targets] = ids
    return chosen


def _numbers(first: Numbers) -> Iterator[Numbers]:
    """Yield numbers for as many links: those given, then from 1 on."""
    yield first
    for start in count(1, len(first)):
        yield tuple(f"a{number}" for number in range(start, start + len(first)))


def _is_linked(value: Any) -> bool:
    return isinstance(value, StringSegmentValue) and LINK.search(value.string.data) is not None


def _by_place(strings: Iterable[LinkedString]) -> dict[Place, dict[Targets, Numbers]]:
    found: dict[Place, dict[Targets, Numbers]] = defaultdict(dict)
    for path, string, links in strings:
        place, targets, ids = _read(path, string, links)
        if ids:
            found[place].setdefault(targets, ids)
    return found


def _read(path: str, string: str, links: Links) -> tuple[Place, Targets, Numbers]:
    ids = tuple(LINK.findall(string))
    return (path, words_of(string)), tuple(target_of(links.get(each, {})) for each in ids), ids


def _renumbered(value: Any, chosen: Mapping[Place, Mapping[Targets, Numbers]]) -> Any:
    place, targets, ids = _read(value.path, value.string.data, value.attrs or {})
    numbers = dict(zip(ids, chosen[place][targets], strict=True))
    return StringSegmentValue(
        value.path,
        StringValue(renumbered(value.string.data, numbers)),
        attrs={numbers.get(name, name): link for name, link in (value.attrs or {}).items()},
        order=value.order,
    )
