"""Find the translations that a page or snippet is the source or the target of."""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from wagtail_localize.models import Translation

from cms.core.editing_rights import may_edit


def translations_of(instance: Any) -> list[Translation]:
    """Return all translations of the object and its versions in other languages, in one query."""
    return list(
        Translation.objects.filter(source__object_id=instance.translation_key).select_related(
            "source__locale", "source__specific_content_type", "target_locale"
        )
    )


def to_others(instance: Any, translations: list[Translation]) -> list[Translation]:
    """Return those of which the object is the source."""
    return [each for each in translations if each.source.locale_id == instance.locale_id]


def to_itself(instance: Any, translations: list[Translation]) -> Translation | None:
    """Return the one of which the object is the target, None without one."""
    return next(
        (each for each in translations if each.target_locale_id == instance.locale_id), None
    )


def has_source(translation: Translation) -> bool:
    """Return whether the source of a translation still exists."""
    try:
        translation.source.get_source_instance()
    except ObjectDoesNotExist:
        return False
    return True


def editable_translation(user: Any, translation_id: int) -> tuple[Translation, Any]:
    """Return a translation and its target, for a user who may edit the target.

    Raises Http404 where there is none and PermissionDenied where the user may not.
    """
    translation = get_object_or_404(
        Translation.objects.select_related("source__locale", "target_locale"), pk=translation_id
    )
    try:
        target = translation.get_target_instance()
    except ObjectDoesNotExist as error:
        raise Http404 from error
    if not may_edit(user, target):
        raise PermissionDenied
    return translation, target
