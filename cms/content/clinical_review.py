"""Base models of content that a clinical reviewer approves before it is published.

An approval covers content by its digest: a saved draft with the same content stays approved, one
with other content is not. `cms.review` stores the approvals and refuses to publish without one;
this module reaches it through `review_service`.
"""

import calendar
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from typing import Any, ClassVar, Final

from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from cms.public.schemas import Review, Reviewer
from cms.public.seo_schemas import MedicalTopicJsonLd

from .content_digest import content_digest
from .locking import LockPermissionTester
from .review_service import review_service

REVIEW_FIELDS: Final = (
    "reviewed_on",
    "reviewer_name",
    "reviewer_title",
    "reviewer_is_made_up",
    "next_review_on",
)

_review_suspended: ContextVar[bool] = ContextVar("review_suspended", default=False)


class ReviewRequired(PermissionDenied):
    """Raised where content would be published that no clinical reviewer has approved."""


@contextmanager
def without_review() -> Iterator[None]:
    """Let code publish content without approval, such as demo content and imports.

    No view of the admin uses it. Pages do not claim that such content was reviewed.
    """
    token = _review_suspended.set(True)
    try:
        yield
    finally:
        _review_suspended.reset(token)


def is_review_suspended() -> bool:
    return _review_suspended.get()


# Untyped, as Wagtail's own bases are: a typed one would ask for the types of their managers.
Model: Any = models.Model


class ClinicalContent(Model):
    """Base of pages and snippets that are published after a clinical reviewer has approved them.

    The fields describe the review of the live content, and are empty where there is none. They are
    computed at each save, and belong neither to drafts nor to translations.
    """

    reviewed_on = models.DateField(_("reviewed on"), null=True, editable=False)
    reviewer_name = models.CharField(_("reviewed by"), max_length=200, blank=True, editable=False)
    reviewer_title = models.CharField(
        _("title of the reviewer"), max_length=200, blank=True, editable=False
    )
    reviewer_is_made_up = models.BooleanField(
        _("reviewed by somebody made up"), default=False, editable=False
    )
    next_review_on = models.DateField(_("next review"), null=True, editable=False)

    needs_clinical_review: ClassVar[bool] = True
    review_interval_months: ClassVar[int] = 12

    class Meta:
        abstract = True

    def content_digest(self) -> str:
        return content_digest(self)

    def public_review(self) -> Review | None:
        """Return the review that pages and the API show, None where there is none.

        None where the reviewer is not named: then only the author has approved the content.
        """
        if self.reviewed_on is None or self.next_review_on is None or not self.reviewer_name:
            return None
        return Review(
            reviewed_on=self.reviewed_on,
            next_review_on=self.next_review_on,
            reviewer=Reviewer(
                name=self.reviewer_name,
                title=self.reviewer_title,
                is_made_up=self.reviewer_is_made_up,
            ),
        )

    def serializable_data(self) -> dict[str, Any]:
        """Return the data of a revision, without the review, which is of the live content."""
        data: dict[str, Any] = super().serializable_data()
        return {name: value for name, value in data.items() if name not in REVIEW_FIELDS}

    def get_workflow(self) -> Any:
        """Return the workflow of clinical review in this object's language."""
        return review_service().workflow(self.locale_id)

    @property
    def has_workflow(self) -> bool:
        return self.get_workflow() is not None


class ClinicalPage(ClinicalContent):
    """A page that is published after a clinical reviewer has approved it."""

    class Meta:
        abstract = True

    def json_ld_about(self) -> MedicalTopicJsonLd | None:
        """Return the therapy or condition that the page is about, for search engines.

        None for a page about something else.
        """
        return None

    def permissions_for_user(self, user: Any) -> LockPermissionTester:
        return ClinicalPagePermissionTester(user, self)


class ClinicalPagePermissionTester(LockPermissionTester):
    """Lets nobody publish a draft that is not approved, whatever else they may do."""

    def can_publish(self) -> bool:
        return super().can_publish() and self._is_approved

    def can_copy(self) -> bool:
        """Refuse reviewers, who may open the editor but have no place for a copy."""
        may_add: bool = page_permission_policy.user_has_permission(self.user, "add")
        return bool(super().can_copy()) and may_add

    @property
    def _is_approved(self) -> bool:
        return is_review_suspended() or review_service().may_publish(latest_draft(self.page))


def latest_draft(instance: Any) -> Any:
    """Return an object as in its newest draft."""
    revision = instance.get_latest_revision()
    return revision.as_object() if revision else instance


def clinical_content(instance: Any) -> Any | None:
    """Return an object as its own type where that needs review, otherwise None."""
    if isinstance(instance, Page) and not isinstance(instance, ClinicalContent):
        model: Any = instance.specific_class
        if not getattr(model, "needs_clinical_review", False) or instance.pk is None:
            return None
        return instance.get_specific(
            copy_attrs=("title", "seo_title", "search_description", "live")
        )
    return instance if getattr(instance, "needs_clinical_review", False) else None


def months_later(day: date, months: int) -> date:
    """Return the same day some months later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))
