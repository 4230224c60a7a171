"""Answers 404 where the query of an admin view names something that does not exist.

From `wagtail.admin.views.workflows` and `wagtail.admin.views.chooser`, Wagtail 8.0, which take the
query for one that their own pages have made: another is an error of the server.
"""

from functools import wraps
from typing import Any, Final

from django.core.paginator import InvalidPage
from django.http import Http404
from django.urls import NoReverseMatch
from wagtail.admin.views import chooser, workflows

# Methods, and what they raise for a type of task, a page of a list and a parent page.
READERS: Final[tuple[tuple[Any, str, tuple[type[Exception], ...]], ...]] = (
    (workflows.BaseTaskChooserView, "get_create_model", (LookupError, ValueError)),
    (workflows.Edit, "get_paginated_pages", (InvalidPage, ValueError)),
    (chooser.BaseLinkFormView, "dispatch", (NoReverseMatch,)),
)


def refuse_unknown_in_queries() -> None:
    """Let these views answer 404. To be called once."""
    for view, name, errors in READERS:
        setattr(view, name, _refusing(getattr(view, name), errors))


def _refusing(upstream: Any, errors: tuple[type[Exception], ...]) -> Any:
    @wraps(upstream)
    def method(*args: Any, **kwargs: Any) -> Any:
        try:
            return upstream(*args, **kwargs)
        except errors as error:
            raise Http404 from error

    return method
