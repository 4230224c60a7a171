"""Pages lists, by limit and offset or by a cursor."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse

from cms.public.cache_headers import mark_transient

from .cursor import decode, encode, list_fingerprint
from .parameters import SliceParameters
from .problems import BadRequest

# These say how much of a list is given, and not what is in it.
NOT_OF_THE_LIST = {"limit", "offset", "cursor"}


@dataclass(frozen=True)
class Counted:
    """A queryset with a known number of items, which needs no query for it."""

    source: Any
    number: int

    def count(self) -> int:
        return self.number

    def __getitem__(self, part: slice) -> Any:
        return self.source[part]


@dataclass(frozen=True)
class Loaded:
    """Objects in memory, as the rows of a source."""

    objects: Sequence[Any]

    def count(self) -> int:
        return len(self.objects)

    def __getitem__(self, part: slice) -> Any:
        return self.objects[part]


@dataclass(frozen=True)
class Keyed:
    """The rows of a queryset with some primary keys, which are in its order."""

    queryset: Any
    keys: Sequence[int]

    def count(self) -> int:
        return len(self.keys)

    def __getitem__(self, part: slice) -> Any:
        return self.queryset.filter(pk__in=self.keys[part])


@dataclass(frozen=True)
class Source:
    """A part of a list: ordered objects with a `pk`, and the items of the answer made of them.

    `rows` is a queryset, `Counted` or `Loaded`. Sources of one `kind` never hold the same object.
    """

    kind: str
    rows: Any
    present: Callable[[Any], list[Any]]

    def without(self, given: frozenset[int]) -> Any:
        """Return the rows that were not given.

        A reader can name any ids in a cursor: no query has more parameters than the list has rows.
        """
        if not given:
            return self.rows
        if isinstance(self.rows, Loaded):
            return Loaded([each for each in self.rows.objects if each.pk not in given])
        queryset = self.rows.source if isinstance(self.rows, Counted) else self.rows
        keys = queryset.values_list("pk", flat=True)
        return Keyed(queryset, [key for key in keys if key not in given])


def paginate(
    request: HttpRequest,
    response: HttpResponse,
    answer: Callable[..., Any],
    sources: Sequence[Source],
    query: SliceParameters,
    **members: Any,
) -> Any:
    """Return one slice of an ordered list, with links to the slices before and after it.

    Takes the schema of the answer, the parts of the list in order, and what the answer has beside
    the slice. An empty slice is not cached, since there is one for each offset, and none that a
    cursor begins: readers can invent as many.
    """
    if query.cursor and "offset" in query.model_fields_set:
        raise BadRequest("cursor: begins a slice as offset does; give one of the two.")
    version = request.journal_version  # type: ignore[attr-defined]  # set by `strict`
    walk = _Walk(request, query)
    begin = walk.by_cursor if query.cursor else walk.by_offset
    found = begin(sources)
    if query.cursor or not found["items"]:
        mark_transient(response)
    return answer(version=version, **found, **members)


class _Walk:
    """One slice of a list."""

    def __init__(self, request: HttpRequest, query: SliceParameters) -> None:
        self.request = request
        self.query = query
        self.fingerprint = list_fingerprint(
            request.path, query.model_dump(exclude=NOT_OF_THE_LIST, exclude_defaults=True)
        )
        self.given: dict[str, frozenset[int]] = {}

    def by_offset(self, sources: Sequence[Source]) -> dict[str, Any]:
        limit, offset = self.query.limit, self.query.offset
        count = 0
        items: list[Any] = []
        for source in sources:
            here = source.rows.count()
            start, stop = max(0, offset - count), min(here, offset + limit - count)
            if start < stop:
                items += self._give(source, source.rows[start:stop])
            count += here
        has_more = offset + limit < count
        return {
            "count": count,
            "next": self._link(offset=offset + limit) if has_more else None,
            # From beyond the end, the last slice.
            "previous": self._link(offset=max(0, min(offset, count) - limit)) if offset else None,
            # What is before an offset was not given, so that no walk goes on from there.
            "next_cursor": self._cursor() if has_more and not offset else None,
            "items": items,
        }

    def by_cursor(self, sources: Sequence[Source]) -> dict[str, Any]:
        self.given = decode(self.fingerprint, self.query.cursor or "")
        count = left = 0
        items: list[Any] = []
        room = self.query.limit
        for source in sources:
            count += source.rows.count()
            rest = source.without(self.given.get(source.kind, frozenset()))
            here = rest.count()
            left += here
            if (wanted := min(room, here)) > 0:
                items += self._give(source, rest[:wanted])
                room -= wanted
        cursor = self._cursor() if left > self.query.limit else None
        return {
            "count": count,
            "next": self._link(cursor=cursor) if cursor else None,
            "previous": None,
            "next_cursor": cursor,
            "items": items,
        }

    def _give(self, source: Source, rows: Any) -> list[Any]:
        rows = list(rows)
        given = self.given.get(source.kind, frozenset())
        # Also those that `present` leaves out, or a walk would meet them again and again.
        self.given[source.kind] = given | {row.pk for row in rows}
        return source.present(rows)

    def _cursor(self) -> str:
        return encode(self.fingerprint, self.given)

    def _link(self, **place: Any) -> str:
        """Return the path and query of the same request with another beginning.

        In one order, however they were asked for: an answer is kept for all spellings of a query.
        """
        asked = sorted(self.request.GET.lists())
        query: list[tuple[str, Any]] = [each for each in asked if each[0] not in NOT_OF_THE_LIST]
        query += [("limit", self.query.limit), *place.items()]
        return f"{self.request.path}?{urlencode(query, doseq=True)}"
