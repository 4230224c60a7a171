"""Language limits of groups, and the professional titles of clinical reviewers."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale


class LanguageLimit(models.Model):
    """Limits a group's permissions on shared content, except "view", to one language.

    On pages such a group has permissions at and below the home page of its language only.
    """

    group = models.OneToOneField(
        Group, verbose_name=_("group"), on_delete=models.CASCADE, related_name="language_limit"
    )
    locale = models.ForeignKey(
        Locale,
        verbose_name=_("language"),
        null=True,
        # Without its language a group may work in none, rather than in all.
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        default_permissions = ()
        verbose_name = _("language of a group")
        verbose_name_plural = _("languages of groups")

    def __str__(self) -> str:
        return f"{self.group}: {self.locale}"


class ReviewerTitle(models.Model):
    """A reviewer's professional title on pages of one language, such as "licensed psychologist"."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("reviewer"),
        on_delete=models.CASCADE,
        related_name="reviewer_titles",
    )
    locale = models.ForeignKey(
        Locale, verbose_name=_("language"), on_delete=models.CASCADE, related_name="+"
    )
    title = models.CharField(
        _("title"),
        max_length=200,
        help_text=_("As readers know it, with a small first letter: licensed psychologist."),
    )
    is_made_up = models.BooleanField(
        _("made up"),
        default=False,
        help_text=_(
            "Somebody who does not exist, for a demo. Pages say so, and search engines are told "
            "nothing of what this reviewer approves."
        ),
    )

    class Meta:
        verbose_name = _("title of a reviewer")
        verbose_name_plural = _("titles of reviewers")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "locale"],
                name="one_title_per_language",
                violation_error_message=_("This reviewer already has a title in this language."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def of(cls, user: Any, locale_id: int) -> str:
        """Return a user's title in a language, empty where there is none."""
        found = cls._default_manager.filter(user=user, locale=locale_id)
        return found.values_list("title", flat=True).first() or ""

    @classmethod
    def is_demo_reviewer(cls, user: Any) -> bool:
        """Return whether any title of a user is marked as made up for a demo."""
        return cls._default_manager.filter(user=user, is_made_up=True).exists()
