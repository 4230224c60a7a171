"""What waits for clinical review, and for whom."""

from typing import Any

from django.db.models import CharField, Exists, OuterRef, QuerySet
from django.db.models.functions import Cast
from wagtail.models import WorkflowState

from cms.upstream.permissions import has_any_page_permission

from .models import ClinicalReviewTask, ReviewSubject


def tasks_of(user: Any) -> QuerySet[ClinicalReviewTask]:
    """The reviews that a user does, by their groups."""
    return ClinicalReviewTask._default_manager.filter(active=True, groups__user=user).distinct()


def count_waiting_for(user: Any) -> int:
    """How many pages and snippets wait for a user's review."""
    tasks = tasks_of(user)
    return sum(task.get_task_states_user_can_moderate(user).count() for task in tasks)


def may_see_reviews(user: Any) -> bool:
    """Whether the reviews are a user's business: all who work with pages, and reviewers."""
    return has_any_page_permission(user) or tasks_of(user).exists()


def in_workflow() -> Exists:
    """Whether a `ReviewSubject` is on its way through a workflow."""
    return Exists(
        WorkflowState.objects.filter(
            status=WorkflowState.STATUS_IN_PROGRESS,
            base_content_type=OuterRef("base_content_type"),
            object_id=Cast(OuterRef("object_id"), CharField()),
        )
    )


def subjects() -> QuerySet[ReviewSubject]:
    return ReviewSubject._default_manager.select_related("locale", "content_type")
