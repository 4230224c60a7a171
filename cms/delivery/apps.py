from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeliveryConfig(AppConfig):
    name = "cms.delivery"
    label = "delivery"
    verbose_name = _("Delivery API")

    def ready(self) -> None:
        from cms.journal.url_builders import register_url_builder

        from .urls_of_pages import api_urls

        register_url_builder(api_urls)
