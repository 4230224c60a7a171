"""The workflow task of clinical review, and the content that was submitted to it."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.forms import TaskStateCommentForm
from wagtail.models import AbstractGroupApprovalTask, Locale, Workflow

from cms.content.clinical_review import latest_draft
from cms.core.visible_text import is_visible

from ..four_eyes import is_own, may_approve, others_who_may_approve
from ..shared import shown_digest
from .approval import Approval
from .people import ReviewerTitle


class TitleForm(TaskStateCommentForm):
    """Ask a reviewer for the professional title that pages show; only until they have one."""

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
    """Clinical review of content in one language by the members of the task's groups.

    Approving creates an `Approval` of the exact content.
    """

    locale = models.ForeignKey(
        Locale, verbose_name=_("language"), on_delete=models.CASCADE, related_name="+"
    )

    admin_form_fields = [*AbstractGroupApprovalTask.admin_form_fields, "locale"]
    admin_form_readonly_on_edit_fields = ["name", "locale"]

    class Meta:
        verbose_name = _("clinical review")
        verbose_name_plural = _("clinical reviews")

    # The user of the last `get_actions`, as Wagtail does not pass one to `get_form_for_action`.
    _asked_by: Any = None

    @classmethod
    def get_description(cls) -> str:
        return gettext("Members of the chosen groups approve the content of one language.")

    @classmethod
    def workflow_of(cls, locale_id: int) -> Workflow | None:
        """Return the active workflow with the review of a language, or None."""
        tasks = cls._default_manager.filter(active=True, locale=locale_id)
        return Workflow.objects.filter(active=True, workflow_tasks__task__in=tasks).first()

    def start(self, workflow_state: Any, user: Any = None) -> Any:
        """Begin or restart the review; the user counts as the one who submitted the content."""
        if user is not None:
            workflow_state.requested_by = user
        task_state = super().start(workflow_state, user=user)
        SubmittedContent.objects.create(
            task_state=task_state, shown_digest=shown_digest(task_state.revision.as_object())
        )
        return task_state

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        """Leave out approval of own texts, and approval without a form for untitled reviewers."""
        self._asked_by = user
        actions: list[tuple[str, Any, bool]] = super().get_actions(obj, user)
        if actions and not may_approve(obj, user):
            return [action for action in actions if action[0] != "approve"]
        if not actions or ReviewerTitle.of(user, self.locale_id):
            return actions
        # Only the action with a form can ask for the title.
        return [action for action in actions if action[0] != "approve" or action[2]]

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> Any:
        """Return the task states that a user may decide, without those of their own texts."""
        states = super().get_task_states_user_can_moderate(user, **kwargs)
        waiting = states.select_related("workflow_state__base_content_type", "revision")
        own = [
            state.pk
            for state in waiting
            if not may_approve(state.workflow_state.content_object, user)
        ]
        return states.exclude(pk__in=own)

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
        """Carry out a reviewer's action. Raises ValidationError where they may not approve.

        The optional argument `shown` is the `shown_digest` of the content in the form; without
        it the reviewer is taken to have read the submitted content.
        """
        if action_name == "approve":
            self._approve(task_state, user, str(kwargs.get("title", "")).strip(), kwargs)
        comment = str(kwargs.get("comment", ""))
        super().on_action(task_state, user, action_name, comment=comment)

    def _approve(self, task_state: Any, user: Any, title: str, given: dict[str, Any]) -> None:
        content = latest_draft(task_state.workflow_state.content_object)
        own = is_own(content, user)
        if own and not settings.REVIEW_BY_AUTHOR:
            raise ValidationError(own_text_message(content, self))
        if not _is_as_shown(content, task_state, given.get("shown")):
            raise ValidationError(changed_message())
        if is_visible(title):
            ReviewerTitle._default_manager.update_or_create(
                user=user, locale=self.locale, defaults={"title": title}
            )
        title = ReviewerTitle.of(user, self.locale_id)
        if not title:
            raise ValidationError(gettext("Write your professional title in your account first."))
        Approval.objects.record(content, reviewer=user, title=title, is_independent=not own)
        task_state.revision = content.latest_revision


class SubmittedContent(models.Model):
    """The `shown_digest` of an object when it was submitted to a review."""

    task_state = models.OneToOneField(
        "wagtailcore.TaskState", on_delete=models.CASCADE, related_name="submitted_content"
    )
    shown_digest = models.CharField(max_length=64)

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.shown_digest


def _is_as_shown(content: Any, task_state: Any, shown: Any) -> bool:
    """Return whether the latest draft shows what its reviewer was shown.

    Reviews that began before `SubmittedContent` existed need the digest of the form.
    """
    if not shown:
        kept = SubmittedContent.objects.filter(task_state=task_state.pk)
        shown = kept.values_list("shown_digest", flat=True).first()
    return bool(shown == shown_digest(content))


def own_text_message(content: Any, task: Any) -> str:
    """Return a message for a reviewer who may not approve their own text, naming who may."""
    others = others_who_may_approve(content, task)
    if not others:
        return gettext(
            "You have written or submitted this text, so somebody else has to approve it. Nobody "
            "else is a reviewer yet: ask an administrator."
        )
    names = ", ".join(user.get_full_name() or user.get_username() for user in others)
    return gettext(
        "You have written or submitted this text, so somebody else has to approve it: %(names)s."
    ) % {"names": names}


def changed_message() -> str:
    """Return a message for a reviewer whose form showed other content than the latest draft."""
    return gettext(
        "Nothing was approved: the text has changed since you were shown it. Read it as it is now, "
        "then decide."
    )
