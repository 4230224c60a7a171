"""What the editors' reports read."""

from django.contrib.contenttypes.models import ContentType
from django.db import models
from wagtail.models import Locale


class ContentLink(models.Model):
    """One place in a page or snippet that leads to another object, whether that exists or not.

    Wagtail's reference index forgets what is deleted, and knows nothing of drafts. One row for
    each link and chosen object: of the stored object, and with `is_draft` of its latest
    revision. The signals in `links.recording` keep them. Paths are those of the reference
    index, `text` is the text of a link in rich text.
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

    # Not a use of the object that editors should be told of.
    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["source_type", "source_id"], name="content_link_source"),
            models.Index(fields=["target_type", "target_id"], name="content_link_target"),
        ]

    def __str__(self) -> str:
        return f"{self.source_type_id}:{self.source_id} {self.content_path}"
