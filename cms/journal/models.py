"""The change journal: one row for every change of what the public can read."""

from enum import StrEnum

from django.db import models
from django.utils import timezone


class Action(StrEnum):
    """What happened."""

    PUBLISHED = "published"
    CHANGED = "changed"
    MOVED = "moved"
    REORDERED = "reordered"
    UNRESTRICTED = "unrestricted"
    RESTRICTED = "restricted"
    UNPUBLISHED = "unpublished"
    DELETED = "deleted"


class Kind(StrEnum):
    """What it happened to."""

    PAGE = "page"
    SNIPPET = "snippet"
    IMAGE = "image"
    DOCUMENT = "document"
    COLLECTION = "collection"
    REDIRECT = "redirect"
    SITE = "site"
    LOCALE = "locale"


class Reach(StrEnum):
    """The pages that show a change, beside those that refer to the changed object.

    `SUBTREE`: a page's title or address has changed, which the pages below it show. `LOCALE` and
    `SITE`: every page of its language, and of the site.
    """

    OBJECT = "object"
    SUBTREE = "subtree"
    LOCALE = "locale"
    SITE = "site"


class ContentChange(models.Model):
    """A change of public content, committed together with its row.

    `withdrawn` says that the public could read the object until this change: a page at `path` on
    the site `site_id`. `references` keeps the objects that referred to a deleted one. `nodes` are
    those of `cms.public.nodes` that the change touches, None where it may touch any.
    """

    version = models.BigIntegerField(primary_key=True)
    time = models.DateTimeField(default=timezone.now)
    action = models.CharField(max_length=20)
    kind = models.CharField(max_length=20)
    type = models.CharField(max_length=100)
    object_id = models.BigIntegerField()
    locale = models.CharField(max_length=20, blank=True)
    path = models.TextField(blank=True)
    site_id = models.BigIntegerField(null=True)
    withdrawn = models.BooleanField(default=False)
    reach = models.CharField(max_length=20, default=Reach.OBJECT.value)
    references = models.JSONField(default=list)
    nodes = models.JSONField(null=True)

    class Meta:
        ordering = ["version"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.version}: {self.action} {self.kind} {self.object_id}"


class JournalCounter(models.Model):
    """The row whose lock puts versions in the order of commits; there is only one.

    `number` is the newest version; `floor` is the newest version that was pruned.
    """

    number = models.BigIntegerField(default=0)
    floor = models.BigIntegerField(default=0)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.floor} to {self.number}"
