from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "cms.core"
    label = "core"
    verbose_name = _("Core")

    def ready(self) -> None:
        from .collation import register_collations
        from .form_data import refuse_broken_forms
        from .i18n import create_missing_locales

        connection_created.connect(register_collations)
        refuse_broken_forms()
        post_migrate.connect(create_missing_locales, sender=self)
