"""Wagtail's views of snippets as bases for ours, and what it knows of all snippet types.

From `wagtail.snippets.views` and `wagtail.snippets.models`, Wagtail 8.0. Documented is
`SnippetViewSet` with the names of its view classes; the views that it names are not. They ask for
permissions on the type and never on the snippet (wagtail/wagtail issue 13314).
"""

from typing import Any

from wagtail.admin.widgets.button import ListingButton
from wagtail.snippets.models import get_snippet_models
from wagtail.snippets.views.chooser import (
    ChooseResultsView,
    ChooseView,
    SnippetChooserViewSet,
    SnippetChosenMultipleView,
)
from wagtail.snippets.views.chooser import SnippetCreateView as CreateInChooserView
from wagtail.snippets.views.snippets import (
    CopyView,
    CreateView,
    DeleteView,
    EditView,
    HistoryView,
    IndexView,
    LockView,
    PreviewOnEditView,
    PreviewRevisionView,
    RevisionsCompareView,
    RevisionsUnscheduleView,
    UnlockView,
    UnpublishView,
    UsageView,
    WorkflowActionView,
    WorkflowHistoryDetailView,
    WorkflowHistoryView,
)

__all__ = [
    "ChooseResultsView",
    "ChooseView",
    "CopyView",
    "CreateInChooserView",
    "CreateView",
    "DeleteView",
    "EditView",
    "HistoryView",
    "IndexView",
    "ListingButton",
    "LockView",
    "PreviewOnEditView",
    "PreviewRevisionView",
    "RevisionsCompareView",
    "RevisionsUnscheduleView",
    "SnippetChooserViewSet",
    "SnippetChosenMultipleView",
    "UnlockView",
    "UnpublishView",
    "UsageView",
    "WorkflowActionView",
    "WorkflowHistoryDetailView",
    "WorkflowHistoryView",
]


def registered_snippet_models() -> list[type[Any]]:
    """Return the models that are registered as snippets, also by hooks that have not run yet."""
    return list(get_snippet_models())
