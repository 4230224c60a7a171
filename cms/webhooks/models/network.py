"""How far the content delivery network has been told to drop what has changed."""

from typing import Final

from django.db import models
from wagtail.models import Site

from .reader import JournalReader

ONLY: Final = 1


class NetworkPurge(JournalReader):
    """The one row that says so."""

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"purged up to {self.cursor}"


class KnownAddress(models.Model):
    """A page's path that the network may have a copy of.

    Where a page is deleted or moved, nobody else knows any more which pages were below it.
    """

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="+")
    path = models.TextField()
    page_id = models.BigIntegerField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["site", "path"], name="known_address_once")]

    def __str__(self) -> str:
        return self.path
