"""The table of kept answers, which the processes of a site share and which outlives them."""

from django.db import models


class KeptAnswer(models.Model):
    """An answer under the key of its address and release, with what it depends on.

    `version` and `expired` are those of `ContentVersion`, `nodes` those of `Dependencies`; `body`
    is in the content coding `coding`. On PostgreSQL the table is unlogged: a crash of the database
    empties it, and answers are made anew.
    """

    key = models.CharField(max_length=64, primary_key=True)
    release = models.CharField(max_length=64)
    version = models.BigIntegerField()
    expired = models.FloatField()
    nodes = models.JSONField(null=True)
    headers = models.JSONField()
    coding = models.CharField(max_length=10)
    body = models.BinaryField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.key} at version {self.version}"
