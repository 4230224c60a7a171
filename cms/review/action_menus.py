"""The buttons below the editor, for content that needs clinical review."""

from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.snippets.action_menu import ActionMenuItem as SnippetActionMenuItem

from cms.content.clinical_review import ClinicalContent, is_review_suspended, latest_draft
from cms.upstream.editor_parts import SubmitForModerationMenuItem

from .editor_hooks import SHOWN
from .models import Approval, ClinicalReviewTask
from .shared import shown_digest

PUBLISH = "action-publish"
SUBMIT = "action-submit"


class SubmitNewPageMenuItem(SubmitForModerationMenuItem):
    """Names the workflow that a new page will go through; Wagtail names that of its parent."""

    def get_context_data(self, parent_context: Any) -> Any:
        context = super().get_context_data(parent_context)
        workflow = ClinicalReviewTask.workflow_of(parent_context["parent_page"].locale_id)
        context["label"] = _("Submit to %(workflow)s") % {"workflow": workflow}
        return context


class WithWhatIsShown:
    """A button, with a hidden field that says which text the form showed.

    The first button has it, since those in the menu are not in the form while that is closed.
    """

    def __init__(self, item: Any, shown: str) -> None:
        self._item = item
        self._shown = shown

    def __getattr__(self, name: str) -> Any:
        return getattr(self._item, name)

    def render_html(self, parent_context: Any) -> SafeString:
        field = format_html('<input type="hidden" name="{}" value="{}">', SHOWN, self._shown)
        return field + self._item.render_html(parent_context)


class _WithoutReview:
    name = "action-publish-without-review"
    label = gettext_lazy("Publish without review…")
    icon_name = "warning"
    order = 1000

    def __init__(self, instance: Any) -> None:
        self.instance = instance

    def get_url(self, context: Any) -> str:
        key = ContentType.objects.get_for_model(type(self.instance)).pk
        return reverse("publish_without_review", args=[key, self.instance.pk])


class PublishPageWithoutReview(_WithoutReview, ActionMenuItem):
    """For administrators: leads to the form that asks for the reason."""


class PublishSnippetWithoutReview(_WithoutReview, SnippetActionMenuItem):
    """For administrators: leads to the form that asks for the reason."""


def arrange_page_menu(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    if context["view"] == "create":
        _arrange_new_page(items, request, context)
    elif isinstance(page := context.get("page"), ClinicalContent):
        _arrange(items, request, page, PublishPageWithoutReview)


def arrange_snippet_menu(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    if not getattr(context["model"], "needs_clinical_review", False) or is_review_suspended():
        return
    instance = context.get("instance")
    if instance is None:
        items[:] = [item for item in items if item.name != PUBLISH]
    else:
        _arrange(items, request, instance, PublishSnippetWithoutReview)


def _arrange_new_page(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Nobody has approved what is not written yet, so that nobody can publish it."""
    names = request.resolver_match.kwargs if request.resolver_match else {}
    if "content_type_app_name" not in names:
        return
    model: Any = apps.get_model(names["content_type_app_name"], names["content_type_model_name"])
    if not getattr(model, "needs_clinical_review", False) or is_review_suspended():
        return
    submit = [SubmitNewPageMenuItem(order=item.order) for item in items if item.name == SUBMIT]
    items[:] = [item for item in items if item.name not in (PUBLISH, SUBMIT)]
    if ClinicalReviewTask.workflow_of(context["parent_page"].locale_id):
        items.extend(submit)


def _arrange(items: list[Any], request: HttpRequest, instance: Any, emergency: Any) -> None:
    if not is_review_suspended() and not Approval.objects.allows(latest_draft(instance)):
        items[:] = [item for item in items if item.name != PUBLISH]
        if getattr(request.user, "is_superuser", False):
            items.append(emergency(instance))
    if items and isinstance(instance.current_workflow_task, ClinicalReviewTask):
        # A form that comes back with errors shows what it showed before.
        shown = request.POST.get(SHOWN) or shown_digest(latest_draft(instance))
        items[0] = WithWhatIsShown(items[0], shown)
