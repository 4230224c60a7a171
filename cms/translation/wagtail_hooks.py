"""What the translation part adds to the Wagtail admin."""

from django.urls import URLPattern, URLResolver, path
from wagtail import hooks

from .exchange import views as exchange
from .glossary.views import TermViewSet, glossary_viewset
from .machine import views as machine


@hooks.register("register_admin_viewset")
def register_glossary() -> TermViewSet:
    return glossary_viewset


# Before wagtail-localize's own: of two views at one address the first answers.
@hooks.register("register_admin_urls", order=-1)
def register_urls() -> list[URLPattern | URLResolver]:
    own = "localize/translate/<int:translation_id>/"
    return [
        path(
            "translations/<int:translation_id>/export/<slug:kind>/",
            exchange.export,
            name="translation_export",
        ),
        path(
            "translations/<int:translation_id>/import/",
            exchange.import_file,
            name="translation_import",
        ),
        path(
            "translations/<int:translation_id>/machine/",
            machine.translate_rest,
            name="translation_machine",
        ),
        path(f"{own}pofile/download/", exchange.export, {"kind": "po"}),
        path(f"{own}pofile/upload/", exchange.instead_of_upstream),
        path(f"{own}machine_translate/", machine.translate_rest),
    ]
