from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TranslationConfig(AppConfig):
    name = "cms.translation"
    label = "translation"
    verbose_name = _("Translation")

    def ready(self) -> None:
        from pages.seeding.signals import demo_seeded

        from .engine.creating import use_ours
        from .engine.receivers import connect
        from .glossary.demo import add_demo_terms

        use_ours()
        connect()
        demo_seeded.connect(add_demo_terms)
