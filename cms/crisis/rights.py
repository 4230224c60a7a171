"""Decide who may confirm crisis help: whoever may publish it."""

from typing import Any

from wagtail.permissions import policy_registry

from pages.models import SiteFurniture


def may_confirm(user: Any, furniture: SiteFurniture) -> bool:
    policy = policy_registry.get_by_type(SiteFurniture)
    return bool(policy.user_has_permission_for_instance(user, "publish", furniture))
