"""Admin views of one snippet that ask whether its user may do something with that one.

Wagtail's own ask whether the user may do it with snippets of the type at all.
"""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.contrib.admin.utils import unquote
from django.shortcuts import get_object_or_404
from wagtail.permissions import policy_registry

from .editing_rights import may_edit


class InstancePolicy:
    """A type's permission policy that answers for the snippet which a view is about."""

    def __init__(self, view: Any) -> None:
        self.view = view
        self.policy = policy_registry.get_by_type(view.model)

    def user_has_permission(self, user: Any, action: str) -> bool:
        return bool(self.policy.user_has_permission_for_instance(user, action, self._instance()))

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.policy, name)

    def _instance(self) -> Any:
        """The view's snippet; in front of an empty form one in the language that it will have."""
        return getattr(self.view, "object", None) or self.view.get_initial_form_instance()


class ForThisInstance:
    """Let a view of one snippet ask about that snippet."""

    @cached_property
    def permission_policy(self) -> InstancePolicy:
        return InstancePolicy(self)


class ForWhoMayEdit:
    """Let a view about one page or snippet answer whoever may edit it, as its links promise.

    Wagtail's editor lets in who has a task of a workflow; its history, comparison, usage and
    preview ask for a permission on the type.
    """

    request: Any

    def user_has_permission(self, permission: str) -> bool:
        if permission == "change" and may_edit(self.request.user, self._edited()):
            return True
        return bool(super().user_has_permission(permission))  # type: ignore[misc]  # of the view beside this

    def user_has_any_permission(self, permissions: Iterable[str]) -> bool:
        if "change" in permissions and may_edit(self.request.user, self._edited()):
            return True
        return bool(super().user_has_any_permission(permissions))  # type: ignore[misc]  # as above

    def user_has_permission_for_instance(self, permission: str, instance: Any) -> bool:
        if permission == "change" and may_edit(self.request.user, instance):
            return True
        return bool(super().user_has_permission_for_instance(permission, instance))  # type: ignore[misc]  # as above

    def _edited(self) -> Any:
        found: Any = getattr(self, "object", None) or getattr(self, "edited", None)
        if found is None:
            # Not by `get_object`, which asks for the permission in its turn.
            model: Any = self.model  # type: ignore[attr-defined]  # as above
            found = self.edited = get_object_or_404(model, pk=unquote(str(self.pk)))  # type: ignore[attr-defined]
        return found


class RowPermissions:
    """Let a list of snippets offer for each row what its user may do with that one."""

    def get_edit_url(self, instance: Any) -> str | None:
        return self._allowed("change", instance) and super().get_edit_url(instance)  # type: ignore[misc]  # of the index view beside this

    def get_copy_url(self, instance: Any) -> str | None:
        return self._allowed("add", instance) and super().get_copy_url(instance)  # type: ignore[misc]  # of the index view beside this

    def get_delete_url(self, instance: Any) -> str | None:
        return self._allowed("delete", instance) and super().get_delete_url(instance)  # type: ignore[misc]  # of the index view beside this

    def _allowed(self, action: str, instance: Any) -> Any:
        return self.user_has_permission_for_instance(action, instance) or None  # type: ignore[attr-defined]  # of the index view beside this
