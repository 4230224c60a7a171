"""The workflow from an editor's change to the public page: submit, review, publish."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.core import mail
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, Workflow
from wagtail.test.utils.form_data import rich_text
from wagtail.users.models import UserProfile

from cms.review.models import Approval, ReviewerTitle, Waiver
from pages.models import SelfTestCallToAction, TherapyMethodPage
from tests.admin.test_editing import add_method, method_form

from .desk import act, buttons, edit_url, method, post, submit

pytestmark = pytest.mark.django_db
NEW = "En mening som ska granskas."


def changed() -> str:
    return rich_text(f"<p>{NEW}</p>")


def invitation(language: str = "sv") -> SelfTestCallToAction:
    found = SelfTestCallToAction.objects.filter(locale__language_code=language).first()
    assert found
    return found


def text_of(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_each_language_has_its_workflow_named_in_it() -> None:
    names = {
        language: method(slug, language).get_workflow().name
        for slug, language in (("ipt", "sv"), ("ipt", "en"))
    }
    assert names == {"sv": "Klinisk granskning (Svenska)", "en": "Clinical review (English)"}
    contact = Page.objects.get(slug="kontakt").specific
    assert contact.get_workflow() == Workflow.objects.get(name="Publishers approval")


def test_a_change_goes_through_review_and_is_public_then(
    editor: Client, reviewer: Client, client: Client
) -> None:
    page = method()
    submit(editor, page, introduction=changed())
    assert NEW not in text_of(client, "/terapimetoder/ipt/")
    assert act(reviewer, page).status_code == 302
    assert NEW in text_of(client, "/terapimetoder/ipt/")
    approval = Approval.objects.latest("pk")
    page.refresh_from_db()
    assert approval.revision == page.live_revision
    assert (approval.reviewer.username, approval.language) == ("reviewer", "sv")
    assert approval.reviewer_title == "påhittad psykolog"
    assert page.current_workflow_state is None


def test_so_does_an_invitation(editor: Client, reviewer: Client, client: Client) -> None:
    cta = invitation()
    submit(editor, cta, text=changed())
    assert act(reviewer, cta).status_code == 302
    cta.refresh_from_db()
    assert NEW in cta.text
    assert cta.reviewer_name == "Rut Granskare"


def test_a_new_page_begins_with_the_review_of_its_language(
    editor: Client, reviewer: Client, client: Client
) -> None:
    index = Page.objects.get(slug="terapimetoder")
    address = f"/admin/pages/add/pages/therapymethodpage/{index.pk}/"
    form = BeautifulSoup(editor.get(address).content, "html.parser")
    assert form.select_one("button[name=action-publish]") is None
    assert "Skicka till granskning" in form.select_one("button[name=action-submit]").text
    data = {**method_form(), "action-submit": "action-submit"}
    del data["action-publish"]
    assert editor.post(address, data).status_code == 302
    page = TherapyMethodPage.objects.get(slug="nyt")
    assert client.get("/terapimetoder/nyt/").status_code == 404
    act(reviewer, page)
    assert "Rut Granskare" in text_of(client, "/terapimetoder/nyt/")


def test_nobody_creates_a_published_page(editor: Client) -> None:
    assert add_method(editor).status_code == 302
    assert not TherapyMethodPage.objects.filter(slug="nyt").exists()


def test_changes_are_asked_for_and_made(editor: Client, reviewer: Client, client: Client) -> None:
    page = method()
    submit(editor, page, introduction=changed())
    act(reviewer, page, "reject", comment="Skriv enklare.")
    page.refresh_from_db()
    assert page.current_workflow_state.status == "needs_changes"
    submit(editor, page, introduction=rich_text("<p>Enklare skrivet.</p>"))
    act(reviewer, page)
    assert "Enklare skrivet." in text_of(client, "/terapimetoder/ipt/")


def test_the_publish_button_is_there_for_approved_text_alone(editor: Client) -> None:
    for content in (method(), invitation()):
        post(editor, content)
        assert "action-publish" in buttons(editor, content)
        field = "introduction" if isinstance(content, Page) else "text"
        post(editor, content, **{field: changed()})
        assert "action-publish" not in buttons(editor, content)
        assert "action-submit" in buttons(editor, content)


@pytest.mark.parametrize("make", [method, invitation])
def test_publishing_a_text_changed_after_approval_keeps_the_draft_and_says_what_to_do(
    editor: Client, make: Any
) -> None:
    content = make()
    field = "introduction" if isinstance(content, Page) else "text"
    response = post(editor, content, "action-publish", **{field: changed()})
    assert (response.status_code, response["Location"]) == (302, edit_url(content))
    assert "sparade som utkast men inte publicerade" in text_of(editor, edit_url(content))
    content.refresh_from_db()
    assert NEW not in getattr(content, field)
    assert NEW in getattr(content.get_latest_revision_as_object(), field)


def test_bulk_publishing_passes_over_what_is_not_approved(editor: Client, log_in: Any) -> None:
    page = method()
    post(editor, page, introduction=changed())
    for client in (editor, log_in("admin")):
        address = f"/admin/bulk/wagtailcore/page/publish/?id={page.pk}"
        assert client.get(address).status_code == 200
        client.post(address, {"include_descendants": ""})
        assert NEW not in method().introduction


def test_a_reviewer_without_a_title_is_asked_for_it(
    editor: Client, log_in: Any, client: Client
) -> None:
    ReviewerTitle.objects.all().delete()
    reviewer = log_in("reviewer")
    page = method()
    state = submit(editor, page, introduction=changed()).current_task_state
    user = get_user_model().objects.get(username="reviewer")
    assert [action[::2] for action in state.task.specific.get_actions(page, user)] == [
        ("reject", True),
        ("approve", True),
    ]
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    assert "Din yrkestitel" in reviewer.get(address).json()["html"]
    modal = {"headers": {"x-requested-with": "XMLHttpRequest"}}
    again = reviewer.post(address, {"title": " ", "comment": ""}, **modal)
    assert "Din yrkestitel" in again.json()["html"]
    assert NEW not in text_of(client, "/terapimetoder/ipt/")
    reviewer.post(address, {"title": "specialistläkare", "comment": ""}, **modal)
    assert "specialistläkare" in text_of(client, "/terapimetoder/ipt/")
    assert ReviewerTitle.of(user, page.locale_id) == "specialistläkare"
    state = submit(editor, page).current_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    assert "Din yrkestitel" not in reviewer.get(address).json()["html"]


def test_reviewers_write_their_titles_in_their_account(log_in: Any) -> None:
    page = text_of(log_in("reviewer"), "/admin/account/")
    assert "Yrkestitel" in page
    assert 'value="made-up psychologist"' in page
    assert "Yrkestitel" not in text_of(log_in("editor"), "/admin/account/")
    reviewer = log_in("reviewer")
    form = BeautifulSoup(reviewer.get("/admin/account/").content, "html.parser")
    data = {
        field["name"]: field.get("value", "")
        for field in form.select("form input[name]")
        if field.get("type") not in ("checkbox", "file") or field.has_attr("checked")
    }
    for field in form.select("form select[name]"):
        chosen = field.select_one("option[selected]") or field.select_one("option")
        data[field["name"]] = chosen["value"]
    data |= {"reviewer_titles-sv": "psykoterapeut", "reviewer_titles-en": ""}
    assert reviewer.post("/admin/account/", data).status_code == 302
    user = get_user_model().objects.get(username="reviewer")
    held = ReviewerTitle.objects.filter(user=user).values_list("locale__language_code", "title")
    assert dict(held) == {"sv": "psykoterapeut"}


@pytest.mark.parametrize(
    ("language", "words", "workflow"),
    [
        ("sv", "väntar på godkännande", "Klinisk granskning (svenska)"),
        ("en", "has been submitted for approval", "Clinical review (Swedish)"),
    ],
)
def test_reviewers_get_mail_in_their_language(
    editor: Client,
    language: str,
    words: str,
    workflow: str,
    django_capture_on_commit_callbacks: Any,
) -> None:
    user = get_user_model().objects.get(username="reviewer")
    UserProfile.objects.filter(user=user).update(preferred_language=language)
    with django_capture_on_commit_callbacks(execute=True):
        submit(editor, method(), introduction=changed())
    message = next(message for message in mail.outbox if user.email in message.to)
    text = f"{message.subject} {message.body}"
    assert words in text
    assert workflow in text


def test_the_one_who_submitted_gets_mail_about_the_outcome(
    editor: Client, reviewer: Client, django_capture_on_commit_callbacks: Any
) -> None:
    submit(editor, method(), introduction=changed())
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        act(reviewer, method())
    assert [message.to for message in mail.outbox] == [["editor@samtal.example"]]


def test_an_administrator_publishes_without_review_with_a_reason(
    log_in: Any, editor: Client, client: Client
) -> None:
    page = method()
    post(editor, page, introduction=changed())
    admin = log_in("admin")
    link = BeautifulSoup(admin.get(edit_url(page)).content, "html.parser").find(
        "a", href=lambda href: href and "/review/publish/" in href
    )
    address = link["href"]
    assert "/review/publish/" not in text_of(editor, edit_url(page))
    assert "Varför det inte kan vänta" in text_of(admin, address)
    assert admin.post(address, {"reason": " "}).status_code == 200
    assert NEW not in text_of(client, "/terapimetoder/ipt/")
    assert admin.post(address, {"reason": "Fel telefonnummer."}).status_code == 302
    html = text_of(client, "/terapimetoder/ipt/")
    assert NEW in html
    assert "Rut Granskare" not in html
    waiver = Waiver.objects.get()
    assert (waiver.user.username, waiver.reason) == ("admin", "Fel telefonnummer.")
    history = text_of(admin, f"/admin/pages/{page.pk}/history/")
    assert "Publicerad utan klinisk granskning: Fel telefonnummer." in history


@pytest.mark.parametrize("username", ["editor", "reviewer", "translator"])
def test_nobody_else_publishes_without_review(log_in: Any, editor: Client, username: str) -> None:
    page = method()
    post(editor, page, introduction=changed())
    address = f"/admin/review/publish/{page.content_type_id}/{page.pk}/"
    client = log_in(username)
    for response in (client.get(address), client.post(address, {"reason": "Ändå."})):
        assert (response.status_code, response["Location"]) == (302, "/admin/")
    assert NEW not in method().introduction
