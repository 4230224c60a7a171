"""Grant permissions to groups, also before Django has created its permissions."""

from collections.abc import Iterable
from typing import Any, Final

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from wagtail.models import GroupPagePermission, Page

from cms.content.models import snippet_models
from cms.upstream.permissions import create_snippet_permissions

APPS: Final = (
    "pages",
    "faq",
    "search",
    "translation",
    "wagtailcore",
    "wagtailadmin",
    "wagtail_localize",
)
GLOSSARY: Final = ("add_term", "change_term", "view_term")


def make_permissions() -> None:
    """Create the permissions that groups need.

    Django creates those of each app after all migrations, some of them after our handlers.
    """
    for label in APPS:
        create_permissions(apps.get_app_config(label), verbosity=0)
    create_snippet_permissions(apps.get_app_config("wagtailsnippets"))


def permit(
    group: Group,
    *,
    snippets: Iterable[str] = (),
    translating: bool = False,
    word_lists: bool = False,
) -> None:
    """Grant a group access to the admin and some actions on every snippet type.

    `snippets` are actions such as "change"; `translating` adds the permissions to begin
    translations and edit the glossary, `word_lists` those to keep the lists of the search.
    """
    group.permissions.add(*_permissions(snippets, translating, word_lists))


def permit_pages(group: Group, page: Page, actions: Iterable[str]) -> None:
    """Grant a group actions, such as "change", on a page and all below it."""
    for action in actions:
        permission = Permission.objects.get(
            content_type__app_label="wagtailcore", codename=f"{action}_page"
        )
        GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)


def _permissions(snippets: Iterable[str], translating: bool, word_lists: bool) -> Any:
    wanted = Q(content_type__app_label="wagtailadmin", codename="access_admin")
    for model in snippet_models():
        codenames = [f"{action}_{model._meta.model_name}" for action in snippets]
        wanted |= Q(content_type__app_label=model._meta.app_label, codename__in=codenames)
    if translating:
        wanted |= Q(content_type__app_label="wagtail_localize", codename="submit_translation")
        wanted |= Q(content_type__app_label="translation", codename__in=GLOSSARY)
    if word_lists:
        wanted |= Q(content_type__app_label="search")
    return Permission.objects.filter(wanted)
