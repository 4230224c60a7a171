"""Publish content at the end of a workflow (`WAGTAIL_FINISH_WORKFLOW_ACTION`).

A module of its own without models: Wagtail imports it while its models load.
"""

from typing import Any


def publish(workflow_state: Any, user: Any = None) -> None:
    """Publish the approved revision.

    Clinical approval needs no permission to publish.
    """
    revision = workflow_state.content_object.get_latest_revision()
    model = revision.content_type.model_class()
    decided = getattr(model, "needs_clinical_review", False)
    revision.publish(user=user, skip_permission_checks=decided)
