"""Publish without clinical review in an emergency: for administrators, with a reason."""

from typing import Any

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.log_actions import log

from cms.content.clinical_review import latest_draft
from cms.core.edit_requests import lock_edits, tell_if_published
from cms.core.editing_rights import edit_url
from cms.upstream.admin_views import latest_title
from cms.upstream.page_views import WagtailAdminTemplateMixin

from ..models import Waiver
from ..subjects import reviewed_models

LOG_ACTION = "review.waive"


class ReasonForm(forms.Form):
    """The reason for publishing without review."""

    reason = forms.CharField(
        label=gettext_lazy("Why it cannot wait"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Kept in the history, with your name."),
    )


class PublishWithoutReviewView(WagtailAdminTemplateMixin, FormView):
    """Ask an administrator for a reason, record a `Waiver` and publish the latest draft."""

    page_title = gettext_lazy("Publish without clinical review")
    header_icon = "warning"
    template_name = "review/publish_without_review.html"
    form_class = ReasonForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_superuser:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def object(self) -> Any:
        """The object to publish. Raises Http404 unless its type needs review."""
        content_type = get_object_or_404(ContentType, pk=self.kwargs["content_type_id"])
        model: Any = content_type.model_class()
        if model not in reviewed_models():
            raise Http404
        return get_object_or_404(model, pk=self.kwargs["pk"])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        here = {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()}
        edited = {"url": edit_url(self.object), "label": self.get_page_subtitle()}
        return [*self.breadcrumbs_items, edited, here]

    def get_page_subtitle(self) -> str:
        return latest_title(self.object)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "edit_url": edit_url(self.object)}

    @transaction.atomic
    def form_valid(self, form: ReasonForm) -> HttpResponse:
        user: Any = self.request.user
        lock_edits(type(self.object), self.object.pk)
        self.object.refresh_from_db()
        before = self.object.last_published_at
        draft = latest_draft(self.object)
        revision = self.object.get_latest_revision() or self.object.save_revision(user=user)
        reason = form.cleaned_data["reason"]
        Waiver._default_manager.create(
            content_type=ContentType.objects.get_for_model(type(draft)),
            object_id=draft.pk,
            digest=draft.content_digest(),
            user=user,
            reason=reason,
        )
        log(
            instance=draft,
            action=LOG_ACTION,
            user=user,
            revision=revision,
            data={"reason": reason},
        )
        revision.publish(user=user, skip_permission_checks=True)
        messages.warning(
            self.request,
            _("“%(title)s” is published without clinical review.") % {"title": draft},
        )
        tell_if_published(self.request, self.object, before)
        return redirect(edit_url(self.object))
