"""What can be done with a translation as a whole: kept as a draft, published, reviewed."""

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
from wagtail.models import WorkflowState
from wagtail_localize.models import (
    OverridableSegment,
    SegmentOverride,
    StringTranslation,
    Translation,
)

from ..engine import targets
from ..engine.segments import segment_rows, unready
from .page_or_snippet import InAdmin

NAMES = ("publish", "submit", "workflow-action", "cancel-workflow", "restart-workflow")


class Refusal(Exception):
    """An action that could not be done; the message tells the translator why and what to do."""


def action_in(data: Mapping[str, str]) -> str:
    """The action that a submitted form names as Wagtail's editor does; a draft without any."""
    return next((name for name in NAMES if data.get(f"action-{name}")), "save")


def act(name: str, translation: Translation, target: InAdmin, data: Mapping[str, str]) -> str:
    """Do what was asked for and say what is so now.

    Raises Refusal where the texts do not allow it, PermissionDenied where the user may not.
    """
    does = {
        "publish": _publish,
        "submit": _submit,
        "workflow-action": _review,
        "cancel-workflow": _cancel,
        "restart-workflow": _restart,
    }.get(name, _save)
    try:
        return does(translation, target, data)
    except targets.NotReady as error:
        raise Refusal(_not_ready(len(error.rows))) from error
    except ValidationError as error:
        raise Refusal(_in_words(error, target.target)) from error
    except PermissionDenied as error:
        # One that says what must happen first, such as a review, can be told.
        if not error.args:
            raise
        raise Refusal(str(error)) from error


def _save(translation: Translation, target: InAdmin, data: Mapping[str, str]) -> str:
    targets.save_draft(translation, target.user)
    return _("The draft of “%(title)s” is saved.") % {"title": target.title}


def _publish(translation: Translation, target: InAdmin, data: Mapping[str, str]) -> str:
    if not target.may("publish"):
        raise PermissionDenied
    _need_right_values(translation)
    revision = targets.publish(translation, target.user)
    return _("“%(title)s” is published.") % {"title": revision.object_str}


def _submit(translation: Translation, target: InAdmin, data: Mapping[str, str]) -> str:
    draft = target.target
    if not draft.has_workflow or draft.workflow_in_progress:
        raise PermissionDenied
    _need_all(translation)
    targets.save_draft(translation, target.user)
    state = draft.current_workflow_state
    if state is not None and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        state.resume(target.user)
        name = state.workflow.name
    else:
        workflow = draft.get_workflow()
        workflow.start(translation.get_target_instance(), target.user)
        name = workflow.name
    return _("“%(title)s” is submitted to %(workflow)s.") % {
        "title": target.title,
        "workflow": name,
    }


def _review(translation: Translation, target: InAdmin, data: Mapping[str, str]) -> str:
    """Approve, reject or whatever else the task of the workflow offers to this user."""
    name = data.get("workflow-action-name", "")
    task = target.target.current_workflow_task
    offered = task.get_actions(target.target, target.user) if task else []
    if name not in [action for action, _label, _modal in offered]:
        raise PermissionDenied
    if name == "approve":
        _need_all(translation)
    if _is_newer_than_draft(translation, target.target):
        targets.save_draft(translation, target.user)
    fresh = translation.get_target_instance()
    extra = json.loads(data.get("workflow-action-extra-data") or "{}")
    with transaction.atomic():
        fresh.current_workflow_task.on_action(
            fresh.current_workflow_task_state, target.user, name, **extra
        )
    return _("Your decision about “%(title)s” is recorded.") % {"title": target.title}


def _cancel(translation: Translation, target: InAdmin, data: Mapping[str, str]) -> str:
    state = target.target.current_workflow_state
    if state is None or not state.user_can_cancel(target.user):
        raise PermissionDenied
    state.cancel(user=target.user)
    return _("“%(title)s” is no longer submitted.") % {"title": target.title}


def _restart(translation: Translation, target: InAdmin, data: Mapping[str, str]) -> str:
    _need_all(translation)
    targets.save_draft(translation, target.user)
    workflow = target.target.get_workflow()
    with transaction.atomic():
        _cancel(translation, target, data)
        workflow.start(translation.get_target_instance(), target.user)
    return _("“%(title)s” is submitted to %(workflow)s.") % {
        "title": target.title,
        "workflow": workflow.name,
    }


def _need_all(translation: Translation) -> None:
    """A review may end in publication, so it begins when everything may be published."""
    if rows := unready(segment_rows(translation)):
        raise targets.NotReady(rows)
    _need_right_values(translation)


def _need_right_values(translation: Translation) -> None:
    """wagtail-localize would pass over a wrong value and take the source's."""
    places = OverridableSegment.objects.filter(source=translation.source_id).values("context")
    wrong = SegmentOverride.objects.filter(
        context__in=places, locale=translation.target_locale_id, has_error=True
    )
    if wrong.exists():
        raise Refusal(_("Correct the values that are marked first."))


def _is_newer_than_draft(translation: Translation, draft: Any) -> bool:
    """Whether something was written since the latest draft was saved."""
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


def _in_words(error: ValidationError, target: Any) -> str:
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
