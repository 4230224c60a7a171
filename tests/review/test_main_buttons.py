"""The main button of an editor is what its user most likely wants; the others are in its menu."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import rich_text
from wagtail_localize.models import TranslationSource

from cms.review.models import Approval, ReviewerTitle
from faq.models import FaqEntry
from pages.models import ContentPage, SelfTestCallToAction

from .desk import edit_url, method, post, put_in_review, self_test, submit, write

pytestmark = pytest.mark.django_db
NEW = "En mening som ska granskas."
CHANGED = rich_text(f"<p>{NEW}</p>")


def footer(client: Client, address: str) -> list[dict[str, str]]:
    """The name and label of each button below an editor, the main button first."""
    form = BeautifulSoup(client.get(address).content, "html.parser").select_one("form footer nav")
    buttons = form.select("button:not([aria-hidden], [data-w-dropdown-target]), a.button")
    return [
        {
            "name": button.get("name") or button.get("data-workflow-action-name") or "save",
            "label": " ".join(button.get_text().split()),
            "form": button.get("data-workflow-action-modal-url", ""),
        }
        for button in buttons
    ]


def in_sight(client: Client, address: str) -> list[str]:
    """The names of the buttons below the desk that are in no menu."""
    form = BeautifulSoup(client.get(address).content, "html.parser").select_one("form[data-desk]")
    menu = form.select("footer [data-w-dropdown-target=content]")
    for each in menu:
        each.decompose()
    buttons = form.select("footer nav button:not([aria-hidden], [data-w-dropdown-target])")
    return [
        button.get("name") or button.get("data-workflow-action-name") or "save"
        for button in buttons
    ]


def main(client: Client, content: Any) -> str:
    return footer(client, edit_url(content))[0]["name"]


def contact() -> ContentPage:
    found: ContentPage = ContentPage.objects.get(slug="kontakt")
    return found


def original(model: Any) -> Any:
    """A shared text that is edited in Wagtail's own editor."""
    source = TranslationSource.objects.filter(specific_content_type__model=model._meta.model_name)
    return model.objects.get(pk=source.first().get_source_instance().pk)


def question() -> FaqEntry:
    found: FaqEntry = original(FaqEntry)
    return found


def invitation() -> SelfTestCallToAction:
    found: SelfTestCallToAction = original(SelfTestCallToAction)
    return found


@pytest.fixture
def writer(db: None) -> Client:
    """An editor who may not publish."""
    user = get_user_model().objects.create_user("writer", "writer@example.com", "x")
    user.groups.set(Group.objects.filter(name="Editors"))
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("make", [method, invitation])
def test_what_needs_review_is_submitted_by_whoever_edits_it(
    writer: Client, editor: Client, log_in: Any, make: Any
) -> None:
    for client in (writer, editor, log_in("admin")):
        assert footer(client, edit_url(make()))[0] == {
            "name": "action-submit",
            "label": "Skicka till granskning",
            "form": "",
        }


@pytest.mark.parametrize("make", [contact, question])
def test_other_content_is_published_by_whoever_may(editor: Client, make: Any) -> None:
    assert main(editor, make()) == "action-publish"


def test_and_submitted_by_others(writer: Client) -> None:
    assert main(writer, contact()) == "action-submit"
    # Questions have no workflow.
    assert main(writer, question()) == "save"


def test_new_pages_have_the_same_main_buttons(writer: Client, editor: Client) -> None:
    parents = {
        kind: Page.objects.get(slug=slug).pk
        for kind, slug in (("therapymethodpage", "terapimetoder"), ("contentpage", "hem"))
    }
    names = {
        (client is editor, kind): footer(client, f"/admin/pages/add/pages/{kind}/{pk}/")[0]["name"]
        for client in (writer, editor)
        for kind, pk in parents.items()
    }
    assert names == {
        (False, "therapymethodpage"): "action-submit",
        (True, "therapymethodpage"): "action-submit",
        (False, "contentpage"): "action-submit",
        (True, "contentpage"): "action-publish",
    }


@pytest.mark.parametrize("make", [self_test, invitation])
def test_whoever_is_asked_to_approve_does_so_by_the_main_button(
    reviewer: Client, make: Any
) -> None:
    content = make()
    put_in_review(
        content, **{"introduction" if isinstance(content, Page) else "text": f"<p>{NEW}</p>"}
    )
    first, *others = footer(reviewer, edit_url(content))
    assert first == {"name": "approve", "label": "Godkänn och publicera", "form": ""}
    assert {"save", "reject", "approve"} <= {button["name"] for button in others}
    post(
        reviewer,
        content,
        **{"action-workflow-action": "true", "workflow-action-name": "approve"},
    )
    assert Approval.objects.covering(type(content).objects.get(pk=content.pk)) is not None


def test_the_form_is_shown_where_it_asks_for_the_title(reviewer: Client) -> None:
    page = method()
    put_in_review(page, introduction=f"<p>{NEW}</p>")
    ReviewerTitle.objects.all().delete()
    first = footer(reviewer, edit_url(page))[0]
    assert first["name"] == "approve"
    assert first["form"]


def test_reviewers_approve_no_text_of_their_own(reviewer: Client) -> None:
    page = method()
    write(page, "reviewer", introduction=f"<p>{NEW}</p>")
    put_in_review(page)
    names = [button["name"] for button in footer(reviewer, edit_url(page))]
    assert names[0] == "save"
    assert "approve" not in names


@pytest.mark.parametrize("make", [method, invitation])
def test_what_was_submitted_is_not_taken_back_by_the_main_button(editor: Client, make: Any) -> None:
    content = make()
    field = "introduction" if isinstance(content, Page) else "text"
    submit(editor, content, **{field: CHANGED})
    first, *others = footer(editor, edit_url(content))
    assert "låst" in first["label"].lower()
    assert "action-cancel-workflow" in [button["name"] for button in others]


def test_translators_submit_at_the_desk_beside_saving(log_in: Any) -> None:
    assert in_sight(log_in("translator"), edit_url(method(language="en"))) == [
        "save",
        "action-submit",
    ]


def test_a_translation_is_approved_at_the_desk_by_the_main_button(reviewer: Client) -> None:
    page = put_in_review(method(language="en"), "translator", introduction=f"<p>{NEW}</p>")
    assert in_sight(reviewer, edit_url(page)) == ["approve"]
    names = [button["name"] for button in footer(reviewer, edit_url(page))]
    assert {"save", "reject"} <= set(names)


def test_a_text_that_came_back_is_submitted_again(editor: Client, reviewer: Client) -> None:
    page = method()
    submit(editor, page, introduction=CHANGED)
    page.current_workflow_state.current_task_state.reject(
        user=get_user_model().objects.get(username="reviewer")
    )
    first = footer(editor, edit_url(page))[0]
    assert (first["name"], first["label"]) == ("action-submit", "Skicka till granskning igen")


def test_who_looks_at_an_earlier_version_replaces_the_draft(editor: Client) -> None:
    page = contact()
    revision = write(page, "editor", introduction=f"<p>{NEW}</p>")
    address = reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, revision.pk])
    assert footer(editor, address)[0]["name"] == "save"


@pytest.mark.parametrize("make", [method, contact, question, invitation])
def test_return_in_a_field_saves_the_draft(editor: Client, make: Any) -> None:
    page = BeautifulSoup(editor.get(edit_url(make())).content, "html.parser")
    submitting = page.select_one("form[data-edit-form]").select(
        "button:not([type=button], [data-w-dropdown-target]), input[type=submit]"
    )
    assert submitting[0].get("name") is None
    assert submitting[0].get("data-workflow-action-name") is None


@pytest.mark.parametrize("username", ["editor", "admin"])
def test_a_second_press_submits_nothing_again(log_in: Any, username: str) -> None:
    client, page = log_in(username), method()
    submit(client, page, introduction=CHANGED)
    revisions = page.revisions.count()
    client.post(edit_url(page), {"action-submit": "action-submit"})
    assert page.workflow_states.filter(status="in_progress").count() == 1
    assert page.workflow_states.get(status="in_progress").task_states.count() == 1
    assert page.revisions.count() == revisions
