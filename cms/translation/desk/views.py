"""The page of the desk in the admin."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin import messages

from cms.content.told_losses import WouldLose, name_losses
from cms.core.editing_rights import may_edit, way_on
from cms.upstream.clusters import ClusterPage
from cms.upstream.editor_parts import Button, side_panel_container
from cms.upstream.page_views import WagtailAdminTemplateMixin

from ..comments.submitted_comments import take_comments
from ..comments.views import comments_url, tell_taken
from ..engine.progress import counted_at_end
from ..machine.translating import may_translate
from .actions import ActionRefused, requested_action, run_action
from .admin_targets import AdminTarget
from .desk import Desk
from .footer import footer_of
from .override_saving import refuse_values, save_overrides
from .saving import refuse_all, save_texts
from .submitted_form import press_text_button, typed_texts
from .text_views import languages
from .times import DeskTimes


class DeskView(WagtailAdminTemplateMixin, TemplateView):
    """The desk in place of Wagtail's editor of a target, which has checked the permissions.

    One form holds all texts: whatever button is pressed, they are saved first.
    """

    template_name = "translation/desk/desk.html"
    translation: Any = None
    target: Any = None

    @cached_property
    def admin(self) -> AdminTarget:
        return AdminTarget.of(self.target, self.request)

    @cached_property
    def desk(self) -> Desk:
        return Desk(self.translation, self.request.user, self.target)

    @cached_property
    def times(self) -> DeskTimes:
        return DeskTimes(self.translation, self.admin, self.request.POST)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.admin.lock and (told := self.admin.lock.get_message(request.user)):
            tell = messages.warning if self.admin.is_locked else messages.info
            tell(request, told, extra_tags="lock")
        return self.show()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        # Other requests that edit the target wait for this one.
        if isinstance(self.target, ClusterPage):
            self.target.read_locks()
        with counted_at_end():
            return self.act(request)

    def act(self, request: HttpRequest) -> HttpResponseBase:
        typed = typed_texts(request)
        action = requested_action(request.POST)
        commented = take_comments(self.translation.source, request.user, request.POST)
        tell_taken(request, commented)
        self.desk.refused_comments = commented.refused
        if refusal := self.refusal(action):
            self.desk.refused = refuse_all(self.desk, typed, refusal)
            self.desk.lost_values = refuse_values(self.desk, request.POST, refusal)
            # What is locked can be talked about, and what is scheduled have its times set.
            goes_on = commented.is_pressed or self.sets_times
            if self.desk.refused or self.desk.lost_values or not goes_on:
                messages.error(request, refusal)
                return self.show()
            if commented.is_pressed:
                return self.show() if commented.refused else redirect(self.admin.url("edit"))
        if not self.admin.is_locked:
            saved = save_texts(self.desk, typed)
            lost = save_overrides(self.desk, request.POST)
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
                self.desk.refused, self.desk.lost_values = saved.refused, lost
                return self.show()
        try:
            if told := self.times.save():
                messages.success(request, told)
        except ActionRefused as refusal:
            messages.error(request, str(refusal))
            return self.show()
        if commented.refused:
            return self.show()
        if commented.is_pressed:
            return redirect(self.admin.url("edit"))
        if "times" in request.POST:
            return redirect(f"{self.admin.url('edit')}#times")
        if not self.admin.is_locked:
            if press_text_button(self.desk, request.POST, typed, saved.written):
                if self.desk.refused:
                    messages.error(request, _("Some texts could not be saved: see below."))
                    return self.show()
                return self.go_on()
            if "machine" in request.POST:
                # By itself: what is edited is locked here, and a service can take minutes.
                url = reverse("translation_machine", args=[self.translation.pk])
                return redirect(url, preserve_request=True)
            if getattr(request, "undone", False):
                return self.go_on()
        try:
            told = run_action(action, self.desk, self.admin, request.POST)
        except WouldLose as error:
            # What was typed is saved.
            return name_losses(request, error)
        except ActionRefused as refusal:
            messages.error(request, str(refusal))
            # A text that its target does not take is marked now.
            self.desk.forget_texts()
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

    @property
    def sets_times(self) -> bool:
        is_pressed = self.translation.enabled and "times" in self.request.POST
        return is_pressed and self.times.may_set

    def show(self) -> HttpResponse:
        return self.render_to_response(self.get_context_data())

    def go_on(self) -> HttpResponseBase:
        """Lead back to the desk, to the first text that needs work."""
        next_open = self.desk.progress.next_open
        anchor = f"#text-{next_open}" if next_open else ""
        return redirect(self.admin.url("edit") + anchor)

    def tell_done(self, told: str, target: Any) -> None:
        live = AdminTarget.of(target, self.request).live_url
        buttons = [messages.button(live, _("View live"), new_window=True)] if live else None
        messages.success(self.request, told, buttons=buttons)

    def get_page_title(self) -> str:
        return _("Translating %(type)s") % {"type": self.admin.type_name}

    def get_page_subtitle(self) -> str:
        return self.admin.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return self.admin.breadcrumbs()

    @property
    def comments_url(self) -> str:
        source = self.translation.source
        return comments_url(source.object_id, source.locale_id)

    def get_header_more_buttons(self) -> list[Button]:
        source = AdminTarget.of(self.translation.source.get_source_instance(), self.request)
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
            (_("Comments"), self.comments_url, "comment", 7),
            (_("Earlier versions"), reverse("translation_versions", args=[key]), "history", 6),
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

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        desk = self.desk
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
            "times": self.times,
            "media": desk.media + footer.media + panels.media + self.times.form.media,
            "machine_can_go_on": desk.has_missing and may_translate(self.translation),
            "only_open": self.request.GET.get("show") == "open",
        }
