"""Messages about the result of a workflow action."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import TaskState

from cms.upstream.admin_views import latest_title


def already_done(instance: Any, user: Any, data: Mapping[str, str]) -> str:
    """Say why an action that an editor's form names no longer applies; empty where it does.

    Another request came first, be it somebody else's or that of a double click.
    """
    words = {"title": latest_title(instance)}
    if data.get("action-workflow-action") and not instance.workflow_in_progress:
        return _decision(instance, user, _states(instance).last())
    if data.get("action-submit") and instance.workflow_in_progress:
        return _("“%(title)s” is submitted already.") % words
    if data.get("action-cancel-workflow") and instance.current_workflow_state is None:
        return _("“%(title)s” is not submitted, so that nothing was cancelled.") % words
    return ""


def already_decided(instance: Any, user: Any, task_state: TaskState) -> str:
    """Say why a step of a workflow is no longer to be decided; empty where it is."""
    current = instance.current_workflow_task_state
    if current is not None and current.pk == task_state.pk:
        return ""
    return _decision(instance, user, _states(instance).filter(pk=task_state.pk).last())


def decided(instance: Any, task_state: TaskState) -> str:
    """Say what a user has just decided."""
    words = {"title": latest_title(instance)}
    if task_state.status == TaskState.STATUS_REJECTED:
        return _("You have asked for changes in “%(title)s”.") % words
    if instance.live and not instance.has_unpublished_changes:
        return _("You have approved “%(title)s”, and it is published.") % words
    return _("You have approved “%(title)s”.") % words


def _states(instance: Any) -> Any:
    return TaskState.objects.for_instance(instance).order_by("started_at", "pk")


def _decision(instance: Any, user: Any, task_state: TaskState | None) -> str:
    words = {"title": latest_title(instance)}
    ends = (TaskState.STATUS_APPROVED, TaskState.STATUS_REJECTED)
    if task_state is None or task_state.status not in ends:
        return _("“%(title)s” no longer waits for review, so that nothing was decided.") % words
    person: Any = task_state.finished_by
    approved = task_state.status == TaskState.STATUS_APPROVED
    if person == user:
        if approved:
            return _("You have approved “%(title)s” already.") % words
        return _("You have asked for changes in “%(title)s” already.") % words
    words["name"] = (person.get_full_name() or person.get_username()) if person else _("Somebody")
    if approved:
        return _("%(name)s has approved “%(title)s” already. You need do nothing.") % words
    return _("%(name)s has asked for changes in “%(title)s” already. You need do nothing.") % words
