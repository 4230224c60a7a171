from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebhooksConfig(AppConfig):
    name = "cms.webhooks"
    label = "webhooks"
    verbose_name = _("Webhooks")

    def ready(self) -> None:
        from cms.journal.retention import register_cursor

        from . import purging
        from .models import Endpoint

        register_cursor(Endpoint.lowest_cursor)
        register_cursor(purging.lowest_cursor)
