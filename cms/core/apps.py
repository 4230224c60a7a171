from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, post_save
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "cms.core"
    label = "core"
    verbose_name = _("Core")

    def ready(self) -> None:
        from wagtail.images import get_image_model
        from wagtail.images.models import AbstractImage

        from . import checks, images  # noqa: F401  # importing registers the checks
        from .collation import register_collations
        from .form_data import refuse_broken_forms
        from .i18n import create_missing_locales

        connection_created.connect(register_collations)
        refuse_broken_forms()
        post_migrate.connect(create_missing_locales, sender=self)
        post_save.connect(images.after_save, sender=get_image_model())
        AbstractImage.get_rendition = images.forgive_missing_files(AbstractImage.get_rendition)
