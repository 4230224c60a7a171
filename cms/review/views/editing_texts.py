"""Guard wagtail-localize's views for single texts by locks and the snippet's language.

They check permissions of pages by themselves, but of snippets only whether the user may edit any
of the type (`wagtail_localize.views.edit_translation.user_can_edit_instance`).
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from wagtail.models import Page
from wagtail.permissions import policy_registry
from wagtail_localize.models import Translation

from cms.content.locking import refuse_if_locked
from cms.upstream import localize_views

View = Callable[..., HttpResponse]

VIEWS: Final[dict[str, View]] = {
    "edit_string_translation": localize_views.edit_string_translation,
    "edit_override": localize_views.edit_override,
    "stop_translation": localize_views.stop_translation,
}


def require_edit_permission(view: View) -> View:
    """Decorate a view so that it checks locks and the permission on the target."""

    @wraps(view)
    def guarded(request: HttpRequest, translation_id: int, **kwargs: Any) -> HttpResponse:
        translation = get_object_or_404(Translation, pk=translation_id)
        try:
            target = translation.get_target_instance()
        except ObjectDoesNotExist:
            target = None
        if target is not None and request.method != "GET":
            refuse_if_locked(target, request.user)
        if target is not None and not isinstance(target, Page):
            policy = policy_registry.get(target)
            if not policy.user_has_permission_for_instance(request.user, "change", target):
                raise PermissionDenied
        return view(request, translation_id=translation_id, **kwargs)

    return guarded


def guarded_views() -> dict[str, View]:
    """Return the guarded views by their URL names."""
    return {name: require_edit_permission(view) for name, view in VIEWS.items()}
