"""Pages lists by limit and offset."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse

from cms.public.cache_headers import mark_nodes, mark_transient
from cms.public.visibility import PublicScope


@dataclass(frozen=True)
class Counted:
    """A source of a list with a known number of items, which needs no query for it."""

    source: Any
    number: int

    def count(self) -> int:
        return self.number

    def __getitem__(self, part: slice) -> Any:
        return self.source[part]


def paginate(
    request: HttpRequest,
    response: HttpResponse,
    answer: Callable[..., Any],
    sources: Sequence[tuple[Any, Callable[[Any], list[Any]]]],
    *,
    limit: int,
    offset: int,
) -> Any:
    """Return one slice of an ordered list, with links to the slices before and after it.

    Takes the schema of the answer and the parts of the list in order: each an ordered queryset or
    search result, and a function that makes items of a slice of it. An empty slice is not cached,
    since there is one for each offset.
    """
    count = 0
    items: list[Any] = []
    for source, present in sources:
        here = source.count()
        start, stop = max(0, offset - count), min(here, offset + limit - count)
        if start < stop:
            items += present(source[start:stop])
        count += here
    mark_nodes(response, PublicScope.for_request(request).nodes)
    if not items:
        mark_transient(response)
    return answer(
        count=count,
        next=_link(request, limit, offset + limit) if offset + limit < count else None,
        previous=_link(request, limit, max(0, offset - limit)) if offset else None,
        items=items,
    )


def _link(request: HttpRequest, limit: int, offset: int) -> str:
    """Return the path and query of the same request with another offset."""
    query = request.GET.copy()
    query["limit"], query["offset"] = str(limit), str(offset)
    return f"{request.path}?{query.urlencode()}"
