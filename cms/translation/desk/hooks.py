"""Where the desk is in the admin: in place of the editor of what is translated."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail_localize.models import Translation

from ..engine.family import to_itself, translations_of
from .direct_editing import EditDirectlyView, ResumeView
from .views import DeskView, PreviewView, TextView


@hooks.register("register_admin_urls")
def register_desk_urls() -> list[URLPattern]:
    start = "translations/<int:translation_id>/"
    return [
        path(
            f"{start}texts/<int:context_id>-<int:string_id>/",
            TextView.as_view(),
            name="translation_text",
        ),
        path(f"{start}preview/", PreviewView.as_view(), name="translation_preview"),
        path(
            f"{start}edit-directly/", EditDirectlyView.as_view(), name="translation_edit_directly"
        ),
        path(f"{start}resume/", ResumeView.as_view(), name="translation_resume"),
    ]


# Before wagtail-localize's hooks, which show its own editor.
@hooks.register("before_edit_page", order=-10)
def open_desk_of_page(request: HttpRequest, page: Any) -> HttpResponseBase | None:
    return None if page.alias_of_id else _desk_of(request, page)


@hooks.register("before_edit_snippet", order=-10)
def open_desk_of_snippet(request: HttpRequest, instance: Any) -> HttpResponseBase | None:
    return _desk_of(request, instance) if hasattr(instance, "translation_key") else None


def _desk_of(request: HttpRequest, target: Any) -> HttpResponseBase | None:
    translation = to_itself(target, translations_of(target))
    if translation is None:
        return None
    # The form of the desk knows nothing of the editor that may have taken its place meanwhile.
    if translation.enabled or "desk" in request.POST:
        return DeskView.as_view(translation=translation, target=target)(request)
    if request.method == "GET":
        _tell_way_back(request, translation)
    return None


def _tell_way_back(request: HttpRequest, translation: Translation) -> None:
    messages.info(
        request,
        _("This is edited directly: what changes in %(language)s does not arrive here.")
        % {"language": translation.source.locale.get_display_name()},
        buttons=[
            messages.button(
                reverse("translation_resume", args=[translation.pk]),
                _("Translate side by side again"),
            )
        ],
    )
