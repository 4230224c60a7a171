"""Views of one translation for who may edit its target: saving a single text, and the preview."""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils.decorators import method_decorator
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail_localize.models import Translation

from cms.core.edit_requests import lock_edits
from cms.upstream.serving import xframe_options_sameorigin_override

from ..engine import targets
from ..engine.segments import TextKey
from .admin_targets import AdminTarget
from .desk import Desk
from .saving import save_texts
from .submitted_form import press_text_button, typed_texts
from .text_cards import TextCard


class TargetView(View):
    """Base for views of one translation; refuses those who may not edit its target."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.translation = get_object_or_404(
            Translation.objects.select_related(
                "source__locale", "source__specific_content_type", "target_locale"
            ),
            pk=kwargs["translation_id"],
        )

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            target = self.translation.get_target_instance()
        except ObjectDoesNotExist as error:
            raise Http404 from error
        if request.method != "POST":
            return self._answer(target, request, *args, **kwargs)
        with transaction.atomic():
            lock_edits(type(target), target.pk)
            return self._answer(target, request, *args, **kwargs)

    def _answer(
        self, target: Any, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        self.admin = AdminTarget.of(self.shown_version(target), request)
        if not self.admin.may("edit"):
            return self.refuse()
        return super().dispatch(request, *args, **kwargs)

    def shown_version(self, target: Any) -> Any:
        """The version whose title is shown; locks and permissions are the same of all."""
        return target

    def refuse(self) -> HttpResponseBase:
        raise PermissionDenied


class TextView(TargetView):
    """Saves one text while its translator goes on; answers with its card and the progress."""

    def refuse(self) -> HttpResponseBase:
        return JsonResponse({"error": _("Not saved: you may no longer edit this.")}, status=403)

    def post(
        self, request: HttpRequest, translation_id: int, context_id: int, string_id: int
    ) -> HttpResponseBase:
        typed = typed_texts(request)
        if self.admin.is_locked or not self.translation.enabled:
            told = _("Not saved: this is locked or no longer translated here.")
            return JsonResponse({"error": told}, status=409)
        desk = Desk(self.translation, request.user, self.admin.target)
        saved = save_texts(desk, typed)
        desk.refused = saved.refused
        if not desk.refused:
            press_text_button(desk, request.POST, typed, saved.written)
        key = TextKey(context_id, string_id)
        card = desk.text(key)
        if card is None:
            return JsonResponse({"error": _gone(kept=key not in desk.refused)}, status=409)
        return JsonResponse(
            {
                "card": render_card(card, self.translation, request),
                "progress": render_to_string(
                    "translation/desk/progress.html", {"progress": desk.progress}, request
                ),
                "ready": desk.progress.is_ready,
            }
        )


@method_decorator(xframe_options_sameorigin_override, name="get")
class PreviewView(TargetView):
    """Previews the target with its stored texts, as Wagtail's preview panel asks for it."""

    def get(self, request: HttpRequest, translation_id: int, mode: str = "") -> HttpResponseBase:
        instance = targets.preview_instance(self.translation)
        mode = mode or request.GET.get("mode", instance.default_preview_mode)
        if mode not in dict(instance.preview_modes):
            raise Http404
        attributes = {
            "in_preview_panel": request.GET.get("in_preview_panel") == "true",
            "is_editing": True,
        }
        response: HttpResponseBase = instance.make_preview_request(request, mode, attributes)
        return response

    def post(self, request: HttpRequest, translation_id: int, mode: str = "") -> JsonResponse:
        """Tell the preview panel to load: the preview shows stored texts, not the form's."""
        return JsonResponse({"is_valid": True, "is_available": True})

    def delete(self, request: HttpRequest, translation_id: int, mode: str = "") -> JsonResponse:
        return JsonResponse({"success": True})


def _gone(*, kept: bool) -> str:
    if kept:
        return _(
            "The original has changed meanwhile and no longer has these words. What you wrote is "
            "kept: load the page again to see it."
        )
    return _(
        "Not saved: the original no longer has these words, and somebody else has translated them "
        "meanwhile. Copy your text before you load the page again."
    )


def render_card(card: TextCard, translation: Translation, request: HttpRequest) -> SafeString:
    return render_to_string(
        "translation/desk/text_card.html", {"card": card, **languages(translation)}, request
    )


def languages(translation: Translation) -> dict[str, Any]:
    return {
        "translation": translation,
        "source_locale": translation.source.locale,
        "target_locale": translation.target_locale,
    }
