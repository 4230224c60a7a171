from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "cms.core"
    label = "core"
    verbose_name = _("Core")

    def ready(self) -> None:
        from cms.upstream.add_forms import send_once
        from cms.upstream.admin_words import translate_for_each_reader
        from cms.upstream.queries import refuse_unknown_in_queries

        from .creation import CreatesOnce, answer_once, make_once
        from .form_data import refuse_broken_forms
        from .typed_addresses import refuse_malformed_addresses

        refuse_broken_forms()
        refuse_malformed_addresses()
        refuse_unknown_in_queries()
        translate_for_each_reader()
        send_once(answer_once, make_once, unless=CreatesOnce)
