"""Model of an endpoint: the URL of another system that receives webhooks."""

import base64
import secrets
from datetime import timedelta
from enum import StrEnum
from typing import Any, Final
from urllib.parse import urlsplit

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from cms.journal.version import current_version

from ..http.urls import validate_url
from .reader import JournalReader

# The fields that forms save. Only the holder of the claim writes the cursor, so that a form which
# was opened earlier cannot set it back.
FORM_FIELDS: Final = (
    "name",
    "url",
    "site",
    "actions",
    "kinds",
    "languages",
    "active",
    "failures",
    "failing_since",
    "next_attempt_at",
    "stopped_at",
    "stopped_because",
)
# How long messages are signed with the old secret as well, after a new one was made.
ROTATION: Final = timedelta(hours=24)


def new_secret() -> str:
    """Return a random secret of 256 bits in the format of Standard Webhooks."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()


class StopReason(StrEnum):
    """The reason for which an endpoint was switched off automatically."""

    FAILED = "failed"
    GONE = "gone"


class Endpoint(JournalReader):
    """A URL to which every change since its creation is sent, in order.

    Empty lists of actions, kinds and languages mean all of them. `stopped_because` is a
    `StopReason`, empty where a person switched the endpoint off.
    """

    name = models.CharField(
        _("name"), max_length=120, help_text=_("What you call the system that is told.")
    )
    url = models.CharField(
        _("address"),
        max_length=500,
        validators=[validate_url],
        help_text=_(
            "Where the other system listens, such as https://build.example.org/samtal. "
            "Whoever runs that system knows the address."
        ),
    )
    site = models.ForeignKey(
        Site,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("site"),
        help_text=_("Changes of which site."),
    )
    actions = models.JSONField(default=list, blank=True)
    kinds = models.JSONField(default=list, blank=True)
    languages = models.JSONField(default=list, blank=True)
    active = models.BooleanField(
        _("active"),
        default=True,
        help_text=_(
            "While it is switched off, changes are kept and sent when you switch it on again."
        ),
    )
    secret = models.CharField(max_length=120, default=new_secret, editable=False)
    old_secret = models.CharField(max_length=120, blank=True, default="", editable=False)
    old_secret_until = models.DateTimeField(null=True, editable=False)
    stopped_at = models.DateTimeField(null=True, editable=False)
    stopped_because = models.CharField(max_length=20, blank=True, default="", editable=False)

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ["name", "pk"]
        default_permissions = ("add", "change", "delete")

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._state.adding:
            self.cursor = current_version()
        elif kwargs.get("update_fields") is None:
            kwargs["update_fields"] = FORM_FIELDS
        super().save(*args, **kwargs)

    @property
    def host(self) -> str:
        """The host and port of the URL."""
        return urlsplit(self.url).netloc

    def secrets_in_use(self) -> list[str]:
        """Return the secrets that messages are signed with, the newest first."""
        if self.old_secret and self.old_secret_until and self.old_secret_until > timezone.now():
            return [self.secret, self.old_secret]
        return [self.secret]

    def rotate_secret(self) -> None:
        """Make a new secret; messages are signed with the old one as well for a day."""
        self.old_secret, self.old_secret_until = self.secret, timezone.now() + ROTATION
        self.secret = new_secret()
        self.save(update_fields=["secret", "old_secret", "old_secret_until"])

    def forget_failures(self) -> None:
        """Clear the failures, so that the next attempt is made at once; the caller saves."""
        self.failures, self.failing_since, self.next_attempt_at = 0, None, None
        self.stopped_at, self.stopped_because = None, ""
