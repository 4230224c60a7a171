"""Admin views of one snippet that ask whether its user may do something with that one.

Wagtail's own ask whether the user may do it with snippets of the type at all.
"""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from wagtail.permissions import policy_registry


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
