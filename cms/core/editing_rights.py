"""Permission to open an editor, its address, and the address to lead to where it is missing."""

from typing import Any

from django.urls import reverse
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page
from wagtail.permissions import page_permission_policy, policy_registry

# Each of them lets a user see a list of snippets.
LISTING = ("add", "change", "delete", "view")


def may_edit(user: Any, instance: Any) -> bool:
    """Whether a user may edit a page or a snippet, by permission or by the task of a workflow."""
    if isinstance(instance, Page):
        return bool(instance.permissions_for_user(user).can_edit())
    policy = policy_registry.get_by_type(type(instance))
    if policy.user_has_permission_for_instance(user, "change", instance):
        return True
    task = getattr(instance, "current_workflow_task", None)
    return task is not None and bool(task.user_can_access_editor(instance, user))


def editable(user: Any, model: type[Any]) -> Any:
    """Return the queryset of a model's objects (pages, snippets, images …) that a user may edit."""
    policy = policy_registry.get_by_type(model)
    return policy.instances_user_has_permission_for(user, "change")


def edit_url(instance: Any) -> str:
    """Return the address at which the admin edits an object, empty where it has no editor.

    Checks no permission, as `AdminURLFinder` does for a user with queries for each object:
    callers ask `may_edit`, or `editable` for many objects at once.
    """
    return AdminURLFinder().get_edit_url(instance) or ""


def edit_url_of(model: type[Any], pk: Any) -> str:
    """Return `edit_url` of an object that is not loaded."""
    # Every page has the editor of `Page`; making one of a specific type would be slower.
    return edit_url(Page(pk=pk) if issubclass(model, Page) else model(pk=pk))


def way_on(user: Any, instance: Any) -> str:
    """The list that an object is in, or the admin's first page where the user sees no such list."""
    if isinstance(instance, Page):
        root = page_permission_policy.explorable_root_instance(user)
        parent = instance.get_parent()
        if root is not None and (parent.pk == root.pk or parent.is_descendant_of(root)):
            return reverse("wagtailadmin_explore", args=[parent.pk])
    else:
        model: Any = type(instance)
        if policy_registry.get_by_type(model).user_has_any_permission(user, LISTING):
            return reverse(model.snippet_viewset.get_url_name("list"))
    return reverse("wagtailadmin_home")
