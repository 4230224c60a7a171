from django.apps import AppConfig
from django.db.models.signals import post_save
from django.utils.translation import gettext_lazy as _


class WebhooksConfig(AppConfig):
    name = "cms.webhooks"
    label = "webhooks"
    verbose_name = _("Webhooks")

    def ready(self) -> None:
        from cms.journal.models import ContentChange
        from cms.journal.retention import register_reader

        from .courier import call_after_commit
        from .positions import slowest_endpoint, slowest_network

        post_save.connect(call_after_commit, sender=ContentChange)
        register_reader(slowest_endpoint)
        register_reader(slowest_network)
