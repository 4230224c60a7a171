"""The step of the workflow in which a clinical reviewer reads and approves."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.forms import TaskStateCommentForm
from wagtail.models import AbstractGroupApprovalTask, Locale, Workflow

from cms.core.clinical_review import latest_draft

from .approval import Approval
from .reviewer import ReviewerTitle


class TitleMissing(PermissionDenied):
    """A reviewer approves in a language in which they have no professional title yet."""


class TitleForm(TaskStateCommentForm):
    """Asks reviewers for what pages will say of them, the first time."""

    title = forms.CharField(
        label=_("Your professional title"),
        max_length=200,
        help_text=_(
            "In the language of the text, as readers will see it beside your name: licensed "
            "psychologist. You can change it in your account."
        ),
    )
    field_order = ["title", "comment"]


class ClinicalReviewTask(AbstractGroupApprovalTask):
    """Clinical review of what is in one language, by the members of some groups.

    Approving records who did it, with which title, when and what exactly they approved.
    """

    locale = models.ForeignKey(
        Locale, verbose_name=_("language"), on_delete=models.CASCADE, related_name="+"
    )

    admin_form_fields = [*AbstractGroupApprovalTask.admin_form_fields, "locale"]
    admin_form_readonly_on_edit_fields = ["name", "locale"]

    class Meta:
        verbose_name = _("clinical review")
        verbose_name_plural = _("clinical reviews")

    # Whose actions were asked for last; the form for one of them is then made for this user.
    _asked_by: Any = None

    @classmethod
    def get_description(cls) -> str:
        return gettext("Members of the chosen groups approve the content of one language.")

    @classmethod
    def workflow_of(cls, locale_id: int) -> Workflow | None:
        """The workflow that asks for the review of one language, None where there is none."""
        tasks = cls._default_manager.filter(active=True, locale=locale_id)
        return Workflow.objects.filter(active=True, workflow_tasks__task__in=tasks).first()

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        self._asked_by = user
        actions: list[tuple[str, Any, bool]] = super().get_actions(obj, user)
        if not actions or ReviewerTitle.of(user, self.locale_id):
            return actions
        # Approving at once would leave no place to ask for the title.
        return [action for action in actions if action[0] != "approve" or action[2]]

    def get_form_for_action(self, action: str) -> type[forms.Form]:
        task = self

        class Form(TitleForm):
            def __init__(self, *args: Any, **kwargs: Any) -> None:
                super().__init__(*args, **kwargs)
                if action != "approve" or ReviewerTitle.of(task._asked_by, task.locale_id):
                    del self.fields["title"]

        return Form

    @transaction.atomic
    def on_action(self, task_state: Any, user: Any, action_name: str, **kwargs: Any) -> None:
        """Do what a reviewer chose. Raises TitleMissing where an approver has no title."""
        title = kwargs.pop("title", "").strip()
        if action_name == "approve":
            if title:
                ReviewerTitle._default_manager.update_or_create(
                    user=user, locale=self.locale, defaults={"title": title}
                )
            title = ReviewerTitle.of(user, self.locale_id)
            if not title:
                raise TitleMissing(gettext("Write your professional title in your account first."))
            content = latest_draft(task_state.workflow_state.content_object)
            Approval.objects.record(content, reviewer=user, title=title)
        super().on_action(task_state, user, action_name, **kwargs)
