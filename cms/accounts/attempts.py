"""Count wrong passwords and tell how long to wait, with django-axes.

django-axes counts failures of every `authenticate()` in the database. The password of a private
page is no login: `forms.RestrictionPasswordForm` reports its failures here under a name that no
user can have.
"""

from datetime import timedelta
from http import HTTPStatus
from ipaddress import ip_address
from typing import Any, Final

from axes.handlers.database import AxesDatabaseHandler
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import ngettext

from cms.upstream import login_attempts

# Failures from all addresses together that count as one from a single address: one address alone
# cannot lock an editor out everywhere, and many addresses together cannot guess without limit.
ADDRESSES: Final = 10


class AttemptsHandler(AxesDatabaseHandler):
    """Count failures for a name from one address, and from all addresses with less weight.

    `AXES_LOCKOUT_PARAMETERS` lists the two counts in this order.
    """

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        here, anywhere = (
            sum(attempts.values_list("failures_since_start", flat=True))
            for attempts in self.get_user_attempts(request, credentials)
        )
        return int(max(here, anywhere // ADDRESSES))


def client_address(request: HttpRequest) -> str:
    """Return the IP address of a request's client, as the trusted proxy saw it.

    A proxy appends the address that it sees to `X-Forwarded-For`; what precedes it can be forged.
    """
    seen: str = request.META.get("REMOTE_ADDR", "")
    if settings.TRUST_X_FORWARDED_FOR:
        seen = request.headers.get("X-Forwarded-For", seen).rpartition(",")[2].strip()
    try:
        return str(ip_address(seen))
    except ValueError:
        return "0.0.0.0"  # noqa: S104  # no client's address


def is_allowed(request: HttpRequest, name: str) -> bool:
    """Return whether another password for the name may be tried."""
    return login_attempts.may_try(request, name)


def note_failure(request: HttpRequest, name: str) -> None:
    """Count a wrong password for the name."""
    login_attempts.record_failure(__name__, request, name)


def forget_failures(request: HttpRequest, name: str) -> None:
    """Reset the count for the name at this address, after a right password."""
    login_attempts.forget_failures(name, client_address(request))


def waiting_message(request: HttpRequest, name: str) -> str | None:
    """Return a sentence with the minutes to wait before the next try; None if one is allowed."""
    if is_allowed(request, name):
        return None
    left = login_attempts.last_failure(request, name) + settings.AXES_COOLOFF_TIME - timezone.now()
    minutes = max(1, -(-left // timedelta(minutes=1)))
    return ngettext(
        "Too many attempts with the wrong password. Wait %(minutes)s minute, then try again.",
        "Too many attempts with the wrong password. Wait %(minutes)s minutes, then try again.",
        minutes,
    ) % {"minutes": minutes}


def mark_too_many_requests(
    request: HttpRequest, response: HttpResponse, credentials: dict[str, Any] | None = None
) -> HttpResponse:
    """Set status 429 (RFC 6585, 4) and Retry-After on the response of a locked form.

    The form itself tells the time to wait.
    """
    response.status_code = HTTPStatus.TOO_MANY_REQUESTS
    response["Retry-After"] = str(int(settings.AXES_COOLOFF_TIME.total_seconds()))
    return response
