"""The desk in the admin: the page itself, single texts, and the preview."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail_localize.models import Translation

from cms.core.edit_requests import lock_edits
from cms.core.editing_rights import may_edit, way_on
from cms.core.form_data import UnstorableText, is_storable
from cms.upstream.editor_parts import Button, side_panel_container
from cms.upstream.page_views import WagtailAdminTemplateMixin
from cms.upstream.serving import xframe_options_sameorigin_override

from ..engine import targets
from ..engine.segments import TextKey
from ..machine.translating import may_translate
from .actions import Refusal, act, action_in
from .desk import Desk
from .footer import footer_of
from .leftovers import Leftover
from .overrides import refuse_values, save_overrides
from .page_or_snippet import InAdmin
from .places import Places
from .saving import (
    Given,
    accept_text,
    confirm_text,
    copy_source,
    discard_text,
    given_texts,
    refuse_all,
    save_texts,
)
from .text_cards import Refused, TextCard


class DeskView(WagtailAdminTemplateMixin, TemplateView):
    """Shown in place of the editor of a target, whose permissions the editor has checked.

    A plain form holds all texts: whatever button is pressed, they are saved first.
    """

    template_name = "translation/desk/desk.html"
    translation: Any = None
    target: Any = None

    @cached_property
    def admin(self) -> InAdmin:
        return InAdmin.of(self.target, self.request)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.admin.lock and (told := self.admin.lock.get_message(request.user)):
            tell = messages.warning if self.admin.is_locked else messages.info
            tell(request, told, extra_tags="lock")
        return self.show()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        given = texts_of(request)
        action = action_in(request.POST)
        places = Places(self.translation.source.as_instance())
        if refusal := self.refusal(action):
            messages.error(request, refusal)
            return self.show(
                refuse_all(self.translation, given, refusal),
                refuse_values(request.POST, places, refusal),
            )
        if not self.admin.is_locked:
            saved = save_texts(self.translation, request.user, given, places)
            lost = save_overrides(self.translation, request.user, request.POST, places)
            if saved.gone:
                messages.error(
                    request,
                    _(
                        "The original has changed while you were writing. What you wrote for "
                        "words that it no longer has is shown below."
                    ),
                )
            elif saved.refused or lost:
                messages.error(request, _("Some texts could not be saved: see below."))
            if saved.gone or saved.refused or lost:
                return self.show(saved.refused, lost)
            if change_text(self.translation, request, given):
                return self.go_on()
            if "machine" in request.POST:
                # By itself: what is edited is locked here, and a service can take minutes.
                url = reverse("translation_machine", args=[self.translation.pk])
                return redirect(url, preserve_request=True)
            if getattr(request, "undone", False):
                return self.go_on()
        try:
            told = act(action, self.translation, self.admin, request.POST)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return self.go_on()
        target = self.translation.get_target_instance()
        self.tell_done(told, target)
        if may_edit(request.user, target):
            return redirect(self.admin.url("edit"))
        return redirect(way_on(request.user, target))

    def refusal(self, action: str) -> str:
        """Why nothing of the form may be saved; empty where it may."""
        if not self.translation.enabled:
            return _("Nothing was saved: this is edited directly now. Copy your texts from here.")
        if self.admin.is_locked and action != "cancel-workflow":
            return _("Nothing was saved: this is locked.")
        return ""

    def show(
        self,
        refused: Mapping[TextKey, Refused] | None = None,
        lost_values: Sequence[Leftover] = (),
    ) -> HttpResponse:
        context = self.get_context_data(refused=refused, lost_values=lost_values)
        return self.render_to_response(context)

    def go_on(self) -> HttpResponseBase:
        """Back to the desk, at the first text that needs work."""
        next_open = Desk(self.translation, self.request.user).progress.next_open
        anchor = f"#text-{next_open}" if next_open else ""
        return redirect(self.admin.url("edit") + anchor)

    def tell_done(self, told: str, target: Any) -> None:
        live = InAdmin.of(target, self.request).live_url
        buttons = [messages.button(live, _("View live"), new_window=True)] if live else None
        messages.success(self.request, told, buttons=buttons)

    def get_page_title(self) -> str:
        return _("Translating %(type)s") % {"type": self.admin.type_name}

    def get_page_subtitle(self) -> str:
        return self.admin.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return self.admin.breadcrumbs()

    def get_header_more_buttons(self) -> list[Button]:
        source = InAdmin.of(self.translation.source.get_source_instance(), self.request)
        key = self.translation.pk
        own = [
            (_("Export as PO"), reverse("translation_export", args=[key, "po"]), "download", 2),
            (
                _("Export as XLIFF"),
                reverse("translation_export", args=[key, "xliff"]),
                "download",
                3,
            ),
            (_("Import a file"), reverse("translation_import", args=[key]), "upload", 4),
            (
                _("Edit directly instead"),
                reverse("translation_edit_directly", args=[key]),
                "lock-open",
                5,
            ),
        ]
        if source.may("edit"):
            own.append((_("Edit the original"), source.url("edit"), "edit", 1))
        buttons = [
            Button(label, url, icon_name=icon, priority=order) for label, url, icon, order in own
        ]
        return sorted([*buttons, *self.admin.more_buttons()])

    def get_context_data(
        self,
        refused: Mapping[TextKey, Refused] | None = None,
        lost_values: Sequence[Leftover] = (),
        **kwargs: Any,
    ) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        desk = Desk(self.translation, self.request.user, refused, lost_values)
        footer = footer_of(self.admin)
        panels = side_panel_container(
            self.admin.side_panels(reverse("translation_preview", args=[self.translation.pk]))
        )
        return {
            **context,
            **self.admin.context(),
            **languages(self.translation),
            "desk": desk,
            "footer": footer,
            "progress": desk.progress,
            "action_url": self.admin.url("edit"),
            "history_url": self.admin.url("history"),
            "side_panels": panels,
            "media": desk.media + footer.media + panels.media,
            "machine_can_go_on": desk.has_missing and may_translate(self.translation),
            "only_open": self.request.GET.get("show") == "open",
        }


class TargetView(View):
    """Something about one translation, for who may edit its target."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.translation = get_object_or_404(
            Translation.objects.select_related("source__locale", "target_locale"),
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
        self.admin = InAdmin.of(target.get_latest_revision_as_object(), request)
        if not self.admin.may("edit"):
            return self.refuse()
        return super().dispatch(request, *args, **kwargs)

    def refuse(self) -> HttpResponseBase:
        raise PermissionDenied


class TextView(TargetView):
    """Saves one text while its translator goes on; answers with what the page shows of it now."""

    def refuse(self) -> HttpResponseBase:
        return JsonResponse({"error": _("Not saved: you may no longer edit this.")}, status=403)

    def post(
        self, request: HttpRequest, translation_id: int, context_id: int, string_id: int
    ) -> HttpResponseBase:
        given = texts_of(request)
        places = Places(self.translation.source.as_instance())
        if self.admin.is_locked or not self.translation.enabled:
            told = _("Not saved: this is locked or no longer translated here.")
            return JsonResponse({"error": told}, status=409)
        saved = save_texts(self.translation, request.user, given, places)
        if not saved.refused:
            change_text(self.translation, request, given)
        desk = Desk(self.translation, request.user, saved.refused)
        key = TextKey(context_id, string_id)
        card = desk.text(key)
        if card is None:
            return JsonResponse({"error": _gone(kept=key not in saved.refused)}, status=409)
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
    """The target with its translations filled in, in the way Wagtail's preview panel asks."""

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

    def post(self, request: HttpRequest, translation_id: int) -> JsonResponse:
        """What is shown is what is saved, so there is nothing to take from the form."""
        return JsonResponse({"is_valid": True, "is_available": True})

    def delete(self, request: HttpRequest, translation_id: int) -> JsonResponse:
        return JsonResponse({"success": True})


def change_text(
    translation: Translation, request: HttpRequest, given: Mapping[TextKey, Given]
) -> bool:
    """Do what a button beside a text asks for; gives whether there was one."""
    if "drop" in request.POST or any(name.startswith("insert-") for name in request.POST):
        return True
    if key := TextKey.parse(request.POST.get("accept", "")):
        accept_text(translation, request.user, key, given)
        return True
    changes = {"copy": copy_source, "confirm": confirm_text, "discard": discard_text}
    for name, change in changes.items():
        if key := TextKey.parse(request.POST.get(name, "")):
            change(translation, request.user, key)
            return True
    return False


def texts_of(request: HttpRequest) -> dict[TextKey, Given]:
    """Return the texts of a submitted form, without the one that its writer gives up for another.

    Raises UnstorableText where any field holds NUL: SQLite would store it, PostgreSQL would not.
    """
    if not is_storable(list(request.POST.values())):
        raise UnstorableText
    given = given_texts(request.POST)
    dropped = request.POST.get("drop", "")
    return {
        key: Given(request.POST.get(f"insert-{key}", text.text), text.seen)
        for key, text in given.items()
        if str(key) != dropped
    }


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
