"""Titles, addresses, permissions, menus and panels of a target in the admin: page or snippet."""

from abc import ABC, abstractmethod
from typing import Any

from django.contrib.admin.utils import quote
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.locks import WorkflowLock
from wagtail.models import Page
from wagtail.permissions import policy_registry

from cms.core.editing_rights import may_edit
from cms.upstream.admin_views import latest_title
from cms.upstream.editor_parts import (
    BaseLock,
    BasicLock,
    Button,
    ChecksSidePanel,
    PageStatusSidePanel,
    PreviewSidePanel,
    ScheduledForPublishLock,
    SnippetStatusSidePanel,
    page_action_menu,
    page_breadcrumbs,
    page_header_buttons,
    snippet_action_menu,
)


class AdminTarget(ABC):
    """A page or snippet as its latest revision has it, for the user of a request."""

    def __init__(self, target: Any, request: HttpRequest) -> None:
        self.target = target
        self.request = request
        self.user: Any = request.user

    @staticmethod
    def of(target: Any, request: HttpRequest) -> "AdminTarget":
        kind = AdminPage if isinstance(target, Page) else AdminSnippet
        return kind(target, request)

    @property
    def title(self) -> str:
        return latest_title(self.target)

    @property
    def type_name(self) -> str:
        return str(capfirst(self.target._meta.verbose_name))

    @cached_property
    def lock(self) -> BaseLock | None:
        return self.target.get_lock()

    @cached_property
    def is_locked(self) -> bool:
        """Whether a lock keeps this user from changing anything."""
        return self.lock is not None and bool(self.lock.for_user(self.user))

    @property
    def is_scheduled(self) -> bool:
        """Whether a version goes live by itself: until then, nobody may change it."""
        return isinstance(self.lock, ScheduledForPublishLock)

    @property
    def live_url(self) -> str | None:
        """Return the public address; None where it has none of its own or is not live."""
        return getattr(self.target, "full_url", None) if self.target.live else None

    def url(self, view: str, *arguments: Any) -> str:
        """Return the address of one of Wagtail's views of the target."""
        return reverse(self._url_name(view), args=[quote(self.target.pk), *arguments])

    def translations(self) -> list[dict[str, Any]]:
        """Return the locale and edit address of each translation, for the language switcher."""
        others = self.target.get_translations().select_related("locale")
        name = self._url_name("edit")
        return [
            {"locale": each.locale, "url": reverse(name, args=[quote(each.pk)])} for each in others
        ]

    def side_panels(self, preview_url: str) -> list[Any]:
        panels = [self._status_panel()]
        if self.target.is_previewable():
            panels += [
                PreviewSidePanel(self.target, self.request, preview_url=preview_url),
                ChecksSidePanel(self.target, self.request),
            ]
        return panels

    def context(self) -> dict[str, Any]:
        """Return the template context that Wagtail's side panels and footer buttons read."""
        return {
            "locked_for_user": self.is_locked,
            "user_can_lock": (self.lock is None or isinstance(self.lock, WorkflowLock))
            and self.may("lock"),
            "user_can_unlock": isinstance(self.lock, BasicLock) and self.may("unlock"),
            "draftstate_enabled": True,
            "publishing_will_cancel_workflow": self.target.workflow_in_progress,
            "confirm_workflow_cancellation_url": self.url("confirm_workflow_cancellation"),
        }

    def _status(self) -> dict[str, Any]:
        """Return what the status panels of pages and snippets both show."""
        return {
            "live_object": self.target,
            "scheduled_object": self.target.get_scheduled_revision_as_object(),
            "locale": self.target.locale,
            "translations": self.translations(),
        }

    @abstractmethod
    def may(self, action: str) -> bool:
        """Whether the user may edit, publish, delete, lock or unlock the target."""

    @abstractmethod
    def may_schedule(self) -> bool:
        """Whether the user may set times: who may publish some version, whatever this one lacks."""

    @abstractmethod
    def breadcrumbs(self) -> list[dict[str, Any]]: ...

    @abstractmethod
    def more_buttons(self) -> list[Button]:
        """Return the buttons of the header's menu."""

    @abstractmethod
    def action_menu(self) -> Any:
        """Return Wagtail's menu of form actions."""

    @abstractmethod
    def _url_name(self, view: str) -> str: ...

    @abstractmethod
    def _status_panel(self) -> Any: ...


class AdminPage(AdminTarget):
    @cached_property
    def _permissions(self) -> Any:
        return self.target.permissions_for_user(self.user)

    def may(self, action: str) -> bool:
        return bool(getattr(self._permissions, f"can_{action}")())

    def may_schedule(self) -> bool:
        return self.may("unschedule")

    def breadcrumbs(self) -> list[dict[str, Any]]:
        items = page_breadcrumbs(self.target, self.user)
        # Who may only review has no way there through the pages above.
        return items or [{"url": "", "label": self.title}]

    def more_buttons(self) -> list[Button]:
        return page_header_buttons(self.target, self.user, self.request.path)

    def action_menu(self) -> Any:
        return page_action_menu(self.request, self.target, self.lock, self.is_locked)

    def _url_name(self, view: str) -> str:
        return f"wagtailadmin_pages:{view}"

    def _status_panel(self) -> Any:
        return PageStatusSidePanel(self.target, self.request, **self._status())


class AdminSnippet(AdminTarget):
    @property
    def _viewset(self) -> Any:
        return self.target.snippet_viewset

    def may(self, action: str) -> bool:
        if action == "edit":
            return may_edit(self.user, self.target)
        task = self.target.current_workflow_task
        if task is not None and not self.user.is_superuser:
            if action == "lock":
                return bool(task.user_can_lock(self.target, self.user))
            if action == "unlock" and task.user_can_unlock(self.target, self.user):
                return True
        if action == "unlock" and self.target.locked_by_id == self.user.pk:
            return True
        policy = policy_registry.get_by_type(type(self.target))
        return bool(policy.user_has_permission_for_instance(self.user, action, self.target))

    def may_schedule(self) -> bool:
        return self.may("publish")

    def breadcrumbs(self) -> list[dict[str, Any]]:
        listing = reverse(self._url_name("list"))
        plural = capfirst(self.target._meta.verbose_name_plural)
        own = [{"url": listing, "label": plural}, {"url": "", "label": self.title}]
        return [*self._viewset.breadcrumbs_items, *own]

    def more_buttons(self) -> list[Button]:
        buttons = [Button(_("History"), self.url("history"), icon_name="history", priority=20)]
        if self.may("delete"):
            buttons.append(Button(_("Delete"), self.url("delete"), icon_name="bin", priority=30))
        return buttons

    def action_menu(self) -> Any:
        return snippet_action_menu(self.request, self.target, self.is_locked)

    def context(self) -> dict[str, Any]:
        return {
            **super().context(),
            "lock_url": self.url("lock"),
            "unlock_url": self.url("unlock"),
            "workflow_history_url": self.url("workflow_history"),
            "revisions_compare_url_name": self._url_name("revisions_compare"),
        }

    def _url_name(self, view: str) -> str:
        return str(self._viewset.get_url_name(view))

    def _status_panel(self) -> Any:
        return SnippetStatusSidePanel(
            self.target,
            self.request,
            **self._status(),
            usage_url=self.url("usage"),
            history_url=self.url("history"),
        )
