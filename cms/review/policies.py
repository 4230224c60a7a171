"""Permission policies of shared content by language, Wagtail's actions that ask them, and the
policy by which the explorer shows pages."""

from collections.abc import Collection
from typing import Any

from django.contrib.auth import get_permission_codename, get_user_model
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.models import Page
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permission_policies.pages import PagePermissionPolicy

from cms.content.locking import refuse_if_locked
from cms.upstream.actions import CreateAction, PublishPermissionError, PublishRevisionAction
from cms.upstream.permissions import keep_explorable_root

from .languages import languages_with, may_begin_any

# Viewing is not limited: translators see the originals.
UNLIMITED = "view"


class LanguagePermissionPolicy(ModelPermissionPolicy):
    """Model permissions on shared content that a `LanguageLimit` limits to a language.

    Without an instance Django's permission alone counts; with one, also the instance's locale.
    """

    def languages(self, user: Any, actions: Collection[str]) -> set[int] | None:
        """Return the ids of the locales in which a user may do any of the actions, None for all."""
        if UNLIMITED in actions:
            return None
        names = [(self.app_label, codename) for codename in self._codenames(actions)]
        return languages_with(user, names)

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
        permissions = Permission.objects.filter(
            content_type=ContentType.objects.get_for_model(self.model),
            codename__in=self._codenames(actions),
        )
        groups = Group.objects.filter(permissions__in=permissions)
        if UNLIMITED not in actions:
            in_language = Q(language_limit=None) | Q(language_limit__locale=instance.locale_id)
            groups = groups.filter(in_language)
        users = Q(is_superuser=True) | Q(user_permissions__in=permissions) | Q(groups__in=groups)
        return get_user_model()._default_manager.filter(users, is_active=True).distinct()

    def _codenames(self, actions: Collection[str]) -> list[str]:
        return [get_permission_codename(action, self.model._meta) for action in actions]


class PagesToTranslatePolicy(PagePermissionPolicy):
    """Let users who may begin translations explore all pages, without permission to edit them.

    Wagtail's explorer shows only pages below which a user has a permission, and a page without a
    translation is below none of a translator's pages.
    """

    def explorable_root_instance(self, user: Any) -> Any:
        if may_begin_any(user):
            keep_explorable_root(self, user, Page.get_first_root_node)
        return super().explorable_root_instance(user)

    def explorable_instances(self, user: Any) -> Any:
        if user.is_active and may_begin_any(user):
            return self.model._default_manager.all()
        return super().explorable_instances(user)


class PublishInLanguageAction(PublishRevisionAction):
    """Publish shared content only in the user's language and where no lock forbids it.

    Wagtail's own asks whether the user may publish any object of the type. API v3 acts by it.
    """

    def check(self, skip_permission_checks: bool = False) -> None:
        super().check(skip_permission_checks)
        if skip_permission_checks or not self.user:
            return
        policy = self.permission_policy
        if not policy.user_has_permission_for_instance(self.user, "publish", self.object):
            raise PublishPermissionError("You do not have permission to publish in this language.")
        refuse_if_locked(self.object, self.user)


class CreateInLanguageAction(CreateAction):
    """Create shared content only in the user's language; as above."""

    def user_has_permission(self) -> bool:
        wanted: list[Any] = ["add", *(["publish"] if self.publish else [])]
        return all(
            self.permission_policy.user_has_permission_for_instance(
                self.user, action, self.instance
            )
            for action in wanted
        )
