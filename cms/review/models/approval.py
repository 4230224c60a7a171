"""Approvals of content, and waivers for its publication without one."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cms.content.clinical_review import REVIEW_FIELDS, ClinicalContent, months_later
from cms.content.content_digest import DIGEST_RULE

from ..shared import shared_words
from .people import ReviewerTitle


class ContentRecord(models.Model):
    """Base of records that apply to one exact content of an object, identified by its digest."""

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField(_("object id"))
    digest = models.CharField(_("digest of the content"), max_length=64)
    digest_rule = models.PositiveSmallIntegerField(default=DIGEST_RULE, editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        abstract = True
        default_permissions = ()

    @classmethod
    def of_any_content(cls, content: Any) -> Any:
        """Return a queryset of an object's records, whatever its content.

        An alias has those of its source, whose content it shows.
        """
        model = getattr(content, "specific_class", None) or type(content)
        return cls._default_manager.filter(
            content_type=ContentType.objects.get_for_model(model),
            object_id=getattr(content, "alias_of_id", None) or content.pk,
        )

    @classmethod
    def of(cls, content: Any) -> Any:
        """Return a queryset of the records that apply to an object's present content."""
        return cls.of_any_content(content).filter(digest=content.content_digest())


class ApprovalManager(models.Manager["Approval"]):
    """Find and record approvals, and write them onto the objects that they apply to."""

    def all_covering(self, content: ClinicalContent) -> "list[Approval]":
        """Return all approvals of an object's content, the latest first."""
        return list(self._latest_first(content))

    def covering(self, content: ClinicalContent) -> "Approval | None":
        """Return the latest approval of an object's content, or None."""
        return self._latest_first(content).first()

    def _latest_first(self, content: ClinicalContent) -> "models.QuerySet[Approval]":
        found: models.QuerySet[Approval] = self.model.of(content).order_by("-approved_at", "-pk")
        return found

    def allows(self, content: ClinicalContent) -> bool:
        """Return whether an object's content has an approval or a waiver."""
        return self.covering(content) is not None or Waiver.of(content).exists()

    def tell(self, content: ClinicalContent, found: "list[Approval] | None" = None) -> None:
        """Set an object's review fields; the caller saves it.

        They are those of the latest approval of both its content and the shared content that it
        shows now, and empty where there is none. Takes all approvals of the content where they
        are read already.
        """
        if found is None:
            found = self.all_covering(content)
        shared = shared_words(content) if found else {}
        approval = next((each for each in found if each.shared in (None, shared)), None)
        if approval is None:
            content.reviewed_on = content.next_review_on = None
            content.reviewer_name = content.reviewer_title = ""
            content.reviewer_is_made_up = False
            return
        content.reviewed_on = timezone.localdate(approval.approved_at)
        content.next_review_on = approval.next_review_on
        content.reviewer_name = approval.reviewer_name if approval.is_independent else ""
        content.reviewer_title = approval.reviewer_title if approval.is_independent else ""
        content.reviewer_is_made_up = approval.reviewer_is_made_up and approval.is_independent

    def tell_live(self, live: Any) -> None:
        """Update a live object's review fields and save it, if they changed."""
        before = [getattr(live, name) for name in REVIEW_FIELDS]
        self.tell(live)
        if before != [getattr(live, name) for name in REVIEW_FIELDS]:
            _save_review(live)

    @transaction.atomic
    def record(
        self,
        content: Any,
        *,
        reviewer: Any,
        title: str,
        approved_at: datetime | None = None,
        is_independent: bool = True,
    ) -> "Approval":
        """Record the approval of an object's content, and write it on the live object if equal.

        Takes the object as it was reviewed, the reviewer's title in the object's language, and
        whether the reviewer is another person than the author.
        """
        when = approved_at or timezone.now()
        day = timezone.localdate(when)
        approval: Approval = self.create(
            content_type=ContentType.objects.get_for_model(type(content)),
            object_id=content.pk,
            digest=content.content_digest(),
            language=content.locale.language_code,
            revision=content.get_latest_revision(),
            reviewer=reviewer,
            reviewer_name=reviewer.get_full_name() or reviewer.get_username(),
            reviewer_title=title,
            reviewer_is_made_up=ReviewerTitle.is_demo_reviewer(reviewer),
            approved_at=when,
            next_review_on=months_later(day, content.review_interval_months),
            shared=shared_words(content),
            is_independent=is_independent,
        )
        live = type(content)._default_manager.filter(pk=content.pk, live=True).first()
        if live is not None and live.content_digest() == approval.digest:
            self.tell(live)
            _save_review(live)
        return approval


class Approval(ContentRecord):
    """Approval of an object's content in one language by a clinical reviewer.

    Keeps the reviewer's name and title of that day, also after the revision or the user is
    deleted. `shared` holds the shared content that the object showed: the approval is shown to
    readers only while that is unchanged.
    """

    language = models.CharField(_("language"), max_length=20)
    revision = models.ForeignKey(
        "wagtailcore.Revision",
        verbose_name=_("revision"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("reviewed by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    reviewer_name = models.CharField(_("name of the reviewer"), max_length=200)
    reviewer_title = models.CharField(_("title of the reviewer"), max_length=200)
    reviewer_is_made_up = models.BooleanField(_("given by somebody made up"), default=False)
    approved_at = models.DateTimeField(_("approved at"), default=timezone.now)
    next_review_on = models.DateField(_("next review"))
    # Value of `cms.review.shared.shared_words`; None in approvals from before it was kept.
    shared = models.JSONField(_("shared words that were shown"), null=True, editable=False)
    is_independent = models.BooleanField(
        _("approved by somebody else than the author"), default=True, editable=False
    )

    objects = ApprovalManager()

    class Meta(ContentRecord.Meta):
        verbose_name = _("clinical approval")
        verbose_name_plural = _("clinical approvals")
        indexes = [models.Index(fields=["content_type", "object_id", "digest"])]

    def __str__(self) -> str:
        return f"{self.reviewer_name}, {timezone.localdate(self.approved_at)}"


class Waiver(ContentRecord):
    """Permission by an administrator to publish an object's content without review."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    reason = models.TextField(_("reason"))
    created_at = models.DateTimeField(_("created at"), default=timezone.now)

    class Meta(ContentRecord.Meta):
        verbose_name = _("publication without review")
        verbose_name_plural = _("publications without review")
        indexes = [models.Index(fields=["content_type", "object_id", "digest"])]

    def __str__(self) -> str:
        return self.reason


def _save_review(live: Any) -> None:
    unchanged = {"clean": False} if isinstance(live, Page) else {}
    live.save(update_fields=list(REVIEW_FIELDS), **unchanged)
