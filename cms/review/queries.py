"""Queries for reviews: tasks of a user, waiting texts, the rows of the report."""

from typing import Any

from django.db.models import CharField, Exists, OuterRef, QuerySet
from django.db.models.functions import Cast
from wagtail.models import WorkflowState

from cms.upstream.permissions import has_any_page_permission

from .models import ClinicalReviewTask, ReviewSubject


def tasks_of(user: Any) -> QuerySet[ClinicalReviewTask]:
    """Return the active review tasks of a user's groups."""
    return ClinicalReviewTask._default_manager.filter(active=True, groups__user=user).distinct()


def count_waiting_for(user: Any) -> int:
    """Return how many pages and snippets wait for a user's review."""
    tasks = tasks_of(user)
    return sum(task.get_task_states_user_can_moderate(user).count() for task in tasks)


def may_see_reviews(user: Any) -> bool:
    """Return whether a user may see the report: reviewers, and all with a page permission."""
    return has_any_page_permission(user) or tasks_of(user).exists()


def in_workflow() -> Exists:
    """Return a condition on `ReviewSubject`: the object is in a workflow."""
    return Exists(
        WorkflowState.objects.filter(
            status=WorkflowState.STATUS_IN_PROGRESS,
            base_content_type=OuterRef("base_content_type"),
            object_id=Cast(OuterRef("object_id"), CharField()),
        )
    )


def subjects() -> QuerySet[ReviewSubject]:
    """Return all rows of the report."""
    return ReviewSubject._default_manager.select_related("locale", "content_type")
