"""The table of links that the report on links reads."""

from django.contrib.contenttypes.models import ContentType
from django.db import models
from wagtail.models import Locale


class ContentLink(models.Model):
    """A link or chosen object in a page or snippet; its target may be deleted.

    Wagtail's reference index has no deleted targets and no drafts. There are rows of the stored
    object and, with `is_draft`, of its latest revision; `links.recording` writes them. Paths are
    those of the reference index; `text` is the text of a link in rich text.
    """

    source_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    source_id = models.BigIntegerField()
    is_draft = models.BooleanField()
    locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+")
    model_path = models.TextField()
    content_path = models.TextField()
    text = models.CharField(max_length=200, blank=True)
    target_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    target_id = models.BigIntegerField()

    # Else Wagtail would list these rows as uses of the object.
    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["source_type", "source_id"], name="content_link_source"),
            models.Index(fields=["target_type", "target_id"], name="content_link_target"),
        ]

    def __str__(self) -> str:
        return f"{self.source_type_id}:{self.source_id} {self.content_path}"
