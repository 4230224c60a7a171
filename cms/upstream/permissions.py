"""Permissions on pages beyond Wagtail's documented policies.

From `wagtail.models.pages`, `wagtail.admin.auth` and `wagtail.permission_policies.pages`,
Wagtail 8.0. `Page.permissions_for_user` is documented, the class of what it returns is not; there
is no hook for a single permission of a page.
"""

from collections.abc import Callable
from typing import Any

from wagtail.admin.auth import require_admin_access, user_has_any_page_permission
from wagtail.models.pages import PagePermissionTester

__all__ = ["PagePermissionTester", "require_admin_access"]


def has_any_page_permission(user: Any) -> bool:
    """Tell whether a user may add, edit, publish, lock or unlock any page."""
    return bool(user_has_any_page_permission(user))


def keep_explorable_root(policy: Any, user: Any, find_root: Callable[[], Any]) -> None:
    """Let a page permission policy answer a user's `explorable_root_instance` with another page.

    The policy keeps its answer on the user object, under a name that it holds itself; where one
    is kept already, nothing changes. Keeping ours there costs one query for each request.
    """
    name = policy._explorable_root_instance_cache_name
    if not hasattr(user, name):
        setattr(user, name, find_root())
