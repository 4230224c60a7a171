"""Approvals of content, and its publications without one."""

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
    """Something that is true of what an object says, and ends to be when it says otherwise."""

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
        """A queryset of those that are about an object, whatever it says.

        An alias shows the words of its source, so that the source's count for it.
        """
        model = getattr(content, "specific_class", None) or type(content)
        return cls._default_manager.filter(
            content_type=ContentType.objects.get_for_model(model),
            object_id=getattr(content, "alias_of_id", None) or content.pk,
        )

    @classmethod
    def of(cls, content: Any) -> Any:
        """A queryset of those that are about what an object says now."""
        return cls.of_any_content(content).filter(digest=content.content_digest())


class ApprovalManager(models.Manager["Approval"]):
    def covering(self, content: ClinicalContent) -> "Approval | None":
        """The newest approval of what an object says, or None."""
        found: Approval | None = self.model.of(content).order_by("-approved_at", "-pk").first()
        return found

    def allows(self, content: ClinicalContent) -> bool:
        """Whether what an object says may be published."""
        return self.covering(content) is not None or Waiver.of(content).exists()

    def tell(self, content: ClinicalContent) -> None:
        """Write on an object who has approved all that its readers read; the caller saves it.

        The newest approval of its words that was given while it showed the shared words that it
        shows now; nobody, where there is none.
        """
        found = list(self.model.of(content).order_by("-approved_at", "-pk"))
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
        """Save what a live object says of its review, where that is no longer so."""
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
        """Approve what an object says in its newest draft, or what is live where that says it.

        Takes the object as it was reviewed, who did it, their title in the object's language,
        when, and whether they are somebody else than its author. A page that is live and says
        the same tells of it at once.
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
    """A clinical reviewer's word that what an object says in one language may be published.

    It stands as it was given: later changes of the reviewer's name or title leave it alone, and
    so does the end of the revision or of the user. `shared` is what the object showed beside its
    own words: readers are told of the review as long as it shows just that.
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
    # As `cms.review.shared.shared_words` gives them; None where it is not known.
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
    """An administrator's word that what an object says is published without review, and why."""

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
