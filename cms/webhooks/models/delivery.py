"""Messages to endpoints, and the attempts to deliver them."""

import uuid
from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..http.client import describe
from .endpoint import Endpoint


class DeliveryOrigin(StrEnum):
    """The cause of a message."""

    CHANGE = "change"
    TEST = "test"


class DeliveryState(StrEnum):
    """The state of a message."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    FAILED = "failed"
    SKIPPED = "skipped"


STATE_LABELS = [
    (DeliveryState.WAITING.value, _("On its way")),
    (DeliveryState.DELIVERED.value, _("Delivered")),
    (DeliveryState.FAILED.value, _("Failed")),
    (DeliveryState.SKIPPED.value, _("Skipped")),
]


def new_message_id() -> str:
    return f"msg_{uuid.uuid4().hex}"


class Delivery(models.Model):
    """A message to an endpoint, stored before the first attempt to send it.

    Every attempt has the same `message_id`, by which receivers recognise messages that they have
    already processed. `version` is that of the change in the journal.
    """

    endpoint = models.ForeignKey(Endpoint, on_delete=models.CASCADE, related_name="deliveries")
    message_id = models.CharField(max_length=40, unique=True, default=new_message_id)
    origin = models.CharField(max_length=10, default=DeliveryOrigin.CHANGE.value)
    version = models.BigIntegerField(null=True)
    event_type = models.CharField(max_length=40)
    body = models.TextField()
    state = models.CharField(
        max_length=10, choices=STATE_LABELS, default=DeliveryState.WAITING.value
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["endpoint", "version"], name="delivery_of_version")]

    def __str__(self) -> str:
        return self.message_id


class Attempt(models.Model):
    """An attempt to send a message.

    `problem` and `detail` are those of `http.client.describe`, `excerpt` is the beginning of the
    answer.
    """

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="attempts")
    time = models.DateTimeField(auto_now_add=True)
    succeeded = models.BooleanField(default=False)
    by_hand = models.BooleanField(default=False)
    status = models.PositiveSmallIntegerField(null=True)
    milliseconds = models.PositiveIntegerField(default=0)
    problem = models.CharField(max_length=20, blank=True)
    detail = models.CharField(max_length=300, blank=True)
    excerpt = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.delivery_id}: {self.status or self.problem}"

    @property
    def error(self) -> str:
        """The problem in words of the active language; empty for a success."""
        return describe(self.problem, self.status, self.detail)
