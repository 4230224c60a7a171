"""Panel on the admin's home page that says where crisis help must be confirmed."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from wagtail.admin.ui.components import Component
from wagtail.models import Locale

from cms.core.editing_rights import edit_url, may_edit
from pages.crisis_help import CrisisHelpState, crisis_help_states

from .rights import may_confirm


class CrisisHelpPanel(Component):
    """Lists the languages whose crisis help is missing, unconfirmed, or confirmed long ago."""

    name = "crisis_help"
    template_name = "crisis/panel.html"
    # Before everything that only concerns work.
    order = 10

    def __init__(self, states: list[CrisisHelpState]) -> None:
        self.states = states

    @classmethod
    def of_what_is_due(cls) -> "CrisisHelpPanel | None":
        """Return the panel, None where nothing is due."""
        states = [state for state in crisis_help_states(*Locale.objects.all()) if state.is_due]
        return cls(states) if states else None

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Any:
        user = parent_context["request"].user
        return {
            "rows": [
                {
                    "state": state,
                    "language": state.locale.language_code,
                    "confirm_url": _confirm_url(user, state),
                    "edit_url": _edit_url(user, state),
                }
                for state in self.states
            ]
        }


def _confirm_url(user: Any, state: CrisisHelpState) -> str:
    if state.furniture is None or not may_confirm(user, state.furniture):
        return ""
    return reverse("confirm_crisis_help", args=[state.furniture.pk])


def _edit_url(user: Any, state: CrisisHelpState) -> str:
    furniture = state.furniture
    return edit_url(furniture) if furniture and may_edit(user, furniture) else ""
