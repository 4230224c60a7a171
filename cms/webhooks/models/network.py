"""Models of purges of the content delivery network: its cursor, and the paths it may hold."""

from typing import Final

from django.db import models
from wagtail.models import Site

from .reader import JournalReader

ONLY: Final = 1
# The cursor before the first version.
BEFORE_ALL: Final = -1


class NetworkPurge(JournalReader):
    """The reader of the journal that purges the network; a table of one row."""

    class Meta:
        default_permissions = ()

    @classmethod
    def stored(cls) -> "NetworkPurge | None":
        """Return the one row, None before the first purge."""
        return cls._default_manager.filter(pk=ONLY).first()

    @classmethod
    def load(cls) -> "NetworkPurge":
        """Return the one row; a new one has everything purged from the start."""
        reader, _created = cls._default_manager.get_or_create(
            pk=ONLY, defaults={"cursor": BEFORE_ALL}
        )
        return reader

    def __str__(self) -> str:
        return f"purged up to {self.cursor}"


class KnownAddress(models.Model):
    """The path of a page that the network may have a copy of.

    After a page was deleted or moved, only these rows tell which pages were below it.
    """

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="+")
    path = models.TextField()
    page_id = models.BigIntegerField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["site", "path"], name="known_address_once")]

    def __str__(self) -> str:
        return self.path
