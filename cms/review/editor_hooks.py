"""Hooks of the editor that bind an approval to the content that its form showed."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages

from cms.content.clinical_review import ClinicalContent, latest_draft
from cms.core.editing_rights import edit_url

from .four_eyes import may_approve
from .models import Approval, ClinicalReviewTask
from .models.task import changed_message, own_text_message
from .shared import changed_names, shown_digest

# Hidden field of an editor's form with the `shown_digest` of the content in it.
SHOWN = "review-shown"
EXTRA = "workflow-action-extra-data"


def before_edit(request: HttpRequest, instance: Any) -> None:
    """Handle `before_edit_page` and `before_edit_snippet`, before the translation desk does."""
    inform_reviewer(request, instance)
    forward_shown_digest(request, instance)


def inform_reviewer(request: HttpRequest, instance: Any) -> None:
    """Tell a reviewer who opens content in review why they may not approve it, and what changed."""
    task = _task_of(instance, request.user)
    if request.method != "GET" or task is None:
        return
    if not may_approve(instance, request.user):
        messages.info(request, own_text_message(instance, task))
    approval = Approval.of_any_content(instance).order_by("-approved_at", "-pk").first()
    names = changed_names(instance, approval.shared) if approval and approval.shared else []
    if names:
        text = _("Shown here and changed since the last review: %(names)s.")
        messages.info(request, text % {"names": ", ".join(names)})


def forward_shown_digest(request: HttpRequest, instance: Any) -> None:
    """Put the form's `shown_digest` into the one field that Wagtail's views pass to the task."""
    if request.method != "POST" or SHOWN not in request.POST:
        return
    data = request.POST.copy()
    try:
        extra = dict(json.loads(data.get(EXTRA) or "{}"))
    except (TypeError, ValueError):
        extra = {}
    data[EXTRA] = json.dumps({**extra, "shown": data[SHOWN]})
    request.POST = data  # type: ignore[assignment]  # a copy is of the same type, and mutable


def refuse_outdated(request: HttpRequest, instance: Any) -> HttpResponse | None:
    """Refuse an approval by a form that shows other content than the latest draft.

    Runs before Wagtail saves the form over that draft.
    """
    task = _task_of(instance, request.user) if _is_approval(request) else None
    if task is None:
        return None
    draft = latest_draft(instance)
    revision = draft.latest_revision
    # A reviewer's own changes are kept as a draft; the task then refuses to approve it.
    is_by_others = revision is not None and revision.user_id != request.user.pk
    shown = request.POST.get(SHOWN)
    if shown and is_by_others and shown != shown_digest(draft):
        messages.error(request, changed_message())
        return redirect(edit_url(draft))
    if not may_approve(draft, request.user):
        # Wagtail reports that the form was saved as a draft, not that nothing was approved.
        messages.error(request, own_text_message(draft, task))
    return None


def _is_approval(request: HttpRequest) -> bool:
    return (
        request.method == "POST"
        and bool(request.POST.get("action-workflow-action"))
        and request.POST.get("workflow-action-name") == "approve"
    )


def _task_of(instance: Any, user: Any) -> ClinicalReviewTask | None:
    """Return the review task that an object is in, if the user is one of its reviewers."""
    if not isinstance(instance, ClinicalContent):
        return None
    task = instance.current_workflow_task
    is_reviewer = isinstance(task, ClinicalReviewTask) and task.get_actions(instance, user)
    return task if is_reviewer else None
