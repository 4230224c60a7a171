"""django-axes' record of wrong passwords, asked about names that are no users.

From `axes.handlers.proxy`, django-axes 8.3. Documented is the handler class that counts, which a
setting names; it counts for `authenticate()`. The password of a private page is no login, so that
we ask and tell the configured handler ourselves.
"""

from datetime import datetime
from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from django.db.models import Max
from django.http import HttpRequest


def may_try(request: HttpRequest, name: str) -> bool:
    """Tell whether another password may be tried for a name."""
    return bool(AxesProxyHandler.is_allowed(request, {"username": name}))


def record_failure(sender: str, request: HttpRequest, name: str) -> None:
    """Count a wrong password for a name."""
    AxesProxyHandler.user_login_failed(sender, {"username": name}, request)


def forget_failures(name: str, ip_address: str) -> None:
    """Delete the failures for a name from an address."""
    AxesProxyHandler.reset_attempts(username=name, ip_address=ip_address)


def last_failure(request: HttpRequest, name: str) -> datetime:
    """Return the time of the latest failure among those that count for a request.

    Raises ValueError where there is none.
    """
    handler: Any = AxesProxyHandler.get_implementation()
    counted = handler.get_user_attempts(request, {"username": name})
    times = (rows.aggregate(Max("attempt_time"))["attempt_time__max"] for rows in counted)
    latest: datetime = max(filter(None, times))
    return latest
