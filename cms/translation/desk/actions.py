"""Runs the form actions on a whole translation: save a draft, publish, and the workflow's."""

import json
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import (
    NON_FIELD_ERRORS,
    FieldDoesNotExist,
    PermissionDenied,
    ValidationError,
)
from django.db import transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Revision, Workflow, WorkflowState
from wagtail_localize.models import (
    OverridableSegment,
    SegmentOverride,
    StringTranslation,
    Translation,
)

from cms.content.told_losses import check_losses
from cms.upstream.shown_names import as_in_templates

from ..engine import targets
from ..engine.segments import segment_rows, unready
from ..engine.time_sentences import told_time
from .admin_targets import AdminTarget
from .desk import Desk

NAMES = ("publish", "submit", "workflow-action", "cancel-workflow", "restart-workflow")


class ActionRefused(Exception):
    """An action was not run; the message tells the translator why and what to do."""


def requested_action(data: Mapping[str, str]) -> str:
    """Return the name of the action that a form was sent with; "save" without any."""
    return next((name for name in NAMES if data.get(f"action-{name}")), "save")


def run_action(name: str, desk: Desk, target: AdminTarget, data: Mapping[str, str]) -> str:
    """Run the named form action and return the success message.

    Raises ActionRefused where the texts do not allow it, PermissionDenied where the user may not.
    """
    action = {
        "publish": _publish,
        "submit": _submit,
        "workflow-action": _review,
        "cancel-workflow": _cancel,
        "restart-workflow": _restart,
    }.get(name, _save)
    try:
        return action(desk, target, data)
    except targets.NotReady as error:
        raise ActionRefused(_not_ready(len(error.rows))) from error
    except ValidationError as error:
        raise ActionRefused(in_words(error, target.target)) from error
    except PermissionDenied as error:
        # One that says what must happen first, such as a review, can be told.
        if not error.args:
            raise
        raise ActionRefused(str(error)) from error


def _save(desk: Desk, target: AdminTarget, data: Mapping[str, str]) -> str:
    revision = targets.save_draft(desk.translation, target.user, target.target)
    return _("The draft of “%(title)s” is saved.") % {"title": revision.object_str}


def _publish(desk: Desk, target: AdminTarget, data: Mapping[str, str]) -> str:
    if not target.may("publish"):
        raise PermissionDenied
    _require_valid_values(desk)
    revision = targets.publish(desk.translation, target.user, target.target)
    if revision.approved_go_live_at is not None:
        return _("“%(title)s” is scheduled: it goes live %(time)s.") % {
            "title": revision.object_str,
            "time": told_time(revision.approved_go_live_at),
        }
    return _("“%(title)s” is published.") % {"title": revision.object_str}


def _submit(desk: Desk, target: AdminTarget, data: Mapping[str, str]) -> str:
    draft, translation = target.target, desk.translation
    if not draft.has_workflow or draft.workflow_in_progress:
        raise PermissionDenied
    _require_all_texts(desk)
    revision = targets.save_draft(translation, target.user, draft)
    check_losses([revision.as_object()])
    state = draft.current_workflow_state
    if state is not None and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        state.resume(target.user)
        workflow = state.workflow
    else:
        workflow = draft.get_workflow()
        workflow.start(translation.get_target_instance(), target.user)
    return _submitted(revision, workflow)


def _review(desk: Desk, target: AdminTarget, data: Mapping[str, str]) -> str:
    """Approve, reject or run another action that the workflow's task offers to this user."""
    translation = desk.translation
    name = data.get("workflow-action-name", "")
    task = target.target.current_workflow_task
    offered = task.get_actions(target.target, target.user) if task else []
    if name not in [action for action, _label, _modal in offered]:
        raise PermissionDenied
    if name == "approve":
        _require_all_texts(desk)
    if is_newer_than_draft(translation, target.target):
        targets.save_draft(translation, target.user, target.target)
    fresh = translation.get_target_instance()
    extra = json.loads(data.get("workflow-action-extra-data") or "{}")
    with transaction.atomic():
        fresh.current_workflow_task.on_action(
            fresh.current_workflow_task_state, target.user, name, **extra
        )
    return _("Your decision about “%(title)s” is recorded.") % {
        "title": fresh.latest_revision.object_str
    }


def _cancel(desk: Desk, target: AdminTarget, data: Mapping[str, str]) -> str:
    state = target.target.current_workflow_state
    if state is None or not state.user_can_cancel(target.user):
        raise PermissionDenied
    state.cancel(user=target.user)
    return _("“%(title)s” is no longer submitted.") % {"title": target.title}


def _restart(desk: Desk, target: AdminTarget, data: Mapping[str, str]) -> str:
    translation = desk.translation
    _require_all_texts(desk)
    revision = targets.save_draft(translation, target.user, target.target)
    check_losses([revision.as_object()])
    workflow = target.target.get_workflow()
    with transaction.atomic():
        _cancel(desk, target, data)
        workflow.start(translation.get_target_instance(), target.user)
    return _submitted(revision, workflow)


def _submitted(revision: Revision, workflow: Workflow) -> str:
    return _("“%(title)s” is submitted to %(workflow)s.") % {
        "title": revision.object_str,
        "workflow": as_in_templates(workflow),
    }


def _require_all_texts(desk: Desk) -> None:
    """Raise NotReady or ActionRefused unless everything may be published: a review may do so."""
    if rows := unready(segment_rows(desk.translation)):
        raise targets.NotReady(rows)
    _require_valid_values(desk)


def _require_valid_values(desk: Desk) -> None:
    """Raise ActionRefused for a marked value: wagtail-localize would use the source's instead."""
    marked = [place for place, value in desk.stored_overrides.items() if value.has_error]
    if not marked:
        return
    source = desk.translation.source_id
    if OverridableSegment.objects.filter(source=source, context__in=marked).exists():
        raise ActionRefused(_("Correct the values that are marked first."))


def is_newer_than_draft(translation: Translation, draft: Any) -> bool:
    """Whether a text or value was stored since the latest draft was saved."""
    revision = draft.latest_revision
    if revision is None:
        return True
    written = {
        "context__object_id": translation.source.object_id,
        "locale": translation.target_locale_id,
        "updated_at__gt": revision.created_at,
    }
    return any(
        model.objects.filter(**written).exists() for model in (StringTranslation, SegmentOverride)
    )


def _not_ready(count: int) -> str:
    return ngettext(
        "%(count)d text must be translated, corrected or confirmed first. "
        "What is live stays as it is.",
        "%(count)d texts must be translated, corrected or confirmed first. "
        "What is live stays as it is.",
        count,
    ) % {"count": count}


def in_words(error: ValidationError, target: Any) -> str:
    if not hasattr(error, "error_dict"):
        return " ".join(error.messages)
    said = []
    for name, messages in error.message_dict.items():
        text = " ".join(messages)
        said.append(text if name == NON_FIELD_ERRORS else f"{_label(target, name)}: {text}")
    return " ".join(said)


def _label(target: Any, name: str) -> str:
    try:
        return str(capfirst(target._meta.get_field(name).verbose_name))
    except FieldDoesNotExist:
        return name
