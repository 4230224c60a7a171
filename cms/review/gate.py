"""The one place that lets content of the types that need review become public, or does not.

Whatever publishes ends in saving the object: editors, workflows, schedules, the API, code. So
the signal before that decides, and writes on the object who has approved what it now says. A
publication time is refused when it is set, rather than when it comes.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _
from wagtail.models import Revision

from cms.core.clinical_review import (
    ClinicalContent,
    ReviewRequired,
    clinical_content,
    is_review_suspended,
)
from cms.core.content_digest import NOT_CONTENT

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
        _tell(content, approval)
    if content.live and approval is None and not _is_exempt(content):
        raise ReviewRequired(_refusal(content))


def before_revision_save(instance: Revision, raw: bool = False, **kwargs: Any) -> None:
    """Raises ReviewRequired for the publication time of what nobody has approved."""
    model = instance.content_type.model_class()
    if raw or instance.approved_go_live_at is None or model is None:
        return
    if getattr(model, "needs_clinical_review", False) and not is_review_suspended():
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


def _tell(content: ClinicalContent, approval: Approval | None) -> None:
    if approval is not None:
        approval.tell(content)
    else:
        content.reviewed_on = content.next_review_on = None
        content.reviewer_name = content.reviewer_title = ""
        content.reviewer_is_made_up = False


def _is_exempt(content: Any) -> bool:
    if is_review_suspended() or (_is_stored(content) and Waiver.of(content).exists()):
        return True
    # What the public reads already may be saved as it is: moved, or published before this rule.
    live = type(content)._base_manager.filter(pk=content.pk, live=True).first()
    return live is not None and live.content_digest() == content.content_digest()


def _is_stored(content: Any) -> bool:
    """Whether anybody can have approved it: a new alias shows what its source says."""
    return bool(content.pk or getattr(content, "alias_of_id", None))


def _refusal(content: Any) -> str:
    return _("“%(title)s” has not been clinically reviewed as it is now. Submit it for review.") % {
        "title": content
    }
