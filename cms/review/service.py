"""Implementation of the interface through which lower floors use clinical reviews."""

from typing import Any

from wagtail.models import Locale, Workflow

from .models import Approval, ClinicalReviewTask, ReviewerTitle


class StoredReviews:
    """Implements `cms.content.review_service.ReviewService` on the models of this app."""

    def may_publish(self, content: Any) -> bool:
        return Approval.objects.allows(content)

    def is_approved(self, content: Any) -> bool:
        return Approval.objects.covering(content) is not None

    def approve(self, content: Any, *, reviewer: Any, title: str) -> None:
        Approval.objects.record(content, reviewer=reviewer, title=title)

    def workflow(self, locale_id: int) -> Workflow | None:
        return ClinicalReviewTask.workflow_of(locale_id)

    def set_title(self, reviewer: Any, locale: Locale, title: str, *, is_made_up: bool) -> None:
        ReviewerTitle._default_manager.create(
            user=reviewer, locale=locale, title=title, is_made_up=is_made_up
        )
