"""Endpoints: addresses of other systems that are told of changes."""

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

# What people change. How far an endpoint has come is written by whoever holds its claim alone, so
# a form that was opened earlier cannot turn it back.
EDITED: Final = (
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
# How long signatures are made with the old secret too, after a new one was made.
ROTATION: Final = timedelta(hours=24)


def new_secret() -> str:
    """A random secret of 256 bits, written as Standard Webhooks does."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()


class Stop(StrEnum):
    """Why an endpoint is told nothing more."""

    FAILED = "failed"
    GONE = "gone"


class Endpoint(JournalReader):
    """An address that hears of changes, from the moment it is added, in order.

    Empty lists of actions, kinds and languages mean all of them. `stopped_because` says why
    the delivery switched an endpoint off; it is empty where a person did.
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
            kwargs["update_fields"] = EDITED
        super().save(*args, **kwargs)

    @property
    def host(self) -> str:
        """Who is told, without the rest of the address."""
        return urlsplit(self.url).netloc

    def secrets_in_use(self) -> list[str]:
        """The secrets that a message is signed with, the newest first."""
        if self.old_secret and self.old_secret_until and self.old_secret_until > timezone.now():
            return [self.secret, self.old_secret]
        return [self.secret]

    def rotate_secret(self) -> None:
        """Make a new secret; the old one goes on to be used beside it for a day."""
        self.old_secret, self.old_secret_until = self.secret, timezone.now() + ROTATION
        self.secret = new_secret()
        self.save(update_fields=["secret", "old_secret", "old_secret_until"])

    def forget_failures(self) -> None:
        """Let the next attempt be made at once, as the first one. Saves nothing."""
        self.failures, self.failing_since, self.next_attempt_at = 0, None, None
        self.stopped_at, self.stopped_because = None, ""
