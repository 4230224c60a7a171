"""Refuse to let content become public that no clinical reviewer has approved.

Whatever publishes ends in saving the object: editors, workflows, schedules, the API, code. So
these steps of `cms.saving` before the write decide, and write on the object who has approved what
it now says. A publication time is refused when it is set, rather than when it comes.
"""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from wagtail.models import Revision, TaskState

from cms.content.clinical_review import ClinicalContent, ReviewRequired, is_review_suspended
from cms.content.content_digest import digest_of_data, shows_content
from cms.core.changes import Change

from .models import Approval, Waiver


@dataclass(frozen=True)
class Approvals:
    """All approvals of the content that a save writes, the latest first."""

    found: list[Approval]


def check_review(change: Change) -> None:
    """Write on the object who has approved it.

    Raises ReviewRequired where the public would read what nobody has approved.
    """
    if change.fields is not None and not shows_content(change.after, change.fields):
        return
    content = clinical_content(change)
    if content is None:
        return
    found = Approval.objects.all_covering(content)
    if change.fields is None:
        Approval.objects.tell(content, found)
        change.remember(Approvals(found))
    if content.live and not found and not _is_exempt(content, change.before):
        raise ReviewRequired(_refusal(content))


def check_draft(change: Change) -> None:
    """Raises ReviewRequired for the publication time of a revision that nobody has approved.

    Raises PermissionDenied where a version that is in review would be overwritten, as autosave
    does with a version of the same user: reviewers would approve other words than they read.
    """
    instance: Revision = change.after
    model = instance.content_type.model_class()
    if not _needs_review(model) or is_review_suspended():
        return
    if instance.pk is not None and _is_in_review(instance):
        stored = Revision.objects.values_list("content", flat=True).get(pk=instance.pk)
        if digest_of_data(model, stored) != digest_of_data(model, instance.content):
            raise PermissionDenied(
                _("This version is being reviewed. Load the page again to change the text.")
            )
    if instance.approved_go_live_at is not None:
        content = instance.as_object()
        if not Approval.objects.allows(content):
            raise ReviewRequired(_refusal(content))


def clinical_content(change: Change) -> ClinicalContent | None:
    """Return the object as it is written where its type needs review, otherwise None."""
    model = getattr(change.after, "specific_class", None) or type(change.after)
    if not _needs_review(model):
        return None
    content: ClinicalContent = change.content
    return content


def _needs_review(model: Any) -> bool:
    return getattr(model, "needs_clinical_review", False) is True


def _is_exempt(content: Any, stored: Any | None) -> bool:
    if is_review_suspended() or Waiver.of(content).exists():
        return True
    # What the public reads already may be saved as it is: moved, or published before this rule.
    if stored is None or not stored.live:
        return False
    return bool(stored.content_digest() == content.content_digest())


def _is_in_review(revision: Revision) -> bool:
    return bool(revision.task_states.filter(status=TaskState.STATUS_IN_PROGRESS).exists())


def _refusal(content: Any) -> str:
    return _("“%(title)s” has not been clinically reviewed as it is now. Submit it for review.") % {
        "title": content
    }
