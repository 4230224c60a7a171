"""Mail about workflows, sent when what it tells of is committed.

Wagtail sends it while the transaction is open, also where that is rolled back.
"""

from typing import Any, Final

from django.db import transaction
from wagtail.admin import signal_handlers as upstream
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import (
    task_submitted,
    workflow_approved,
    workflow_rejected,
    workflow_submitted,
)

# A signal, its sender, the name under which Wagtail connects its notifier, and that.
NOTICES: Final[list[tuple[Any, Any, str, Any]]] = [
    (
        task_submitted,
        TaskState,
        "group_approval_task_submitted_email_notification",
        upstream.task_submission_email_notifier,
    ),
    (
        workflow_submitted,
        WorkflowState,
        "workflow_state_submitted_email_notification",
        upstream.workflow_submission_email_notifier,
    ),
    (
        workflow_rejected,
        WorkflowState,
        "workflow_state_rejected_email_notification",
        upstream.workflow_rejection_email_notifier,
    ),
    (
        workflow_approved,
        WorkflowState,
        "workflow_state_approved_email_notification",
        upstream.workflow_approval_email_notifier,
    ),
]


def connect() -> None:
    """Take the place of Wagtail's receivers, whether those are connected already or not yet."""
    for signal, sender, name, notifier in NOTICES:
        signal.disconnect(sender=sender, dispatch_uid=name)
        signal.connect(_after_commit(notifier), sender=sender, dispatch_uid=name, weak=False)


def _after_commit(notifier: Any) -> Any:
    def receive(instance: Any, user: Any = None, **kwargs: Any) -> None:
        transaction.on_commit(lambda: notifier(instance=instance, user=user), robust=True)

    return receive
