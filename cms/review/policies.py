"""Who may do what with shared content, language by language."""

from collections.abc import Collection
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models import Q
from wagtail.permission_policies import ModelPermissionPolicy

from .models import LanguageLimit

# Reading takes no language: translators see what they translate from.
UNLIMITED = "view"
CACHE = "_languages_of_shared_content"


class LanguagePermissionPolicy(ModelPermissionPolicy):
    """Permissions on a type of shared content, which some groups have in one language only.

    Whether a user may do something at all is Django's own permission. With an object it counts
    in the object's language, if the user has it from a group that is limited to another.
    """

    def languages(self, user: Any, actions: Collection[str]) -> set[int] | None:
        """The locales in which a user may do any of some things, None for all of them."""
        known: dict[Any, set[int] | None] = getattr(user, CACHE, {})
        setattr(user, CACHE, known)
        key = (self.auth_model, frozenset(actions))
        if key not in known:
            known[key] = self._languages(user, actions)
        return known[key]

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        if not self.user_has_permission(user, action):
            return False
        languages = self.languages(user, [action])
        return languages is None or instance.locale_id in languages

    def instances_user_has_any_permission_for(self, user: Any, actions: Collection[str]) -> Any:
        allowed = [action for action in actions if self.user_has_permission(user, action)]
        if not allowed:
            return self.model._default_manager.none()
        languages = self.languages(user, allowed)
        everything = self.model._default_manager.all()
        return everything if languages is None else everything.filter(locale__in=languages)

    def users_with_any_permission_for_instance(
        self, actions: Collection[str], instance: Any
    ) -> Any:
        permissions = self._get_permission_objects_for_actions(actions)
        groups = Group.objects.filter(permissions__in=permissions)
        if UNLIMITED not in actions:
            in_language = Q(language_limit=None) | Q(language_limit__locale=instance.locale_id)
            groups = groups.filter(in_language)
        users = Q(is_superuser=True) | Q(user_permissions__in=permissions) | Q(groups__in=groups)
        return get_user_model()._default_manager.filter(users, is_active=True).distinct()

    def _languages(self, user: Any, actions: Collection[str]) -> set[int] | None:
        if user.is_superuser or UNLIMITED in actions:
            return None
        permissions = self._get_permission_objects_for_actions(actions)
        if user.user_permissions.filter(pk__in=permissions).exists():
            return None
        groups = user.groups.filter(permissions__in=permissions)
        if groups.filter(language_limit=None).exists():
            return None
        limits = LanguageLimit.objects.filter(group__in=groups, locale__isnull=False)
        return set(limits.values_list("locale", flat=True))
