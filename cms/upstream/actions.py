"""Wagtail's actions: publish, unpublish, move and delete with their log entries and signals.

From `wagtail.actions` and the command `publish_scheduled`, Wagtail 8.0. The admin and API v3 act
through these classes. Documented are methods of models (`unpublish`, `delete`, `move`), which
neither ask for permissions nor write the log in the same way.

`PublishRevisionAction` and `CreateAction` are bases of ours; a model names its own in
`publish_action_class` and the snippet viewset in `create_action_class`.
"""

from typing import Any

from wagtail.actions.create import CreateAction
from wagtail.actions.delete import DeleteAction
from wagtail.actions.delete_page import DeletePageAction
from wagtail.actions.move_page import MovePageAction
from wagtail.actions.publish_revision import PublishPermissionError, PublishRevisionAction
from wagtail.actions.registry import action_registry
from wagtail.actions.unpublish import UnpublishAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.management.commands.publish_scheduled import Command as PublishScheduledCommand

__all__ = [
    "CreateAction",
    "PublishPermissionError",
    "PublishRevisionAction",
    "PublishScheduledCommand",
]


def create_action(instance: Any) -> Any:
    """Return the class of the action that creates objects of an instance's type."""
    return action_registry.get_action_class(type(instance), "create")


def unpublish_page(page: Any, user: Any, *, include_descendants: bool) -> None:
    """Unpublish a page, and the pages below it if asked for. The caller has checked permissions."""
    action = UnpublishPageAction(page, user=user, include_descendants=include_descendants)
    action.execute(skip_permission_checks=True)


def delete_page(page: Any, user: Any) -> None:
    """Delete a page with the pages below it. The caller has checked permissions."""
    DeletePageAction(page, user=user).execute(skip_permission_checks=True)


def move_page(page: Any, parent: Any, user: Any) -> None:
    """Make a page the last child of another. Raises MovePagePermissionError."""
    MovePageAction(page, parent, pos="last-child", user=user).execute()


def unpublish_snippet(snippet: Any, user: Any) -> None:
    """Unpublish a snippet. The caller has checked permissions."""
    UnpublishAction(snippet, user=user).execute(skip_permission_checks=True)


def delete_snippet(snippet: Any, user: Any) -> None:
    """Delete a snippet. The caller has checked permissions."""
    DeleteAction(snippet, user=user).execute(skip_permission_checks=True)
