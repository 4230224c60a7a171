"""Wagtail's views of pages and the generic parts of its admin views, as bases for ours.

From `wagtail.admin.views`, `wagtail.admin.viewsets.pages` and `wagtail.admin.views.home`,
Wagtail 8.0. Documented is `PageViewSet` with the names of its view classes, so that a view can be
replaced; the views that it names are not, nor is the registry that finds a viewset for a model.
"""

from typing import Any

from wagtail.admin.views.generic import CreateView, EditView, IndexView
from wagtail.admin.views.generic.base import (
    BaseListingView,
    BaseObjectMixin,
    WagtailAdminTemplateMixin,
)
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.views.home import RecentEditsPanel, WorkflowObjectsToModeratePanel
from wagtail.admin.views.pages.copy import CopyView as PageCopyView
from wagtail.admin.views.pages.create import CreateView as PageCreateView
from wagtail.admin.views.pages.edit import EditView as PageEditView
from wagtail.admin.views.pages.history import PageHistoryView
from wagtail.admin.views.pages.preview import PreviewOnEditView as PagePreviewView
from wagtail.admin.views.pages.revisions import RevisionsCompareView as PageCompareView
from wagtail.admin.views.pages.revisions import RevisionsRevertView as PageRevertView
from wagtail.admin.views.pages.revisions import RevisionsView as PageRevisionView
from wagtail.admin.views.pages.usage import UsageView as PageUsageView
from wagtail.admin.views.pages.workflow import WorkflowActionView as PageWorkflowActionView
from wagtail.admin.viewsets.pages import page_viewset_registry

__all__ = [
    "BaseListingView",
    "BaseObjectMixin",
    "CreateView",
    "EditView",
    "IndexView",
    "PageCompareView",
    "PageCopyView",
    "PageCreateView",
    "PageEditView",
    "PageHistoryView",
    "PagePreviewView",
    "PageRevertView",
    "PageRevisionView",
    "PageUsageView",
    "PageWorkflowActionView",
    "PermissionCheckedMixin",
    "RecentEditsPanel",
    "WagtailAdminTemplateMixin",
    "WorkflowObjectsToModeratePanel",
    "register_page_viewset",
    "title_column",
]


def register_page_viewset(page_class: type[Any], viewset: Any) -> None:
    """Let a viewset serve a page class and its subclasses; the nearest class in the MRO counts.

    The documented way, the hook `register_admin_viewset`, registers for `viewset.model` alone,
    and needs one viewset for each type of page.
    """
    page_viewset_registry.register(page_class, viewset)


def title_column(view: IndexView, field: str) -> Any:
    """Return the first column of a list of objects, with the link to edit each."""
    return view._get_title_column(field)
