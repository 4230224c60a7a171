from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublicConfig(AppConfig):
    name = "cms.public"
    label = "public"
    verbose_name = _("Public content")

    def ready(self) -> None:
        from django.db.models.signals import post_save
        from wagtail.images import get_image_model

        from cms.upstream.images import wrap_get_rendition

        from . import images

        post_save.connect(images.after_save, sender=get_image_model())
        wrap_get_rendition(images.rendition_or_empty)
