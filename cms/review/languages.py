"""In which languages a user works."""

from typing import Any

from .models import LanguageLimit


def languages_of(user: Any) -> set[int] | None:
    """The locales that a user may begin translations into, None for all.

    A user is limited where each of the groups that give the permission is.
    """
    if user.is_superuser:
        return None
    permission = {
        "permissions__content_type__app_label": "wagtail_localize",
        "permissions__codename": "submit_translation",
    }
    groups = user.groups.filter(**permission).distinct()
    if not groups.exists() or groups.filter(language_limit=None).exists():
        return None
    limits = LanguageLimit._default_manager.filter(group__in=groups, locale__isnull=False)
    return set(limits.values_list("locale", flat=True))
