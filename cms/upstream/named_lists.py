"""Lists of groups, workflows and tasks in the admin, found and sorted by the names that they show.

From `wagtail.users.views.groups` and `wagtail.admin.views.workflows`, Wagtail 8.0, which look for
the stored names in the database; no setting names these views.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final, Protocol

from django.core.paginator import Paginator
from django.db.models import QuerySet
from wagtail.admin.forms.workflows import TaskChooserSearchForm
from wagtail.admin.views import workflows
from wagtail.users.views import groups

from .shown_names import rendering

LISTS: Final[tuple[Any, ...]] = (groups.IndexView, workflows.Index, workflows.TaskIndex)
NAME: Final = "name"
# As many as upstream shows.
TASKS_ON_A_PAGE: Final = 10

# Takes rows and what was typed; returns those whose shown name has it.
Find = Callable[[QuerySet[Any], str], QuerySet[Any]]


class Sort(Protocol):
    """Sorts rows by their shown names."""

    def __call__(self, rows: QuerySet[Any], *, descending: bool = False) -> QuerySet[Any]: ...


def list_by_shown_names(find: Find, sort: Sort) -> None:
    """Search and sort the lists, and the chooser of tasks, in this way. To be called once."""
    for view in LISTS:
        view.search_queryset = _searched(find)
        view.order_queryset = _sorted(view.order_queryset, sort)
    workflows.BaseTaskChooserView.get_task_listing_context_data = _chooser(find, sort)
    workflows.get_task_chosen_response = _in_shown_names(workflows.get_task_chosen_response)


def _searched(find: Find) -> Any:
    def search_queryset(self: Any, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return find(queryset, self.search_query) if self.is_searching else queryset

    return search_queryset


def _sorted(upstream: Any, sort: Sort) -> Any:
    @wraps(upstream)
    def order_queryset(self: Any, queryset: QuerySet[Any]) -> QuerySet[Any]:
        ordering = self.ordering if isinstance(self.ordering, str) else (self.ordering or [""])[0]
        if ordering.removeprefix("-") != NAME:
            unsorted: QuerySet[Any] = upstream(self, queryset)
            return unsorted
        return sort(queryset, descending=ordering.startswith("-"))

    return order_queryset


def _chooser(find: Find, sort: Sort) -> Any:
    def get_task_listing_context_data(self: Any) -> dict[str, Any]:
        form = TaskChooserSearchForm(
            self.request.GET, task_type_choices=self.get_task_type_filter_choices()
        )
        every_task = found = sort(form.task_model.objects.filter(active=True))
        words = form.cleaned_data["q"] if form.is_searching() else ""
        if words:
            found = find(every_task, words)
        return {
            "search_form": form,
            "tasks": Paginator(found, TASKS_ON_A_PAGE).get_page(self.request.GET.get("p")),
            "all_tasks": every_task,
            "query_string": words,
            "can_create": self.can_create,
        }

    return get_task_listing_context_data


def _in_shown_names(upstream: Any) -> Any:
    """Upstream tells the chooser's script the name of the chosen task without a template."""

    @wraps(upstream)
    def get_task_chosen_response(*args: Any) -> Any:
        with rendering():
            return upstream(*args)

    return get_task_chosen_response
