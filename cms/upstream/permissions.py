"""Permissions on pages and snippets beyond Wagtail's documented policies.

From `wagtail.models.pages`, `wagtail.admin.auth`, `wagtail.permission_policies.pages` and
`wagtail.snippets.models`, Wagtail 8.0. `Page.permissions_for_user` is documented, the class of what
it returns is not; there is no hook for a single permission of a page. The permissions of snippets
are made after `migrate`, which is too late for a migration or command that gives them to groups.
"""

from collections.abc import Callable
from typing import Any

from django.apps import AppConfig
from wagtail.admin.auth import require_admin_access, user_has_any_page_permission
from wagtail.models.pages import PagePermissionTester
from wagtail.snippets.models import create_extra_permissions

__all__ = ["PagePermissionTester", "require_admin_access"]


def has_any_page_permission(user: Any) -> bool:
    """Tell whether a user may add, edit, publish, lock or unlock any page."""
    return bool(user_has_any_page_permission(user))


def keep_explorable_root(policy: Any, user: Any, find_root: Callable[[], Any]) -> None:
    """Let a page permission policy answer a user's `explorable_root_instance` with another page.

    The policy keeps its answer on the user object, under a name that it holds itself; where one
    is kept already, nothing changes. So ours is looked up once for each request.
    """
    name = policy._explorable_root_instance_cache_name
    if not hasattr(user, name):
        setattr(user, name, find_root())


def create_snippet_permissions(snippets_app: AppConfig) -> None:
    """Create the permissions to publish, lock and unlock snippets, as `migrate` does at its end.

    Takes the app `wagtailsnippets`.
    """
    create_extra_permissions(snippets_app)
