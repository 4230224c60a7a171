"""What can be wrong with a sending, kept as codes and put in words for whoever reads."""

from enum import StrEnum

from django.utils.translation import gettext as _


class Problem(StrEnum):
    STATUS = "status"
    REDIRECT = "redirect"
    TIMEOUT = "timeout"
    INSIDE = "inside"
    CONNECTION = "connection"


def describe(problem: str, status: int | None, detail: str) -> str:
    """A problem in the language of the reader; empty where there is none.

    Takes the problem, the status of the answer and what else is known: seconds that passed, an
    address in a private network, the system's own words.
    """
    if problem == Problem.STATUS:
        return f"HTTP {status}"
    if problem == Problem.REDIRECT:
        return _("HTTP %(status)s: redirects are not followed") % {"status": status}
    if problem == Problem.TIMEOUT:
        return _("no answer within %(seconds)s seconds") % {"seconds": detail}
    if problem == Problem.INSIDE:
        return _("%(host)s is in a private network") % {"host": detail}
    return detail
