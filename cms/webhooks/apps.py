from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebhooksConfig(AppConfig):
    name = "cms.webhooks"
    label = "webhooks"
    verbose_name = _("Webhooks")

    def ready(self) -> None:
        from cms.journal.retention import register_reader

        from .positions import slowest_endpoint, slowest_network

        register_reader(slowest_endpoint)
        register_reader(slowest_network)
