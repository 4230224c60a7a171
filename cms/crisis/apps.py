from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CrisisConfig(AppConfig):
    name = "cms.crisis"
    label = "crisis"
    verbose_name = _("Crisis help")

    def ready(self) -> None:
        from . import checks  # noqa: F401  # registers itself
