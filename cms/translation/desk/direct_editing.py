"""Leaving the desk for the editor of the target itself, and coming back to it."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from cms.upstream.page_views import WagtailAdminTemplateMixin

from .text_views import TargetView, languages


class EditDirectlyView(WagtailAdminTemplateMixin, TemplateView, TargetView):
    """Asks before a target is no longer kept in step with its source."""

    template_name = "translation/desk/edit_directly.html"
    header_icon = "lock-open"

    def shown_version(self, target: Any) -> Any:
        return target.get_latest_revision_as_object()

    def get_page_title(self) -> str:
        return _("Edit directly")

    def get_page_subtitle(self) -> str:
        return self.admin.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        own = {"url": "", "label": self.get_page_title()}
        return [*self.admin.breadcrumbs()[:-1], self._desk_item(), own]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            **languages(self.translation),
            "stop_url": reverse("wagtail_localize:stop_translation", args=[self.translation.pk]),
            "edit_url": self.admin.url("edit"),
        }

    def _desk_item(self) -> dict[str, Any]:
        return {"url": self.admin.url("edit"), "label": self.admin.title}


class ResumeView(EditDirectlyView):
    """Asks before a target that is edited directly is kept in step with its source again."""

    template_name = "translation/desk/resume.html"
    header_icon = "wagtail-localize-language"

    def get_page_title(self) -> str:
        return _("Translate side by side again")
