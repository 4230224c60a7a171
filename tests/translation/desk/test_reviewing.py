"""A translation is submitted at the desk, and a reviewer decides about it there."""

import json
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from wagtail.log_actions import registry
from wagtail.models import (
    GroupApprovalTask,
    Page,
    Workflow,
    WorkflowContentType,
    WorkflowPage,
    WorkflowState,
    WorkflowTask,
)
from wagtail_localize.models import Translation

from pages.models import ContentPage
from tests.translation.conftest import Submit, english, publish, translate
from tests.translation.desk.reading import Desk


@pytest.fixture
def workflow(db: None) -> Workflow:
    """A workflow whose only step is the editor's group."""
    task = GroupApprovalTask.objects.create(name="A second pair of eyes")
    task.groups.set(get_user_model().objects.get(username="editor").groups.all())
    workflow = Workflow.objects.create(name="Second reading")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    return workflow


def give(workflow: Workflow, target: Any) -> None:
    if isinstance(target, Page):
        WorkflowPage.objects.update_or_create(page=target.page_ptr, defaults={"workflow": workflow})
    else:
        WorkflowContentType.objects.update_or_create(
            content_type=ContentType.objects.get_for_model(target), defaults={"workflow": workflow}
        )


def live(translation: Translation) -> Any:
    return translation.get_target_instance()


def test_a_finished_translation_is_submitted_and_approved(
    editor: Client,
    translator: Client,
    page: ContentPage,
    submit: Submit,
    workflow: Workflow,
) -> None:
    translation = submit(page)
    give(workflow, live(translation))
    desk = Desk(translator, translation)
    assert "Submit for review" in desk.button("action-submit").get_text()
    assert desk.button("action-submit").has_attr("disabled")
    desk.send("action-submit")
    assert not WorkflowState.objects.filter(workflow=workflow).exists()
    translate(translation)
    desk = Desk(translator, translation)
    desk.send("action-submit")
    assert desk.messages().startswith("“English: Behandling” is submitted to Second reading. This")
    locked = Desk(translator, translation)
    assert locked.card("title").textarea.has_attr("readonly")
    reviewer = Desk(editor, translation)
    actions = reviewer.soup.find_all("button", {"data-workflow-action-name": True})
    assert {"approve", "reject"} <= {action["data-workflow-action-name"] for action in actions}
    reviewer.send("action-workflow-action", **{"workflow-action-name": "approve"})
    assert live(translation).live
    assert live(translation).title == english("Behandling")


def test_a_submitted_snippet_can_be_taken_back(
    translator: Client, cta_translation: Translation, workflow: Workflow
) -> None:
    give(workflow, live(cta_translation))
    desk = Desk(translator, cta_translation)
    desk.send("action-submit")
    assert live(cta_translation).workflow_in_progress
    desk.send("action-cancel-workflow")
    assert not live(cta_translation).workflow_in_progress
    assert desk.messages() == f"“{english('Hur mår du?')}” is no longer submitted."
    entries = registry.get_logs_for_instance(live(cta_translation))
    assert entries.get(action="wagtail.workflow.cancel").user.username == "translator"


@pytest.fixture
def submitted(translator: Client, translation: Translation, workflow: Workflow) -> Translation:
    """A translation that waits for its reviewer, who is the editor."""
    give(workflow, live(translation))
    Desk(translator, translation).send("action-submit")
    return translation


@pytest.fixture
def rejected(editor: Client, submitted: Translation) -> Translation:
    """A translation that its reviewer has sent back with a comment."""
    desk = Desk(editor, submitted)
    extra = json.dumps({"comment": "Too long"})
    fields = {"workflow-action-name": "reject", "workflow-action-extra-data": extra}
    desk.send("action-workflow-action", **fields)
    told = f"Your decision about “{english('Behandling')}” is recorded."
    assert desk.messages() == told
    return submitted


def test_what_was_sent_back_is_submitted_again(translator: Client, rejected: Translation) -> None:
    state = live(rejected).current_workflow_state
    assert state.status == WorkflowState.STATUS_NEEDS_CHANGES
    assert state.current_task_state.comment == "Too long"
    desk = Desk(translator, rejected)
    desk.write("title", "Better said", "action-submit")
    assert desk.messages().startswith("“Better said” is submitted to Second reading. This")
    again = live(rejected).current_workflow_state
    assert (again.pk, again.status) == (state.pk, WorkflowState.STATUS_IN_PROGRESS)
    assert again.current_task_state.revision.as_object().title == "Better said"


def test_a_review_is_begun_anew(
    translator: Client, page: ContentPage, rejected: Translation
) -> None:
    before = live(rejected).current_workflow_state
    desk = Desk(translator, rejected)
    desk.write("title", "Better said", "action-restart-workflow")
    assert desk.messages().startswith("“Better said” is submitted to Second reading. This")
    before.refresh_from_db()
    assert before.status == WorkflowState.STATUS_CANCELLED
    state = live(rejected).current_workflow_state
    assert (state.requested_by.username, state.status) == ("translator", "in_progress")
    assert state.current_task_state.revision.as_object().title == "Better said"
    desk.send("action-cancel-workflow")
    # Nor is a second one begun without all texts.
    publish(page, heading="En rubrik")
    count = WorkflowState.objects.count()
    for button in ("action-submit", "action-restart-workflow"):
        desk = Desk(translator, rejected)
        desk.send(button)
        assert desk.messages().startswith("1 text must be translated, corrected or confirmed")
    assert WorkflowState.objects.count() == count
    assert not live(rejected).workflow_in_progress


def test_a_reviewer_approves_what_the_form_says(editor: Client, submitted: Translation) -> None:
    desk = Desk(editor, submitted)
    key = desk.key("title")
    approve = {"workflow-action-name": "approve"}
    desk.send("action-workflow-action", **approve, **{f"text-{key}": ""})
    assert desk.messages().startswith("1 text must be translated, corrected or confirmed first.")
    assert live(submitted).workflow_in_progress
    desk.send("action-workflow-action", **approve, **{f"text-{key}": "As reviewed"})
    assert desk.messages() == "Your decision about “As reviewed” is recorded."
    assert live(submitted).title == "As reviewed"
    assert not live(submitted).workflow_in_progress


def test_a_decision_that_is_not_offered_is_refused(
    editor: Client,
    translator: Client,
    translation: Translation,
    workflow: Workflow,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A task offers a reviewer some actions only, as the clinical review does an author."""
    give(workflow, live(translation))
    Desk(translator, translation).write("title", "Better said", "action-submit")
    reviewer = Desk(editor, translation)
    monkeypatch.setattr(
        GroupApprovalTask, "get_actions", lambda *args: [("reject", "Send back", True)]
    )
    for name in ("approve", "publish"):
        data = {"action-workflow-action": "yes", "workflow-action-name": name}
        response = editor.post(reviewer.url, reviewer.form() | data)
        assert response.status_code in (302, 403)
        assert "desk" not in response.headers.get("location", "")
    assert live(translation).workflow_in_progress
    assert live(translation).title == english("Behandling")
