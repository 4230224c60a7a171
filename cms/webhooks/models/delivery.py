"""What was sent to endpoints, and what came of it."""

import uuid
from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _

from .endpoint import Endpoint


class Origin(StrEnum):
    """Why there is a message."""

    CHANGE = "change"
    TEST = "test"


class State(StrEnum):
    """What has become of a message."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    FAILED = "failed"
    SKIPPED = "skipped"


STATE_LABELS = [
    (State.WAITING.value, _("On its way")),
    (State.DELIVERED.value, _("Delivered")),
    (State.FAILED.value, _("Failed")),
    (State.SKIPPED.value, _("Skipped")),
]


def new_message_id() -> str:
    return f"msg_{uuid.uuid4().hex}"


class Delivery(models.Model):
    """A message to an endpoint, written down before it is sent for the first time.

    Every attempt sends the same body under the same `message_id`, by which a receiver knows
    what it has had already. `version` is the change's in the journal.
    """

    endpoint = models.ForeignKey(Endpoint, on_delete=models.CASCADE, related_name="deliveries")
    message_id = models.CharField(
        _("message id"), max_length=40, unique=True, default=new_message_id
    )
    origin = models.CharField(max_length=10, default=Origin.CHANGE.value)
    version = models.BigIntegerField(_("version"), null=True)
    event_type = models.CharField(_("event"), max_length=40)
    body = models.TextField(_("content"))
    state = models.CharField(
        _("state"), max_length=10, choices=STATE_LABELS, default=State.WAITING.value
    )
    created_at = models.DateTimeField(_("written"), auto_now_add=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["endpoint", "version"], name="delivery_of_version")]

    def __str__(self) -> str:
        return self.message_id


class Attempt(models.Model):
    """One sending of a message; `error` says in a few words what went wrong."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="attempts")
    time = models.DateTimeField(_("time"), auto_now_add=True)
    succeeded = models.BooleanField(_("succeeded"), default=False)
    by_hand = models.BooleanField(_("by hand"), default=False)
    status = models.PositiveSmallIntegerField(_("answer"), null=True)
    milliseconds = models.PositiveIntegerField(_("milliseconds"), default=0)
    error = models.CharField(_("error"), max_length=300, blank=True)
    excerpt = models.CharField(_("excerpt of the answer"), max_length=500, blank=True)

    class Meta:
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.delivery_id}: {self.status or self.error}"
