"""Registers webhooks in the Wagtail admin: views, log actions and a panel of failing ones."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.permissions import policy_registry

from .admin.actions import RESUMED, ROTATED, SKIPPED
from .admin.status import explanation_of, is_urgent
from .admin.viewset import EndpointViewSet
from .models import Endpoint


@hooks.register("register_admin_viewset")
def register_viewset() -> EndpointViewSet:
    return EndpointViewSet("webhooks")


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    actions.register_action(ROTATED, _("New secret"), _("New secret made"))
    actions.register_action(SKIPPED, _("Skip a message"), _("Message skipped"))
    actions.register_action(RESUMED, _("Switch on"), _("Switched on again"))


class FailingWebhooksPanel(Component):
    """Panel on the admin's home page that lists failing webhooks."""

    name = "failing_webhooks"
    template_name = "webhooks/home_panel.html"
    order = 50

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {
            "endpoints": [
                {"endpoint": endpoint, "explanation": explanation_of(endpoint)}
                for endpoint in Endpoint.objects.all()
                if is_urgent(endpoint)
            ]
        }


@hooks.register("construct_homepage_panels")
def add_failing_webhooks(request: HttpRequest, panels: list[Component]) -> None:
    policy = policy_registry.get_by_type(Endpoint)
    if policy.user_has_permission(request.user, "change"):
        panels.append(FailingWebhooksPanel())
