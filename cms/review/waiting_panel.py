"""Panel on the admin's home page with what a reviewer is asked to approve."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.utils import quote
from django.urls import reverse

from cms.core.editing_rights import edit_url, may_edit
from cms.upstream.page_views import WorkflowObjectsToModeratePanel


@dataclass(frozen=True)
class Action:
    """A decision that a reviewer can take; `has_form` where its form asks for something first."""

    name: str
    label: str
    has_form: bool
    url: str


class WaitingPanel(WorkflowObjectsToModeratePanel):
    """Wagtail's panel, with a button to approve in each row and the other decisions in its menu.

    The form of an approval is shown only where it must be, such as for a reviewer's first title.
    """

    class Media:
        css = {"all": ["review/waiting.css"]}

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Any:
        context = super().get_context_data(parent_context)
        user = parent_context["request"].user
        for state in context["states"]:
            # Wagtail leads to no snippet that a reviewer may edit only while it is in review.
            state["edit_url"] = edit_url(state["obj"]) if may_edit(user, state["obj"]) else ""
            actions = [_action(state, *action) for action in state["actions"]]
            # Without a form before with one.
            approvals = [action for action in actions if action.name == "approve"]
            approve = min(approvals, key=lambda action: action.has_form, default=None)
            state["approve"] = approve
            state["other_actions"] = [action for action in actions if action is not approve]
        return context


def _action(state: Mapping[str, Any], name: str, label: str, has_form: bool) -> Action:
    arguments = [quote(state["obj"].pk), name, state["task_state"].pk]
    url = reverse(state["workflow_action_url_name"], args=arguments)
    return Action(name, label, has_form, url)
