"""Sends e-mails about endpoints that were switched off."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.admin.mail import send_mail
from wagtail.admin.utils import get_admin_base_url
from wagtail.permissions import policy_registry
from wagtail.users.models import UserProfile

from .models import Attempt, Endpoint


def send_stop_email(endpoint: Endpoint, attempt: Attempt) -> None:
    """Send an e-mail to each user who may change webhooks, in the language of their admin."""
    for user in _recipients():
        with override(UserProfile.get_for_user(user).get_preferred_language()):
            send_mail(_subject(endpoint), _text(endpoint, attempt), [user.email])


def _recipients() -> Any:
    policy = policy_registry.get_by_type(Endpoint)
    users = policy.users_with_permission("change")
    active = get_user_model().objects.filter(Q(pk__in=users.values("pk")), is_active=True)
    return active.exclude(email="").order_by("pk")


def _subject(endpoint: Endpoint) -> str:
    return _("The webhook “%(name)s” was switched off") % {"name": endpoint.name}


def _text(endpoint: Endpoint, attempt: Attempt) -> str:
    address = get_admin_base_url() or ""
    return _(
        "%(url)s has not taken a message for 24 hours, or asked for no more of them. "
        "The last answer was: %(error)s.\n\n"
        "Nothing is lost: changes are kept. Once the other system works again, switch the "
        "webhook on, and everything is sent in order:\n\n%(admin)s"
    ) % {
        "url": endpoint.url,
        "error": attempt.error,
        "admin": address + reverse("webhooks:edit", args=[endpoint.pk]),
    }
