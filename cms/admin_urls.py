"""The addresses of the admin: Wagtail's and wagtail-localize's, some of them with views of ours.

Wagtail puts the addresses of its apps one after the other, and the first that fits is used. So
that neither the order of INSTALLED_APPS nor that of hooks decides who answers, our views take the
place of wagtail-localize's in its own patterns: under the same names, and at no address remain
those that they replace.
"""

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from django.views.generic import RedirectView

from cms.review.views.editing_texts import guarded_views
from cms.review.views.submitting import SubmitPageView, SubmitSnippetView
from cms.translation.desk.text_views import PreviewView
from cms.translation.exchange import views as exchange
from cms.translation.machine.views import translate_rest
from cms.translation.replaced_views import (
    SafeUpdateView,
    check_override,
    refuse_alias,
    write_by_rules,
)
from cms.upstream.admin_urls import replace_views, urlpatterns

__all__ = ["urlpatterns"]

View = Callable[..., Any]

LOCALIZE: Final = "wagtail_localize"
GUARDED: Final = guarded_views()
REPLACED: Final[dict[str, View]] = {
    **GUARDED,
    "edit_string_translation": write_by_rules(GUARDED["edit_string_translation"]),
    "edit_override": check_override(GUARDED["edit_override"]),
    "submit_page_translation": SubmitPageView.as_view(),
    "submit_snippet_translation": SubmitSnippetView.as_view(),
    "update_translations": SafeUpdateView.as_view(),
    "convert_to_alias": refuse_alias,
    "download_pofile": partial(exchange.export, kind="po"),
    "upload_pofile": exchange.redirect_upload,
    "machine_translate": translate_rest,
    "preview_translation": PreviewView.as_view(),
    "translations_report": RedirectView.as_view(pattern_name="translations_report"),
    "translations_report_results": RedirectView.as_view(pattern_name="translations_report"),
}


replace_views(LOCALIZE, REPLACED)
