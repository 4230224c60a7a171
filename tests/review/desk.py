"""What editors and reviewers do in the admin, by the forms that it gives them."""

from typing import Any

from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from cms.core.clinical_review import latest_draft
from cms.review.models import Approval
from pages.models import TherapyMethodPage


def method(slug: str = "ipt", language: str = "sv") -> TherapyMethodPage:
    found: TherapyMethodPage = TherapyMethodPage.objects.get(
        slug=slug, locale__language_code=language
    )
    return found


def edit_url(instance: Any) -> str:
    if isinstance(instance, Page):
        return reverse("wagtailadmin_pages:edit", args=[instance.pk])
    return reverse(instance.snippet_viewset.get_url_name("edit"), args=[instance.pk])


def form_of(client: Client, instance: Any) -> dict[str, str]:
    """The data of an edit form as a browser would send it back unchanged."""
    response = client.get(edit_url(instance))
    assert response.status_code == 200
    form = BeautifulSoup(response.content, "html.parser").select_one("form[data-edit-form]")
    data = {}
    for field in form.select("input[name], textarea[name], select[name]"):
        if field.name == "select":
            chosen = field.select_one("option[selected]")
            data[field["name"]] = chosen["value"] if chosen else ""
        elif field.get("type") not in ("checkbox", "radio") or field.has_attr("checked"):
            value = field.get_text() if field.name == "textarea" else field.get("value", "")
            data[field["name"]] = value
    return {name: value for name, value in data.items() if not name.startswith("action-")}


def post(client: Client, instance: Any, action: str = "", **changes: str) -> Any:
    data = {**form_of(client, instance), **changes}
    if action:
        data[action] = action
    return client.post(edit_url(instance), data)


def submit(client: Client, instance: Any, **changes: str) -> Any:
    """Send a text to clinical review, as it is or changed."""
    response = post(client, instance, "action-submit", **changes)
    assert response.status_code == 302, response.context["form"].errors
    instance.refresh_from_db()
    assert instance.workflow_in_progress
    return instance.current_workflow_state


def act(client: Client, instance: Any, action: str = "approve", **data: str) -> Any:
    """Do what the buttons of the workflow do from the dashboard or the page."""
    state = instance.current_workflow_state.current_task_state
    name = (
        "wagtailadmin_pages:workflow_action"
        if isinstance(instance, Page)
        else instance.snippet_viewset.get_url_name("workflow_action")
    )
    return client.post(reverse(name, args=[instance.pk, action, state.pk]), data)


def buttons(client: Client, instance: Any) -> set[str]:
    """The names of the buttons below an editor."""
    page = BeautifulSoup(client.get(edit_url(instance)).content, "html.parser")
    footer = page.select_one("footer, .w-dropdown") and page
    found = {
        button.get("name") or button.get("data-workflow-action-name")
        for button in footer.find_all("button")
    }
    return {name for name in found if name}


def is_approved(instance: Any) -> bool:
    return Approval.objects.covering(latest_draft(instance)) is not None
