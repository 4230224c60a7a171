"""Models of drafts for front ends, and of images that cannot be shown."""

from django.db import models

from .headless import HeadlessPreview

__all__ = ["HeadlessPreview", "ImageFault"]


class ImageFault(models.Model):
    """An image of which some public sizes cannot be made.

    The sizes that could be made are shown; where there are none, readers get no image. The next
    attempt is made when the image is saved or by `manage.py make_renditions`.
    """

    image = models.OneToOneField(
        "wagtailimages.Image", primary_key=True, on_delete=models.CASCADE, related_name="fault"
    )
    reason = models.TextField()
    noticed_at = models.DateTimeField(auto_now_add=True)

    # Not a use of the image that editors should be told of.
    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.image_id}: {self.reason}"
