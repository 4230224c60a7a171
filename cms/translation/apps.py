from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TranslationConfig(AppConfig):
    name = "cms.translation"
    label = "translation"
    verbose_name = _("Translation")

    def ready(self) -> None:
        from pages.seeding.signals import demo_seeded

        from .creating import use_ours
        from .glossary.demo import add_demo_terms
        from .receivers import connect

        use_ours()
        connect()
        demo_seeded.connect(add_demo_terms)
