"""Act as editors and reviewers through the admin's forms."""

from typing import Any

from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text

from cms.content.clinical_review import latest_draft
from cms.review.models import Approval
from pages.models import SelfTestPage, TherapyMethodPage


def method(slug: str = "ipt", language: str = "sv") -> TherapyMethodPage:
    found: TherapyMethodPage = TherapyMethodPage.objects.get(
        slug=slug, locale__language_code=language
    )
    return found


def self_test(language: str = "en") -> SelfTestPage:
    """A page that needs review.

    The English one is the original, the Swedish one is edited at the translators' desk.
    """
    found: SelfTestPage = SelfTestPage.objects.get(locale__language_code=language)
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
    data = {name: value for name, value in data.items() if not name.startswith("action-")}
    # The browser makes the fields of a stream itself.
    streams = {
        field.name: block_data(field.stream_block, getattr(instance, field.name))
        for field in instance._meta.fields
        if isinstance(field, StreamField)
    }
    return data | nested_form_data(streams)


def block_data(block: Any, value: Any) -> Any:
    """Return the form data of a block and its value."""
    match block:
        case blocks.StreamBlock():
            return items_data(
                [(child.block, child.value, child.id, child.block_type) for child in value]
            )
        case blocks.ListBlock():
            return items_data(
                [(block.child_block, child.value, child.id, None) for child in value.bound_blocks]
            )
        case blocks.StructBlock():
            return {
                name: block_data(child, value.get(name))
                for name, child in block.child_blocks.items()
            }
        case blocks.RichTextBlock():
            return rich_text(value.source, features=block.features)
    if isinstance(value, Model):
        return str(value.pk)
    return "" if value is None or value is False else str(value)


def items_data(items: list[tuple[Any, Any, str, str | None]]) -> dict[str, Any]:
    data: dict[str, Any] = {"count": str(len(items))}
    for number, (block, value, key, kind) in enumerate(items):
        data[str(number)] = {
            "value": block_data(block, value),
            "id": key,
            "order": str(number),
            "deleted": "",
            **({"type": kind} if kind else {}),
        }
    return data


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


def put_in_review(content: Any, by: str = "editor", **changes: Any) -> Any:
    """Submit an object to review without the form, and return it read again."""
    user = get_user_model().objects.get(username=by)
    write(content, by, **changes)
    content.get_workflow().start(content, user)
    return type(content).objects.get(pk=content.pk)


def write(content: Any, by: str, **changes: Any) -> Any:
    """Save a draft; gives its revision."""
    for name, value in changes.items():
        setattr(content, name, value)
    return content.save_revision(user=get_user_model().objects.get(username=by))


def act(client: Client, instance: Any, action: str = "approve", **data: str) -> Any:
    """Do what the buttons of the workflow do from the dashboard or the page."""
    state = instance.current_workflow_state.current_task_state
    name = (
        "wagtailadmin_pages:workflow_action"
        if isinstance(instance, Page)
        else instance.snippet_viewset.get_url_name("workflow_action")
    )
    return client.post(reverse(name, args=[instance.pk, action, state.pk]), data)


def assert_another_approves(page: Any, words: str, writer: Client, reviewer: Client) -> None:
    """Assert that a page in review goes live with some words by a reviewer, not by their writer."""
    page.refresh_from_db()
    assert page.workflow_in_progress
    act(writer, page)
    page.refresh_from_db()
    assert words not in page.introduction
    act(reviewer, page)
    page.refresh_from_db()
    assert words in page.introduction


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
