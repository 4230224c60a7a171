"""The buttons below the editors of pages and snippets: the main button, and clinical review.

Wagtail makes the first item of a menu its main button.
"""

from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.models import WorkflowState
from wagtail.snippets.action_menu import ActionMenuItem as SnippetActionMenuItem

from cms.content.clinical_review import ClinicalContent, is_review_suspended, latest_draft
from cms.upstream.editor_parts import SubmitForModerationMenuItem, SubmitSnippetMenuItem

from .editor_hooks import SHOWN
from .models import Approval, ClinicalReviewTask
from .shared import shown_digest

APPROVE = "approve"
SUBMIT = "action-submit"
PUBLISH = "action-publish"
# Says that this user can change nothing; whoever has submitted the text could take it back.
LOCKED = ("action-page-locked", "action-locked")


class _Submit:
    """Names the button that submits by what it does; Wagtail names a workflow or a task."""

    def get_context_data(self, parent_context: Any) -> Any:
        context = super().get_context_data(parent_context)  # type: ignore[misc]  # of the item
        edited = parent_context.get("page") or parent_context.get("instance")
        state = edited.current_workflow_state if edited else None
        is_again = state is not None and state.status == WorkflowState.STATUS_NEEDS_CHANGES
        context["label"] = _("Submit for review again") if is_again else _("Submit for review")
        return context


class SubmitPage(_Submit, SubmitForModerationMenuItem):
    """Submits a page to its workflow."""


class SubmitSnippet(_Submit, SubmitSnippetMenuItem):
    """Submits a snippet to its workflow."""


class MainButton:
    """The main button, behind what the form needs of a button that is always in it.

    Return in a one-line field presses the first button of a form: here a hidden one that saves
    the draft, so that nobody publishes, submits or approves with a key. `shown` is the
    `shown_digest` of the content of the form, where a reviewer decides about it.
    """

    def __init__(self, item: Any, shown: str) -> None:
        self._item = item
        self._shown = shown

    def __getattr__(self, name: str) -> Any:
        return getattr(self._item, name)

    def render_html(self, parent_context: Any) -> SafeString:
        item = self._item.render_html(parent_context)
        words = {"field": SHOWN, "shown": self._shown, "item": item}
        return render_to_string("review/main_button.html", words)


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
    """Handle `construct_page_action_menu`."""
    page = context.get("page")
    if context["view"] == "create":
        needs_review = _arrange_new_page(items, request, context)
    else:
        needs_review = isinstance(page, ClinicalContent) and not is_review_suspended()
        if needs_review:
            _hold(items, request, page, PublishPageWithoutReview)
    _name_submission(items, SubmitPage)
    _choose_main_button(items, request, context["view"], page, needs_review)


def arrange_snippet_menu(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Handle `construct_snippet_action_menu`."""
    snippet = context.get("instance")
    needs_review = getattr(context["model"], "needs_clinical_review", False)
    needs_review = needs_review and not is_review_suspended()
    if needs_review and snippet is None:
        items[:] = [item for item in items if item.name != PUBLISH]
    elif needs_review:
        _hold(items, request, snippet, PublishSnippetWithoutReview)
    _name_submission(items, SubmitSnippet)
    _choose_main_button(items, request, context["view"], snippet, needs_review)


def _arrange_new_page(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> bool:
    """Leave out publishing, as nobody has approved what is not written yet.

    Returns whether pages of the new page's type need review.
    """
    names = request.resolver_match.kwargs if request.resolver_match else {}
    if "content_type_app_name" not in names:
        return False
    model: Any = apps.get_model(names["content_type_app_name"], names["content_type_model_name"])
    if not getattr(model, "needs_clinical_review", False) or is_review_suspended():
        return False
    has_workflow = ClinicalReviewTask.workflow_of(context["parent_page"].locale_id) is not None
    items[:] = [
        item for item in items if item.name != PUBLISH and (has_workflow or item.name != SUBMIT)
    ]
    return True


def _hold(items: list[Any], request: HttpRequest, instance: Any, emergency: Any) -> None:
    """Leave out publishing a draft that is not approved; administrators give a reason for it."""
    if Approval.objects.allows(latest_draft(instance)):
        return
    items[:] = [item for item in items if item.name != PUBLISH]
    if getattr(request.user, "is_superuser", False):
        items.append(emergency(instance))


def _name_submission(items: list[Any], kind: Any) -> None:
    items[:] = [kind(order=item.order) if item.name == SUBMIT else item for item in items]


def _choose_main_button(
    items: list[Any], request: HttpRequest, view: str, instance: Any, needs_review: bool
) -> None:
    """Put what the user most likely wants first.

    That is to approve what they are asked to approve, otherwise to submit what needs review, or
    to publish. Who looks at an earlier version only replaces the draft by it.
    """
    forward = (SUBMIT, PUBLISH) if needs_review else (PUBLISH, SUBMIT)
    wanted = [APPROVE, *forward, *LOCKED] if view in ("create", "edit") else []
    # Without a form before with one.
    by_name = {item.name: item for item in sorted(items, key=_has_form, reverse=True)}
    main = next((by_name[name] for name in wanted if name in by_name), None)
    if main is not None:
        items.remove(main)
        items.insert(0, main)
    if not items:
        return
    shown = ""
    if isinstance(getattr(instance, "current_workflow_task", None), ClinicalReviewTask):
        # A form that comes back with errors shows what it showed before.
        shown = request.POST.get(SHOWN) or shown_digest(latest_draft(instance))
    if shown or main is not None:
        items[0] = MainButton(items[0], shown)


def _has_form(item: Any) -> bool:
    return bool(getattr(item, "launch_modal", False))
