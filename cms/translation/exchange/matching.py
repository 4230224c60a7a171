"""Match the texts of a file to the texts that would be exported now."""

from collections.abc import Iterable, Iterator

from .files import Unit, normalised


def matched(
    given: Iterable[Unit], present: Iterable[Unit]
) -> Iterator[tuple[list[Unit], Unit | None]]:
    """Yield the units of a file that translate one text, with the unit of that text here.

    They are matched without regard to white space, which programs change. None where the text is
    not here any more.
    """
    here: dict[tuple[str, str], list[Unit]] = {}
    for unit in present:
        here.setdefault(_key(unit), []).append(unit)
    by_key: dict[tuple[str, str], list[Unit]] = {}
    for unit in given:
        by_key.setdefault(_key(unit), []).append(unit)
    for key, units in by_key.items():
        own = here.get(key, [])
        if len(own) > 1:
            yield from _told_apart(units, own)
        else:
            yield units, next(iter(own), None)


def _told_apart(units: list[Unit], own: list[Unit]) -> Iterator[tuple[list[Unit], Unit]]:
    """Yield the units of a file for each of several texts that differ in white space only.

    By their white space where the file has kept it, otherwise in the order of the file.
    """
    exact = [[unit for unit in units if unit.source == text.source] for text in own]
    is_kept = sum(map(len, exact)) == len(units)
    if not is_kept or (len(units) >= len(own) and not all(exact)):
        exact = [units[at : at + 1] for at in range(len(own) - 1)] + [units[len(own) - 1 :]]
    yield from ((found, text) for found, text in zip(exact, own, strict=True) if found)


def _key(unit: Unit) -> tuple[str, str]:
    """Return the key by which a unit is found in a file: path and whitespace-normalised source."""
    return unit.path, normalised(unit.source)
