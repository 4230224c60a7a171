"""An approval applies to the content that its form showed, and locks hold on every path."""

import json
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.models import APIToken, Page
from wagtail.test.utils.form_data import rich_text
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from cms.delivery.wagtail_api.v3 import API_CLIENTS
from cms.review.models import Approval
from pages.models import ContentPage, SelfTestCallToAction

from .desk import act, edit_url, form_of, post, put_in_review, self_test, write

pytestmark = pytest.mark.django_db
OLD = "En annan text som ingen har sett."
NEW = "En mening som ska granskas."
APPROVE = {"action-workflow-action": "true", "workflow-action-name": "approve"}


def words(text: str) -> str:
    return rich_text(f"<p>{text}</p>")


def user(name: str) -> Any:
    return get_user_model().objects.get(username=name)


def drafted(content: Any) -> str:
    field = "introduction" if isinstance(content, Page) else "text"
    stored = type(content).objects.get(pk=content.pk)
    return str(getattr(stored.get_latest_revision_as_object(), field))


def is_live(content: Any, text: str) -> bool:
    field = "introduction" if isinstance(content, Page) else "text"
    return text in getattr(type(content).objects.get(pk=content.pk), field)


def program(name: str) -> Client:
    """A program that acts for a user by API v3."""
    user(name).groups.add(Group.objects.get(name=API_CLIENTS))
    token = APIToken.create_token(user=user(name), name="Prov")[1]
    return Client(headers={"authorization": f"Bearer {token}"})


def call(client: Client, address: str, **data: Any) -> Any:
    return client.post(address, json.dumps(data), content_type="application/json")


def invitation() -> SelfTestCallToAction:
    found = SelfTestCallToAction.objects.filter(locale__language_code="sv").first()
    assert found
    return found


def in_review(content: Any) -> Any:
    """Submit new words, with other words in an earlier version; gives that version."""
    field = "introduction" if isinstance(content, Page) else "text"
    old = write(content, "editor", **{field: f"<p>{OLD}</p>"})
    put_in_review(content, **{field: f"<p>{NEW}</p>"})
    content.refresh_from_db()
    return old


def test_no_way_to_revert_changes_a_page_in_review(editor: Client) -> None:
    page = self_test()
    old = in_review(page)
    api = program("editor")
    start = f"/admin/api/main/pages/{page.pk}/action/"
    answers = [
        call(editor, f"{start}revert_to_page_revision/", revision_id=old.pk),
        call(api, f"/api/v3-preview/pages/{page.pk}/actions/revert/", revision_id=old.pk),
        api.patch(
            f"/api/v3-preview/pages/{page.pk}/",
            json.dumps({"meta": {"type": "pages.SelfTestPage"}, "title": OLD}),
            content_type="application/json",
        ),
    ]
    assert [answer.status_code for answer in answers] == [403, 403, 403]
    revert = reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, old.pk])
    editor.post(revert, form_of(editor, page) | {"introduction": words(OLD)})
    assert NEW in drafted(page)


def test_nor_an_invitation(editor: Client) -> None:
    cta = invitation()
    old = in_review(cta)
    address = f"/api/v3-preview/snippets/pages.SelfTestCallToAction/{cta.pk}/actions/revert/"
    assert call(program("editor"), address, revision_id=old.pk).status_code == 403
    revert = reverse(cta.snippet_viewset.get_url_name("revisions_revert"), args=[cta.pk, old.pk])
    editor.post(revert, form_of(editor, cta) | {"text": words(OLD)})
    assert NEW in drafted(cta)


def test_a_lock_by_a_person_holds_for_programs_and_bulk_actions(
    editor: Client, log_in: Any
) -> None:
    page = ContentPage.objects.get(slug="kontakt", locale__language_code="sv")
    page.introduction = f"<p>{NEW}</p>"
    page.save_revision()
    ContentPage.objects.filter(pk=page.pk).update(locked=True, locked_by=user("admin"))
    address = f"/api/v3-preview/pages/{page.pk}/actions/publish/"
    assert call(program("editor"), address).status_code == 403
    editor.post(f"/admin/bulk/wagtailcore/page/publish/?id={page.pk}", {"include_descendants": ""})
    assert not is_live(page, NEW)
    # Whoever locked it goes on.
    assert call(program("admin"), address).status_code == 200
    assert is_live(page, NEW)


def test_texts_of_a_translation_in_review_are_locked(editor: Client, log_in: Any) -> None:
    page = self_test("sv")
    translator = log_in("translator-sv")
    assert translator.post(edit_url(page), {"action-submit": "x"}).status_code == 302
    translation = Translation.objects.get(
        source__object_id=page.translation_key, target_locale=page.locale
    )
    segment = StringSegment.objects.filter(
        source=translation.source, context__path="introduction"
    ).first()
    upstream = reverse(
        "wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk]
    )
    upload = reverse("translation_import", args=[translation.pk])
    file = translator.get(reverse("translation_export", args=[translation.pk, "po"])).content
    translator.put(upstream, f"value={OLD}", content_type="application/x-www-form-urlencoded")
    changed = file.replace(b'msgstr "', b'msgstr "Swapped ')
    answer = translator.post(upload, {"file": SimpleUploadedFile("a.po", changed)})
    assert "är låst" in answer.content.decode()
    swapped = StringTranslation.objects.filter(data__regex=f"Swapped|{OLD}")
    assert not swapped.exists()


@pytest.mark.parametrize("make", [self_test, invitation])
def test_words_that_changed_under_a_reviewers_eyes_are_not_approved(
    reviewer: Client, make: Any
) -> None:
    content = make()
    old = in_review(content)
    opened = form_of(reviewer, content)
    count = Approval.objects.count()
    # Locks do not hold an administrator.
    old.as_object().save_revision(user=user("admin"))
    for response in (
        act(reviewer, content),
        reviewer.post(edit_url(content), opened | APPROVE),
    ):
        assert (response.status_code, response["Location"]) == (302, edit_url(content))
    html = reviewer.get(edit_url(content)).content.decode()
    assert html.count("Inget godkändes: texten har ändrats") == 2
    assert OLD in html
    assert Approval.objects.count() == count
    assert not is_live(content, OLD)
    assert content.workflow_in_progress
    # Read as it is now, it can be approved.
    post(reviewer, content, **APPROVE)
    assert is_live(content, OLD)
    approval = Approval.objects.latest("pk")
    content.refresh_from_db()
    assert approval.revision == content.live_revision


def test_the_dialog_leads_to_the_new_text(reviewer: Client) -> None:
    page = self_test()
    old = in_review(page)
    state = page.current_workflow_task_state
    old.as_object().save_revision(user=user("admin"))
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    answer = reviewer.post(address, {"comment": ""}, headers={"x-requested-with": "XMLHttpRequest"})
    assert answer.json() == {"step": "success", "redirect": edit_url(page)}
    assert not is_live(page, OLD)


def test_a_translation_that_changed_at_the_desk_is_not_approved(
    reviewer: Client, log_in: Any
) -> None:
    page = self_test("sv")
    log_in("translator-sv").post(edit_url(page), {"action-submit": "x"})
    html = reviewer.get(edit_url(page)).content.decode()
    assert 'name="review-shown"' in html
    shown = html.split('name="review-shown" value="')[1].split('"')[0]
    text = StringTranslation.objects.filter(
        context__object_id=page.translation_key, context__path="introduction", locale=page.locale
    ).latest("updated_at")
    text.data, text.last_translated_by = OLD, user("admin")
    text.save()
    count = Approval.objects.count()
    reviewer.post(edit_url(page), APPROVE | {"review-shown": shown})
    assert Approval.objects.count() == count
    assert "Inget godkändes: texten har ändrats" in reviewer.get(edit_url(page)).content.decode()
    page.refresh_from_db()
    assert OLD not in page.introduction
    # Another typed it, though the reviewer's request saved it: read now, it can be approved.
    html = reviewer.get(edit_url(page)).content.decode()
    shown = html.split('name="review-shown" value="')[1].split('"')[0]
    reviewer.post(edit_url(page), APPROVE | {"review-shown": shown})
    page.refresh_from_db()
    assert OLD in page.introduction


def test_a_version_in_review_is_not_overwritten(log_in: Any) -> None:
    """As autosave does, for the administrator whom no lock holds."""
    page = self_test()
    admin = log_in("admin")
    page = put_in_review(page, by="admin", introduction=f"<p>{NEW}</p>")
    draft = page.get_latest_revision_as_object()
    draft.introduction = f"<p>{OLD}</p>"
    with pytest.raises(PermissionDenied) as refusal:
        draft.save_revision(user=user("admin"), overwrite_revision=draft.latest_revision)
    assert str(refusal.value) == (
        "Den här versionen granskas just nu. Ladda om sidan för att ändra texten."
    )
    data = form_of(admin, page) | {
        "introduction": words(OLD),
        "overwrite_revision_id": str(draft.latest_revision_id),
    }
    admin.post(edit_url(page), data, headers={"accept": "application/json"})
    assert NEW in page.current_workflow_task_state.revision.as_object().introduction
