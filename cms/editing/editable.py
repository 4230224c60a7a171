"""What a user may edit, asked for many objects at once."""

from collections.abc import Iterable
from typing import Any

from wagtail.models import Page
from wagtail.permissions import policy_registry


def editable_pages(user: Any) -> Any:
    """A queryset of the pages that a user may edit."""
    return policy_registry.get_by_type(Page).instances_user_has_permission_for(user, "change")


def editable_among(user: Any, keys: Iterable[int]) -> set[int]:
    """Those of some page ids that a user may edit."""
    return set(editable_pages(user).filter(pk__in=list(keys)).values_list("pk", flat=True))


def may_edit(user: Any, snippet_model: Any) -> bool:
    """Whether a user may edit the snippets of a model."""
    return bool(policy_registry.get_by_type(snippet_model).user_has_permission(user, "change"))
