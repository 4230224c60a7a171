"""The review report as one table: each object that needs review, for filters, sorting and counts.

A table and not a union of the reviewed models: it holds the title of the newest draft and the
names of changed shared content, both of which take Python to find, and the report sorts, filters
and counts by them.
"""

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale


class ReviewSubject(models.Model):
    """One page or snippet that needs clinical review, in one language.

    Follows from the object itself, in the transaction that saves it.
    """

    content_type = models.ForeignKey(
        ContentType, verbose_name=_("type"), on_delete=models.CASCADE, related_name="+"
    )
    base_content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    locale = models.ForeignKey(
        Locale, verbose_name=_("language"), on_delete=models.CASCADE, related_name="+"
    )
    title = models.CharField(_("title"), max_length=255)
    live = models.BooleanField(_("live"))
    reviewed_on = models.DateField(_("reviewed on"), null=True)
    reviewer_name = models.CharField(_("reviewed by"), max_length=200, blank=True)
    next_review_on = models.DateField(_("next review"), null=True)
    # The names of what it shows otherwise than when its own words were approved.
    changed = models.TextField(_("changed since the review"), blank=True, default="")

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id"], name="one_review_subject_per_object"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def reviewer_label(self) -> str:
        """Return the reviewer's name, or words for a review by the author alone."""
        if self.reviewed_on is not None and not self.reviewer_name:
            return gettext("its author alone")
        return self.reviewer_name
