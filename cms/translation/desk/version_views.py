"""Views of a translation's versions: the list of them, and one beside the texts of the desk."""

from dataclasses import dataclass
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.models import Revision

from cms.upstream.admin_views import user_name
from cms.upstream.page_views import WagtailAdminTemplateMixin

from .actions import in_words
from .desk import Desk
from .text_views import TargetView, languages
from .versions import Comparison, restore

ON_A_PAGE: Final = 30


@dataclass(frozen=True)
class Version:
    """A revision of a target; the address of the preview is None where it has none."""

    revision: Revision
    by: str
    is_live: bool
    is_latest: bool
    url: str
    preview_url: str | None


class OfTranslation(WagtailAdminTemplateMixin, TemplateView, TargetView):
    """Base for pages about the versions of a target that is translated at the desk."""

    header_icon = "history"

    def shown_version(self, target: Any) -> Any:
        return target.get_latest_revision_as_object()

    def get_page_subtitle(self) -> str:
        return self.admin.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        desk = {"url": self.admin.url("edit"), "label": self.admin.title}
        versions = {"url": self.versions_url, "label": _("Earlier versions")}
        return [*self.admin.breadcrumbs()[:-1], desk, versions]

    @property
    def versions_url(self) -> str:
        return reverse("translation_versions", args=[self.translation.pk])

    def version_of(self, revision: Revision) -> Version:
        target = self.admin.target
        preview = self.admin.url("revisions_view", revision.pk) if target.is_previewable() else None
        return Version(
            revision=revision,
            by=user_name(revision.user) if revision.user else "",
            is_live=bool(target.live) and revision.pk == target.live_revision_id,
            is_latest=revision.pk == target.latest_revision_id,
            url=reverse("translation_version", args=[self.translation.pk, revision.pk]),
            preview_url=preview,
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            **languages(self.translation),
            "edit_url": self.admin.url("edit"),
            "history_url": self.admin.url("history"),
            "versions_url": self.versions_url,
            "locked": self.admin.is_locked,
        }


class VersionsView(OfTranslation):
    """Lists the versions of a translation, the latest first."""

    template_name = "translation/desk/versions.html"

    def get_page_title(self) -> str:
        return _("Earlier versions")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        revisions = self.admin.target.revisions.select_related("user__wagtail_userprofile")
        listed = Paginator(revisions.defer("content").order_by("-created_at", "-pk"), ON_A_PAGE)
        page = listed.get_page(self.request.GET.get("p"))
        return {
            **super().get_context_data(**kwargs),
            "listed": page,
            "versions": [self.version_of(revision) for revision in page],
        }


class VersionView(OfTranslation):
    """Shows the texts of a version beside those of the desk, and restores what is chosen."""

    template_name = "translation/desk/version.html"

    @cached_property
    def version(self) -> Version:
        revisions = self.admin.target.revisions.select_related("user")
        return self.version_of(get_object_or_404(revisions, pk=self.kwargs["revision_id"]))

    @cached_property
    def comparison(self) -> Comparison:
        desk = Desk(self.translation, self.request.user, self.admin.target)
        return Comparison(desk, self.version.revision)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.translation.enabled:
            # Restored in the editor of the target itself.
            return redirect(self.admin.url("revisions_revert", self.version.revision.pk))
        if self.admin.lock and (told := self.admin.lock.get_message(request.user)):
            messages.info(request, told, extra_tags="lock")
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        desk_url = self.admin.url("edit")
        if not self.translation.enabled or self.admin.is_locked:
            messages.error(request, _("Nothing was restored: this is locked or edited directly."))
            return redirect(desk_url)
        self.comparison.desk.lock_texts()
        if request.POST.get("shown") != self.comparison.digest:
            messages.warning(request, _("Texts have changed here meanwhile: look once more."))
            return redirect(self.version.url)
        possible = {str(text.key) for text in self.comparison.restorable}
        chosen = possible & set(request.POST.getlist("take"))
        if not chosen:
            messages.error(request, _("Nothing was restored: choose at least one text."))
            return redirect(self.version.url)
        try:
            restore(self.comparison, chosen, request.user, self.admin.target)
        except ValidationError as error:
            messages.error(request, in_words(error, self.admin.target))
            return redirect(desk_url)
        told = ngettext(
            "%(count)d text is as it was, in a new draft. Nothing is published.",
            "%(count)d texts are as they were, in a new draft. Nothing is published.",
            len(chosen),
        )
        messages.success(
            request,
            told % {"count": len(chosen)},
            buttons=[messages.button(self.versions_url, _("Earlier versions"))],
        )
        return redirect(desk_url)

    def get_page_title(self) -> str:
        return _("An earlier version")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        comparison = self.comparison
        shows_all = self.request.GET.get("show") == "all"
        revision = self.version.revision
        return {
            **super().get_context_data(**kwargs),
            "version": self.version,
            "comparison": comparison,
            "texts": comparison.texts if shows_all else comparison.differing,
            "shows_all": shows_all,
            "compare_url": self.admin.url("revisions_compare", revision.pk, "latest"),
        }
