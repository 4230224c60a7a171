"""Languages in which a user has permissions, limited by the groups' `LanguageLimit`."""

from collections.abc import Collection, Iterable
from typing import Any, Final

from cms.translation.engine.foreign_texts import missing_languages

# The label of an app and the codename of a permission.
Permission = tuple[str, str]

SUBMIT: Final[Permission] = ("wagtail_localize", "submit_translation")
CACHE: Final = "_permissions_by_language"


def languages_with(user: Any, permissions: Collection[Permission]) -> set[int] | None:
    """Return the ids of the locales in which a user has any of the permissions, None for all.

    A user is limited if every group that grants one of the permissions is.
    """
    if user.is_superuser:
        return None
    languages: set[int] = set()
    for permission, is_limited, locale in _permissions_of(user):
        if permission in permissions:
            if not is_limited:
                return None
            languages |= set() if locale is None else {locale}
    return languages


def languages_of(user: Any) -> set[int] | None:
    """Return the ids of the locales that a user may begin translations into, None for all."""
    return languages_with(user, [SUBMIT]) if user.is_active else set()


def may_begin(user: Any, locales: Iterable[int]) -> bool:
    """Return whether a user may begin a translation into one of the locales."""
    languages = languages_of(user)
    return any(languages is None or locale in languages for locale in locales)


def may_begin_any(user: Any) -> bool:
    """Return whether a user may begin translations into any language."""
    return languages_of(user) != set()


def may_translate(user: Any, instance: Any) -> bool:
    """Return whether a user may begin a translation of an object into a language without one."""
    return may_begin(user, missing_languages(instance).values_list("pk", flat=True))


def _permissions_of(user: Any) -> list[tuple[Permission, bool, int | None]]:
    """Return (permission, whether it is limited, locale id), cached on the user."""
    if not hasattr(user, CACHE):
        own = user.user_permissions.values_list("content_type__app_label", "codename")
        of_groups = user.groups.values_list(
            "permissions__content_type__app_label",
            "permissions__codename",
            "language_limit",
            "language_limit__locale",
        )
        found = [((label, codename), False, None) for label, codename in own]
        found += [
            ((label, codename), limit is not None, locale)
            for label, codename, limit, locale in of_groups
        ]
        setattr(user, CACHE, found)
    permissions: list[tuple[Permission, bool, int | None]] = getattr(user, CACHE)
    return permissions
