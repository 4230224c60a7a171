from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublicConfig(AppConfig):
    name = "cms.public"
    label = "public"
    verbose_name = _("Public content")

    def ready(self) -> None:
        from django.db.models.signals import post_save
        from wagtail.images import get_image_model
        from wagtail.images.models import AbstractImage

        from . import images

        post_save.connect(images.after_save, sender=get_image_model())
        AbstractImage.get_rendition = images.forgive_missing_files(AbstractImage.get_rendition)
