"""Groups that work in one language."""

from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale


class LanguageLimit(models.Model):
    """What a group may do with shared content counts in one language only; it reads all.

    For pages the tree says the same: such a group has its permissions on one language's home page.
    """

    group = models.OneToOneField(
        Group, verbose_name=_("group"), on_delete=models.CASCADE, related_name="language_limit"
    )
    locale = models.ForeignKey(
        Locale,
        verbose_name=_("language"),
        null=True,
        # A group whose language is gone works in none, rather than in all.
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        default_permissions = ()
        verbose_name = _("language of a group")
        verbose_name_plural = _("languages of groups")

    def __str__(self) -> str:
        return f"{self.group}: {self.locale}"
