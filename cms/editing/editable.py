"""What a user may edit, asked for many objects at once."""

from typing import Any

from wagtail.permissions import policy_registry


def editable(user: Any, model: type[Any]) -> Any:
    """A queryset of the objects of a model (pages, snippets, images …) that a user may edit."""
    policy = policy_registry.get_by_type(model)
    return policy.instances_user_has_permission_for(user, "change")
