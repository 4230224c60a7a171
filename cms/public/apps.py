from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublicConfig(AppConfig):
    name = "cms.public"
    label = "public"
    verbose_name = _("Public content")

    def ready(self) -> None:
        from cms.upstream.images import wrap_get_rendition

        from . import images

        wrap_get_rendition(images.rendition_or_empty)
