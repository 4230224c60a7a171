"""The one place that lets content of the types that need review become public, or does not.

Whatever publishes ends in saving the object: editors, workflows, schedules, the API, code. So
the signal before that decides, and writes on the object who has approved what it now says. A
publication time is refused when it is set, rather than when it comes.
"""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.utils.translation import gettext as _
from wagtail.models import Revision, TaskState

from cms.content.clinical_review import ReviewRequired, clinical_content, is_review_suspended
from cms.content.content_digest import NOT_CONTENT, digest_of_data

from .models import Approval, Waiver


def before_save(
    instance: Model, raw: bool = False, update_fields: Iterable[str] | None = None, **kwargs: Any
) -> None:
    """Raises ReviewRequired where the public would read what nobody has approved."""
    if raw or (update_fields is not None and not _shows(instance, update_fields)):
        return
    content = clinical_content(instance)
    if content is None:
        return
    approval = Approval.objects.covering(content) if _is_stored(content) else None
    if update_fields is None:
        Approval.objects.tell(content)
    if content.live and approval is None and not _is_exempt(content):
        raise ReviewRequired(_refusal(content))


def before_revision_save(instance: Revision, raw: bool = False, **kwargs: Any) -> None:
    """Raises ReviewRequired for the publication time of what nobody has approved.

    Raises PermissionDenied where a version that is in review would be overwritten, as autosave
    does with a version of the same user: reviewers would approve other words than they read.
    """
    model = instance.content_type.model_class()
    if raw or not getattr(model, "needs_clinical_review", False) or is_review_suspended():
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


def _shows(instance: Model, names: Iterable[str]) -> bool:
    """Whether writing some fields alone can change what the public reads."""
    fields = {field.name: field for field in instance._meta.fields}
    return any(
        name == "live" or (name in fields and fields[name].editable and name not in NOT_CONTENT)
        for name in names
    )


def _is_exempt(content: Any) -> bool:
    if is_review_suspended() or (_is_stored(content) and Waiver.of(content).exists()):
        return True
    # What the public reads already may be saved as it is: moved, or published before this rule.
    live = type(content)._base_manager.filter(pk=content.pk, live=True).first()
    return live is not None and live.content_digest() == content.content_digest()


def _is_in_review(revision: Revision) -> bool:
    return bool(revision.task_states.filter(status=TaskState.STATUS_IN_PROGRESS).exists())


def _is_stored(content: Any) -> bool:
    """Whether anybody can have approved it: a new alias shows what its source says."""
    return bool(content.pk or getattr(content, "alias_of_id", None))


def _refusal(content: Any) -> str:
    return _("“%(title)s” has not been clinically reviewed as it is now. Submit it for review.") % {
        "title": content
    }
