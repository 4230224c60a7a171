"""The page of all open comments on an original, for its editors and all its translators."""

from functools import cached_property
from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail_localize.models import StringSegment, TranslationSource

from cms.core.editing_rights import edit_url, may_edit
from cms.core.form_data import UnstorableText, is_storable
from cms.upstream.admin_views import latest_title
from cms.upstream.page_views import WagtailAdminTemplateMixin

from .rights import versions_of
from .shown import CommentField, SourceComments
from .submitted_comments import TakenComments, take_comments
from .threads import count_open


class CommentsView(WagtailAdminTemplateMixin, TemplateView):
    """Lists the comments beside their texts; its form answers and resolves them."""

    template_name = "translation/comments/comments.html"
    page_title = gettext_lazy("Comments")
    header_icon = "comment"

    def dispatch(
        self, request: HttpRequest, key: UUID, locale_id: int, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        sources = TranslationSource.objects.select_related("locale")
        self.source = get_object_or_404(sources, object=key, locale=locale_id)
        try:
            self.instance = self.source.get_source_instance()
        except ObjectDoesNotExist as error:
            raise Http404 from error
        versions = list(versions_of(self.source))
        self.editable = [each for each in versions if may_edit(request.user, each)]
        if not self.editable:
            raise PermissionDenied
        self.refused: dict[str, CommentField] = {}
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_storable(list(request.POST.values())):
            raise UnstorableText
        taken = take_comments(self.source, request.user, request.POST)
        tell_taken(request, taken)
        if taken.refused:
            self.refused = taken.refused
            return self.render_to_response(self.get_context_data())
        return redirect(request.path)

    @cached_property
    def comments(self) -> SourceComments:
        segments = StringSegment.objects.filter(source=self.source)
        segments = segments.select_related("string", "context").order_by("order")
        return SourceComments(self.source, segments, self.request.user, self.refused)

    def get_page_subtitle(self) -> str:
        return latest_title(self.instance)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [{"url": "", "label": _("Comments")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "comments": self.comments,
            "source_locale": self.source.locale,
            "editors": [(each.locale, edit_url(each)) for each in self.editable],
        }


def tell_taken(request: HttpRequest, taken: TakenComments) -> None:
    """Tell what became of the comments of a form, at the top of the next page."""
    for words in dict.fromkeys(taken.told):
        messages.success(request, words)
    for words in taken.errors:
        messages.error(request, words)


def comments_url(key: UUID, locale_id: int) -> str:
    """Return the address of the comments on an original."""
    return reverse("translation_comments", args=[key, locale_id])


def tell_of_comments(request: HttpRequest, instance: Any) -> None:
    """Tell who opens the editor of an original how many open comments it has."""
    if request.method != "GET" or not request.accepts("text/html"):
        return
    if not hasattr(instance, "translation_key") or not (count := count_open(instance)):
        return
    source = {"object": instance.translation_key, "locale": instance.locale_id}
    if TranslationSource.objects.filter(**source).exists():
        url = comments_url(instance.translation_key, instance.locale_id)
        buttons = [messages.button(url, _("Read and answer"))]
        messages.info(request, comments_in_words(count), buttons=buttons)


def comments_in_words(count: int) -> str:
    return ngettext("%(count)d open comment", "%(count)d open comments", count) % {"count": count}
