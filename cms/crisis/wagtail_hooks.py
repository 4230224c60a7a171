"""Register the confirmation of crisis help in the Wagtail admin."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from cms.upstream.snippets import ListingButton
from pages.crisis_help import CONFIRMED
from pages.models import SiteFurniture

from .panel import CrisisHelpPanel
from .rights import may_confirm
from .views import ConfirmCrisisHelpView


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern]:
    """Register the page on which crisis help is confirmed."""
    return [
        path(
            "crisis-help/<int:pk>/confirm/",
            ConfirmCrisisHelpView.as_view(),
            name="confirm_crisis_help",
        )
    ]


@hooks.register("construct_homepage_panels")
def add_panel(request: HttpRequest, panels: list[Any]) -> None:
    """Say on the admin's first page where crisis help must be confirmed."""
    if panel := CrisisHelpPanel.of_what_is_due():
        panels.insert(0, panel)


@hooks.register("register_snippet_listing_buttons")
def register_button(snippet: Any, user: Any, next_url: str | None = None) -> Iterator[Any]:
    """Offer to confirm crisis help in the list, also before it is due."""
    if isinstance(snippet, SiteFurniture) and may_confirm(user, snippet):
        yield ListingButton(
            _("Check and confirm"),
            url=reverse("confirm_crisis_help", args=[snippet.pk]),
            icon_name="check",
            priority=50,
        )


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    """Name the confirmation in the history."""
    actions.register_action(
        CONFIRMED, _("Confirm the crisis help"), _("Numbers and hours checked and confirmed")
    )
