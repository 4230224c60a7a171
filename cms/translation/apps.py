from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TranslationConfig(AppConfig):
    name = "cms.translation"
    label = "translation"
    verbose_name = _("Translation")

    def ready(self) -> None:
        from cms.content.locking import register_restore_check
        from cms.upstream.choosers import share_choices

        from .desk.restoring import refuse_restoring
        from .engine.creating import use_ours

        use_ours()
        register_restore_check(refuse_restoring)
        share_choices()
