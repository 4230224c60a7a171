"""Lists by limit and offset."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

from cms.core.schemas import PageSummary

from .schemas import PageList


def paginate(
    request: HttpRequest,
    pages: Any,
    *,
    limit: int,
    offset: int,
    summarise: Callable[[Any], list[PageSummary]],
) -> PageList:
    """One slice of an ordered queryset, with links to the slices before and after it."""
    count = pages.count()
    return PageList(
        count=count,
        next=_link(request, limit, offset + limit) if offset + limit < count else None,
        previous=_link(request, limit, max(0, offset - limit)) if offset else None,
        items=summarise(pages[offset : offset + limit]) if offset < count else [],
    )


def _link(request: HttpRequest, limit: int, offset: int) -> str:
    """The same request with another offset, as a path with query."""
    query = request.GET.copy()
    query["limit"], query["offset"] = str(limit), str(offset)
    return f"{request.path}?{query.urlencode()}"
