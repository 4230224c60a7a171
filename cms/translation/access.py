"""Who may translate what: whoever may edit the page or snippet that a translation makes."""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from wagtail.models import Page
from wagtail_localize.models import Translation


def may_edit(user: Any, target: Any) -> bool:
    """Whether a user may edit a page or snippet in the admin."""
    if isinstance(target, Page):
        return bool(target.permissions_for_user(user).can_edit())
    policy = type(target).snippet_viewset.permission_policy
    return bool(policy.user_has_permission_for_instance(user, "change", target))


def edit_url(target: Any) -> str:
    """Where the admin edits a page or snippet."""
    if isinstance(target, Page):
        return reverse("wagtailadmin_pages:edit", args=[target.pk])
    return reverse(type(target).snippet_viewset.get_url_name("edit"), args=[target.pk])


def editable_translation(request: HttpRequest, translation_id: int) -> tuple[Translation, Any]:
    """A translation and its target, for a user who may edit that.

    Raises Http404 where there is none and PermissionDenied where the user may not.
    """
    translation = get_object_or_404(
        Translation.objects.select_related("source__locale", "target_locale"), pk=translation_id
    )
    try:
        target = translation.get_target_instance()
    except ObjectDoesNotExist as error:
        raise Http404 from error
    if not may_edit(request.user, target):
        raise PermissionDenied
    return translation, target
