"""Opens the desk in the admin, in place of the editor of a translation's target."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail_localize.models import Translation

from ..engine.family import has_source, to_itself, translations_of
from .comment_views import TextCommentsView
from .direct_editing import EditDirectlyView, ResumeView
from .text_views import PreviewView, TextView
from .version_views import VersionsView, VersionView
from .views import DeskView


def desk_urls(start: str) -> list[URLPattern]:
    """Return the desk's URL patterns, whose paths begin with that of a translation."""
    return [
        path(
            f"{start}texts/<int:context_id>-<int:string_id>/",
            TextView.as_view(),
            name="translation_text",
        ),
        path(
            f"{start}texts/<int:context_id>-<int:string_id>/comments/",
            TextCommentsView.as_view(),
            name="translation_text_comments",
        ),
        path(f"{start}preview/", PreviewView.as_view(), name="translation_preview"),
        path(
            f"{start}edit-directly/", EditDirectlyView.as_view(), name="translation_edit_directly"
        ),
        path(f"{start}resume/", ResumeView.as_view(), name="translation_resume"),
        path(f"{start}versions/", VersionsView.as_view(), name="translation_versions"),
        path(
            f"{start}versions/<int:revision_id>/", VersionView.as_view(), name="translation_version"
        ),
    ]


def open_desk(request: HttpRequest, target: Any) -> HttpResponseBase | None:
    """Answer with the desk of a page or snippet that is edited; None where it has none."""
    if getattr(target, "alias_of_id", None) or not hasattr(target, "translation_key"):
        return None
    translation = to_itself(target, translations_of(target))
    if translation is None:
        return None
    if request.method == "GET" and not has_source(translation):
        # Begun while its source was deleted, before either waited for the other. It ends as it
        # does where the source of a translation is deleted.
        translation.delete()
        return None
    version = request.resolver_match and request.resolver_match.kwargs.get("revision_id")
    if translation.enabled and version:
        # Wagtail's address to restore a version.
        return redirect("translation_version", translation.pk, version)
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
