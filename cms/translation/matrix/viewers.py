"""Permissions of a user on the matrix."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.db.models import Model
from wagtail.models import Page
from wagtail.permissions import policy_registry

from cms.content.models import BaseSnippet, snippet_models
from cms.review.languages import may_begin, may_begin_any

from .families import Family
from .statuses import LanguageVersion

WORKING = ["add", "change", "delete", "publish"]


class Viewer:
    """A user of the admin, with permissions that are read once.

    Sees pages that the explorer lets the user work on, and everything that the user may begin a
    translation of.
    """

    def __init__(self, user: Any) -> None:
        self.user = user
        self._pages = policy_registry.get_by_type(Page)

    @cached_property
    def page_roots(self) -> tuple[str, ...]:
        """Tree paths of the pages at and below which the user has a permission."""
        roots = self._pages.instances_with_direct_explore_permission(self.user)
        return tuple({page.path for page in roots})

    @cached_property
    def begins_translations(self) -> bool:
        return may_begin_any(self.user)

    @cached_property
    def snippet_models(self) -> list[type[BaseSnippet]]:
        """The translatable snippet types that the user may see."""
        return [
            model
            for model in snippet_models()
            if self.begins_translations
            or _policy(model).user_has_any_permission(self.user, [*WORKING, "view"])
        ]

    @property
    def sees_pages(self) -> bool:
        return bool(self.page_roots) or self.begins_translations

    @property
    def sees_anything(self) -> bool:
        return self.sees_pages or bool(self.snippet_models)

    @property
    def works_on_something(self) -> bool:
        """Whether the user has more than the permission to view on anything."""
        return self.sees_pages or any(
            _policy(model).user_has_any_permission(self.user, WORKING)
            for model in self.snippet_models
        )

    def sees(self, family: Family) -> bool:
        """Return whether a user sees a family: by a version, or by a translation to begin."""
        if not issubclass(family.model, Page):
            return True
        works_there = any(map(self._works_at, family.versions.values()))
        return works_there or self.may_submit(family.missing)

    def may_open(self, model: type[Model], version: LanguageVersion, locale: int) -> bool:
        """Return whether the user may edit a version; `locale` is the id of its locale."""
        if issubclass(model, Page):
            return self._works_at(version)
        policy = _policy(model)
        if not policy.user_has_permission(self.user, "change"):
            return False
        languages = policy.languages(self.user, ["change"])
        return languages is None or locale in languages

    def may_submit(self, locales: Iterable[int]) -> bool:
        """Return whether the user may begin a translation into one of the locales."""
        return may_begin(self.user, locales)

    def may_unpublish(self, model: type[Model]) -> bool:
        """Return whether the user may publish any object of the model."""
        policy = self._pages if issubclass(model, Page) else _policy(model)
        may: bool = policy.user_has_permission(self.user, "publish")
        return may

    def _works_at(self, version: LanguageVersion) -> bool:
        return version.path.startswith(self.page_roots)


def _policy(model: type[Any]) -> Any:
    return model.snippet_viewset.permission_policy
