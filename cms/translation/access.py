"""Who may translate what: whoever may edit the page or snippet that a translation makes."""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from wagtail_localize.models import Translation

from cms.core.editing_rights import edit_url, may_edit

__all__ = ["edit_url", "editable_translation", "may_edit"]


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
