"""Parts of Wagtail's editor for an editor of our own: menus, side panels, breadcrumbs, fields.

From `wagtail.admin.action_menu`, `wagtail.admin.ui`, `wagtail.admin.views.pages.utils`,
`wagtail.admin.widgets`, `wagtail.admin.forms.models`, `wagtail.snippets.action_menu` and
`wagtail.snippets.side_panels`, Wagtail 8.0. Documented is how apps add to these parts; an editor
that is not one of Wagtail's own views, such as the translation desk, has no documented way to
show them. wagtail-localize's editor takes the same ones.
"""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.forms import Field
from django.http import HttpRequest
from wagtail.admin.action_menu import PageActionMenu, SubmitForModerationMenuItem
from wagtail.admin.forms.models import (
    WagtailAdminDraftStateFormMixin,
    formfield_for_dbfield,
)
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.menus.pages import get_page_header_buttons
from wagtail.admin.ui.side_panels import ChecksSidePanel, PageStatusSidePanel, PreviewSidePanel
from wagtail.admin.views.pages.utils import get_breadcrumbs_items_for_page
from wagtail.admin.widgets import AdminDateTimeInput, BaseChooser
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.locks import BaseLock, BasicLock, ScheduledForPublishLock
from wagtail.snippets.action_menu import SnippetActionMenu
from wagtail.snippets.action_menu import SubmitForModerationMenuItem as SubmitSnippetMenuItem
from wagtail.snippets.side_panels import SnippetStatusSidePanel

__all__ = [
    "AdminDateTimeInput",
    "BaseChooser",
    "BaseLock",
    "BasicLock",
    "Button",
    "ChecksSidePanel",
    "HeaderButton",
    "PageStatusSidePanel",
    "PreviewSidePanel",
    "ScheduledForPublishLock",
    "SnippetStatusSidePanel",
    "SubmitForModerationMenuItem",
    "SubmitSnippetMenuItem",
    "WagtailAdminDraftStateFormMixin",
]


def page_action_menu(request: HttpRequest, page: Any, lock: BaseLock | None, locked: bool) -> Any:
    """Return the menu of what a user may do with a page's draft; `locked` is for this user."""
    return PageActionMenu(request, view="edit", page=page, lock=lock, locked_for_user=locked)


def snippet_action_menu(request: HttpRequest, snippet: Any, locked: bool) -> Any:
    """Return the menu of what a user may do with a snippet's draft; `locked` is for this user."""
    return SnippetActionMenu(request, view="edit", instance=snippet, locked_for_user=locked)


def page_header_buttons(page: Any, user: Any, next_url: str) -> list[Button]:
    """Return the buttons in the header of a page's editor."""
    return list(get_page_header_buttons(page=page, user=user, next_url=next_url, view_name="edit"))


def page_breadcrumbs(page: Any, user: Any) -> list[dict[str, Any]]:
    """Return `url` and `label` of a page and its ancestors; empty where the user may see none."""
    items: list[dict[str, Any]] = get_breadcrumbs_items_for_page(
        page, user, "wagtailadmin_explore", "wagtailadmin_explore_root", True, ""
    )
    return items


def side_panel_container(panels: Iterable[Any]) -> Any:
    """Return the container that the template of side panels takes, with the panels' media."""
    return MediaContainer(panels)


def editor_form_field(field: models.Field) -> Field | None:
    """Return the form field by which Wagtail's editor edits a field of a model."""
    found: Field | None = formfield_for_dbfield(field)
    return found
