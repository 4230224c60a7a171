"""Workflow actions succeed completely or not at all, and the user is told which."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.exceptions import ValidationError
from django.db.models.signals import pre_save
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings
from wagtail.log_actions import registry
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.test.utils.form_data import rich_text

from cms.content.clinical_review import latest_draft
from cms.review.models import Approval, ReviewerTitle
from pages.models import SelfTestCallToAction
from tests.reading import without_dialogs

from .desk import act, edit_url, form_of, method, submit

pytestmark = [pytest.mark.django_db, pytest.mark.sampled]

REFUSED = "Adressen är upptagen."
Find = Callable[[], Any]


def invitation() -> SelfTestCallToAction:
    return SelfTestCallToAction.objects.filter(locale__language_code="sv").first()


@pytest.fixture(params=[method, pytest.param(invitation, marks=pytest.mark.full)])
def find(request: Any) -> Find:
    found: Find = request.param
    return found


@pytest.fixture
def no_publication() -> Any:
    """Something that keeps everything from going live, as the guards of this project do."""

    def refuse(instance: Any, update_fields: Any = None, **kwargs: Any) -> None:
        if instance.live and update_fields is None:
            raise ValidationError(REFUSED)

    def connect(model: Any) -> None:
        pre_save.connect(refuse, sender=model, dispatch_uid="refuse")
        connected.append(model)

    connected: list[Any] = []
    yield connect
    for model in connected:
        pre_save.disconnect(sender=model, dispatch_uid="refuse")


def changed(text: str = "Nytt.") -> dict[str, str]:
    return {"introduction": rich_text(f"<p>{text}</p>"), "text": rich_text(f"<p>{text}</p>")}


def field_of(content: Any) -> str:
    return "introduction" if isinstance(content, Page) else "text"


def decide(client: Client, content: Any, name: str = "approve", **more: str) -> Any:
    decision = {"action-workflow-action": "true", "workflow-action-name": name}
    return client.post(edit_url(content), form_of(client, content) | decision | more)


def told(client: Client, url: str = "/admin/") -> str:
    page = without_dialogs(client.get(url, follow=True))
    return " ".join(each.get_text(" ", strip=True) for each in page.select(".messages li"))


def traces(content: Any) -> dict[str, Any]:
    """Everything that a decision leaves behind."""
    return {
        "approvals": Approval.objects.count(),
        "draft": latest_draft(content).content_digest(),
        "log": registry.get_logs_for_instance(content).exclude(action="wagtail.edit").count(),
        "states": sorted(WorkflowState.objects.values_list("pk", "status")),
        "tasks": sorted(TaskState.objects.values_list("pk", "status")),
        "live": type(content).objects.get(pk=content.pk).content_digest(),
    }


@pytest.mark.parametrize("way", ["editor", "first page"])
def test_an_approval_that_cannot_be_published_leaves_nothing(
    editor: Client,
    reviewer: Client,
    find: Find,
    way: str,
    no_publication: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    submit(editor, find(), **{field_of(find()): changed()[field_of(find())]})
    before = traces(find())
    no_publication(type(find()))
    with django_capture_on_commit_callbacks(execute=True):
        response = decide(reviewer, find()) if way == "editor" else act(reviewer, find())
    assert response.status_code == 302
    assert REFUSED in told(reviewer, response["Location"])
    assert traces(find()) == before
    assert find().workflow_in_progress
    assert mail.outbox == []


def in_review(editor: Client, find: Find, text: str = "Nytt.") -> Any:
    submit(editor, find(), **{field_of(find()): changed(text)[field_of(find())]})
    return find()


def test_what_was_typed_beside_it_is_kept_as_a_draft(
    editor: Client, reviewer: Client, find: Find
) -> None:
    content = in_review(editor, find)
    typed = {field_of(content): changed("Min rättelse.")[field_of(content)]}
    response = decide(reviewer, content, **typed)
    assert "Du har skrivit eller skickat in den här texten" in told(reviewer, response["Location"])
    assert "Min rättelse." in getattr(latest_draft(find()), field_of(content))
    assert not Approval.objects.covering(latest_draft(find()))
    assert find().workflow_in_progress


@pytest.mark.parametrize("way", ["editor", "first page", "modal window"])
def test_the_reviewer_is_led_on_and_told(
    editor: Client, reviewer: Client, find: Find, way: str
) -> None:
    content = in_review(editor, find)
    if way == "editor":
        url = decide(reviewer, content)["Location"]
    elif way == "first page":
        url = act(reviewer, content)["Location"]
    else:
        name = (
            "wagtailadmin_pages:workflow_action"
            if isinstance(content, Page)
            else content.snippet_viewset.get_url_name("workflow_action")
        )
        state = content.current_workflow_state.current_task_state
        address = reverse(name, args=[content.pk, "approve", state.pk])
        headers = {"x-requested-with": "XMLHttpRequest"}
        url = reviewer.post(address, {"comment": "Bra."}, headers=headers).json()["redirect"]
    response = reviewer.get(url)
    assert response.status_code == 200
    assert [str(each).strip() for each in response.context["messages"]] == [
        f"Du har godkänt ”{content}”, och det är publicerat."
    ]


def test_whoever_comes_second_is_told_who_came_first(
    editor: Client, reviewer: Client, find: Find, log_in: Any, settings: Settings
) -> None:
    settings.REVIEW_BY_AUTHOR = True
    content = in_review(editor, find)
    admin = log_in("admin")
    forms = {client: form_of(client, content) for client in (reviewer, admin)}
    state = content.current_workflow_state.current_task_state
    decision = {"action-workflow-action": "true", "workflow-action-name": "approve"}
    reviewer.post(edit_url(content), forms[reviewer] | decision)
    before = traces(find())
    again = reviewer.post(edit_url(content), forms[reviewer] | decision)
    assert "har redan godkänt" in told(reviewer, again["Location"])
    rejection = {**decision, "workflow-action-name": "reject"}
    second = admin.post(edit_url(content), forms[admin] | rejection)
    assert f"Rut Granskare har redan godkänt ”{content}”" in told(admin, second["Location"])
    name = (
        "wagtailadmin_pages:workflow_action"
        if isinstance(content, Page)
        else content.snippet_viewset.get_url_name("workflow_action")
    )
    third = admin.post(reverse(name, args=[content.pk, "reject", state.pk]), {"comment": "Nej."})
    assert f"Rut Granskare har redan godkänt ”{content}”" in told(admin, third["Location"])
    assert traces(find()) == before


def test_a_step_that_no_longer_applies_is_told(editor: Client, reviewer: Client) -> None:
    page = method()
    form = form_of(editor, page)
    in_review(editor, method)
    # The form comes again with what was typed, since the page is locked for its editor.
    again = editor.post(edit_url(page), {**form, "action-submit": "action-submit"})
    assert "är redan inskickad" in again.content.decode()
    decide(reviewer, method())
    # What the form holds is another text than the approved one: it becomes a draft.
    cancelled = {**form, "action-cancel-workflow": "action-cancel-workflow"}
    before = traces(method())
    assert "inget har avbrutits" in told(editor, editor.post(edit_url(page), cancelled)["Location"])
    assert {**traces(method()), "draft": ""} == {**before, "draft": ""}


def test_an_autosave_decides_nothing_and_comes_too_late_in_silence(
    editor: Client, reviewer: Client, find: Find, log_in: Any, settings: Settings
) -> None:
    settings.REVIEW_BY_AUTHOR = True
    content = in_review(editor, find)
    admin = log_in("admin")
    person = get_user_model().objects.get(username="admin")
    ReviewerTitle.objects.create(user=person, locale=content.locale, title="läkare")
    form = form_of(reviewer, content)
    decision = {"action-workflow-action": "true", "workflow-action-name": "approve"}
    json = {"headers": {"accept": "application/json"}}
    before = traces(find())
    early = reviewer.post(edit_url(content), form | decision, **json)
    assert (early.status_code, early.json()["success"]) == (400, False)
    assert traces(find()) == before
    typed = form_of(admin, content) | {
        field_of(content): changed("Sparat i förväg.")[field_of(content)]
    }
    saved = admin.post(edit_url(content), typed, **json).json()
    assert saved["success"]
    decide(admin, find())
    approved = traces(find())
    assert approved["approvals"] == before["approvals"] + 1
    late = {
        **typed,
        field_of(content): changed("För sent.")[field_of(content)],
        "overwrite_revision_id": str(saved["revision_id"]),
    }
    answer = admin.post(edit_url(content), late, **json).json()
    assert answer.get("error_code") == "invalid_revision", answer
    assert not reviewer.post(edit_url(content), form, **json).json()["success"]
    assert traces(find()) == approved
    assert told(reviewer) == ""
