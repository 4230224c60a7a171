"""Giving groups what they may do, before or after Django has made its permissions."""

from collections.abc import Iterable
from typing import Any, Final

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from wagtail.models import GroupPagePermission, Page

from cms.content.models import snippet_models
from cms.upstream.snippets import create_snippet_permissions

APPS: Final = ("pages", "faq", "translation", "wagtailcore", "wagtailadmin", "wagtail_localize")
GLOSSARY: Final = ("add_term", "change_term", "view_term")


def make_permissions() -> None:
    """Make the permissions that groups are about to be given.

    Django makes those of each app after all migrations, one app after another, ours too early.
    """
    for label in APPS:
        create_permissions(apps.get_app_config(label), verbosity=0)
    create_snippet_permissions(apps.get_app_config("wagtailsnippets"))


def permit(group: Group, *, snippets: Iterable[str] = (), translating: bool = False) -> None:
    """Let a group into the admin, and do with every type of shared content what is named.

    Takes actions such as "change", and whether the group may begin translations and keep the
    glossary.
    """
    group.permissions.add(*_permissions(snippets, translating))


def permit_pages(group: Group, page: Page, actions: Iterable[str]) -> None:
    """Let a group do with a page and all below it what is named, such as "change"."""
    for action in actions:
        permission = Permission.objects.get(
            content_type__app_label="wagtailcore", codename=f"{action}_page"
        )
        GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)


def _permissions(snippets: Iterable[str], translating: bool) -> Any:
    wanted = Q(content_type__app_label="wagtailadmin", codename="access_admin")
    for model in snippet_models():
        codenames = [f"{action}_{model._meta.model_name}" for action in snippets]
        wanted |= Q(content_type__app_label=model._meta.app_label, codename__in=codenames)
    if translating:
        wanted |= Q(content_type__app_label="wagtail_localize", codename="submit_translation")
        wanted |= Q(content_type__app_label="translation", codename__in=GLOSSARY)
    return Permission.objects.filter(wanted)
