"""Describes the state of a webhook in words."""

from datetime import datetime, timedelta
from typing import Final

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from ..models import Endpoint
from ..models.endpoint import StopReason

TOLERATED_FAILURE: Final = timedelta(minutes=10)


def status_of(endpoint: Endpoint) -> str:
    """Return the state in one or two words, for a list."""
    if endpoint.stopped_at:
        return _("stopped")
    if not endpoint.active:
        return _("switched off")
    return _("failing") if endpoint.failing_since else _("working")


def needs_attention(endpoint: Endpoint) -> bool:
    return bool(endpoint.stopped_at or (endpoint.active and endpoint.failing_since))


def is_urgent(endpoint: Endpoint) -> bool:
    """Return whether the admin's home page shows the webhook.

    It does not for short failures, such as a restart of the receiver.
    """
    if endpoint.stopped_at:
        return True
    since = endpoint.failing_since
    return endpoint.active and since is not None and since < timezone.now() - TOLERATED_FAILURE


def explanation_of(endpoint: Endpoint) -> str:
    """Return an explanation of a failing webhook for its form; empty for one that works."""
    if endpoint.stopped_because == StopReason.GONE:
        return _(
            "The other system has asked for no more messages, so this webhook was switched off."
        )
    if endpoint.stopped_at:
        return _(
            "No message could be delivered for 24 hours, so this webhook was switched off on "
            "%(time)s. Changes are kept and will be sent in order when you switch it on again."
        ) % {"time": _moment(endpoint.stopped_at)}
    if not endpoint.active or not endpoint.failing_since:
        return ""
    if endpoint.next_attempt_at is None:
        return _("Messages have failed; another attempt is about to be made.")
    return _(
        "Messages have failed since %(since)s. The next attempt is at %(next)s. Nothing is lost: "
        "later changes wait until this one has arrived. After 24 hours the webhook is "
        "switched off and you are told by e-mail."
    ) % {"since": _moment(endpoint.failing_since), "next": _moment(endpoint.next_attempt_at)}


def _moment(time: datetime) -> str:
    return date_format(localtime(time), "DATETIME_FORMAT")
