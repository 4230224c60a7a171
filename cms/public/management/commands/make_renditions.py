"""`manage.py make_renditions`: makes missing sizes of images."""

from typing import Any

from django.core.management.base import BaseCommand
from wagtail.images import get_image_model

from cms.core.models import ImageFault

from ...images import make_renditions


class Command(BaseCommand):
    help = (
        "Makes the sizes of images that the site shows and that are missing, also of those where "
        "it failed before. Names the images that cannot be shown. Run it after restoring files, "
        "and once for images that are older than it."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        for image in get_image_model().objects.order_by("pk").iterator(100):
            make_renditions(image)
        for fault in ImageFault.objects.select_related("image"):
            name = f"{fault.image.title} ({fault.image.file.name})"
            self.stdout.write(self.style.WARNING(f"Cannot be shown: {name}: {fault.reason}"))
