"""Applies locks on every path by which a user saves or publishes a draft.

Wagtail's editors check locks, and so does API v3 when it edits. Reverting does not, neither in API
v3 nor in the admin's own API, and nor does wagtail-localize: all of them end in `save_revision`.
Publishing by API v3 and in bulk checks only the permission to publish.
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from wagtail.models import Revision

from cms.upstream.permissions import PagePermissionTester


class Locked(PermissionDenied):
    """Raised where a lock keeps a user from writing, reverting or publishing."""


def refuse_if_locked(instance: Any, user: Any) -> None:
    """Raise Locked where a lock, by a person, a review or a schedule, applies to the user."""
    lock = instance.get_lock()
    if lock is not None and lock.for_user(user):
        raise Locked(_("“%(title)s” is locked: nothing was changed.") % {"title": instance})


RestoreCheck = Callable[[Any, Revision], None]
_restore_checks: list[RestoreCheck] = []


def register_restore_check(check: RestoreCheck) -> None:
    """Call a function with the object and the revision before Wagtail restores that version.

    It raises PermissionDenied where restoring is not for Wagtail.
    """
    _restore_checks.append(check)


class LockedDrafts:
    """Refuses drafts of users for whom the object is locked; code without a user may save.

    Asks the registered checks before an earlier version becomes a draft again.
    """

    def save_revision(self, user: Any = None, *args: Any, **kwargs: Any) -> Any:
        if user is not None:
            refuse_if_locked(self, user)
        if (version := kwargs.get("previous_revision")) is not None:
            for check in _restore_checks:
                check(self, version)
        return super().save_revision(user, *args, **kwargs)  # type: ignore[misc]  # of Wagtail's model beside this


class LockPermissionTester(PagePermissionTester):
    """Refuses to publish a page that is locked for the user, and an alias by itself.

    An alias has the content of its source: Wagtail fails where it is published by itself, in bulk
    or by API.
    """

    def can_publish(self) -> bool:
        is_alias = self.page.alias_of_id is not None
        return bool(super().can_publish() and not is_alias and not self.page_locked())

    def can_set_view_restrictions(self) -> bool:
        # That writes no text. An alias is as private as its source; what it was given of its own
        # would begin to count when it is converted.
        return bool(super().can_publish() and self.page.alias_of_id is None)

    def can_unschedule(self) -> bool:
        # It ends the lock of a schedule.
        return bool(super().can_publish())
