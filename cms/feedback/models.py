"""Model of how often visitors have answered that a page helped, and that it did not."""

from django.db import models, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class AnswerCount(models.Model):
    """The answers to “Did this help?” on one page, which is in one language.

    Two numbers and no time: neither a row nor its changes tell of anybody.
    """

    page = models.OneToOneField(
        Page, verbose_name=_("page"), on_delete=models.CASCADE, related_name="+", primary_key=True
    )
    yes = models.PositiveIntegerField(_("it helped"), default=0)
    no = models.PositiveIntegerField(_("it did not help"), default=0)

    # It refers to a page without showing it.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("answers to “Did this help?”")
        verbose_name_plural = _("answers to “Did this help?”")

    def __str__(self) -> str:
        return f"{self.page}: {self.yes}/{self.no}"

    @classmethod
    def add(cls, page: Page, *, helped: bool) -> None:
        """Count one answer; answers given at the same time are both counted."""
        name = "yes" if helped else "no"
        with transaction.atomic():
            cls.objects.get_or_create(page=page)
            cls.objects.filter(page=page).update(**{name: F(name) + 1})
