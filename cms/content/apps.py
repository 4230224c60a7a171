from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContentConfig(AppConfig):
    name = "cms.content"
    label = "content"
    verbose_name = _("Content")

    def ready(self) -> None:
        from . import checks  # noqa: F401  # importing registers the checks
