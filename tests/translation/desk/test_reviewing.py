"""A translation is submitted at the desk, and a reviewer decides about it there."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.test import Client
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
from tests.translation.conftest import Submit, english, translate
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
    assert "is submitted to Second reading." in desk.messages()
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
