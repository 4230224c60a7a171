"""Tables of the ground floor: previews for front ends, and images that cannot be shown."""

from django.db import models

from .headless import HeadlessPreview

__all__ = ["HeadlessPreview", "ImageFault"]


class ImageFault(models.Model):
    """An image of which not all sizes for the public can be made.

    The sizes that could be made are shown; where there are none, readers get no image. Nobody
    tries again until the image is saved or `manage.py make_renditions` runs.
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
