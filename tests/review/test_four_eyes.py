"""Writers and submitters of a text cannot approve it by any path, unless a setting allows it."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from wagtail.models import Revision, TaskState
from wagtail.test.utils.form_data import rich_text
from wagtail_localize.models import StringTranslation, Translation

from cms.content.clinical_review import without_review
from cms.review.four_eyes import may_approve
from cms.review.models import Approval, ReviewerTitle, ReviewSubject
from cms.review.queries import count_waiting_for
from pages.models import SelfTestCallToAction
from tests.reading import Api
from tests.translation.conftest import publish, translation_of
from tests.translation.desk.reading import Desk

from .desk import (
    act,
    assert_another_approves,
    buttons,
    edit_url,
    form_of,
    method,
    post,
    put_in_review,
    self_test,
    write,
)

pytestmark = pytest.mark.django_db
NEW = "En mening av den som också granskar."
APPROVE = {"action-workflow-action": "true", "workflow-action-name": "approve"}


def user(name: str) -> Any:
    return get_user_model().objects.get(username=name)


def changed() -> str:
    return rich_text(f"<p>{NEW}</p>")


@pytest.fixture
def both(editor: Client) -> Client:
    """An editor who is a reviewer as well, with a title."""
    writer = user("editor")
    writer.groups.add(Group.objects.get(name="Clinical reviewers"))
    page = self_test()
    ReviewerTitle.objects.create(user=writer, locale=page.locale, title="psykolog")
    return editor


@pytest.fixture
def purge(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Purges old revisions, each in a transaction of its own, as outside of tests."""
    delete = Revision.delete

    def delete_by_itself(revision: Revision) -> Any:
        with transaction.atomic():
            return delete(revision)

    monkeypatch.setattr(Revision, "delete", delete_by_itself)
    return lambda: call_command("purge_revisions", verbosity=0)


@pytest.mark.parametrize("kind", ["page", "snippet"])
def test_a_purge_of_old_versions_does_not_let_an_author_approve(
    both: Client, kind: str, purge: Callable[[], None]
) -> None:
    """They say who wrote the words; the latest is by somebody who has changed nothing."""
    if kind == "page":
        content: Any = self_test()
        data = {"introduction": changed()}
    else:
        content = SelfTestCallToAction.objects.filter(locale__language_code="sv").first()
        data = {"heading": "A heading by who reviews as well"}
    assert post(both, content, **data).status_code in (200, 302)
    written = content.revisions.order_by("-created_at", "-pk").first()
    assert written.user == user("editor")
    draft = written.as_object()
    draft.get_workflow().start(put_back(draft), user("admin"))
    purge()
    assert not content.revisions.filter(pk=written.pk).exists()
    assert not may_approve(type(content).objects.get(pk=content.pk), user("editor"))
    assert may_approve(type(content).objects.get(pk=content.pk), user("reviewer"))


def put_back(draft: Any) -> Any:
    """Save a draft once more, as it is."""
    write(draft, "admin")
    return type(draft).objects.get(pk=draft.pk)


def is_live(page: Any) -> bool:
    return NEW in type(page).objects.get(pk=page.pk).introduction


def test_no_path_lets_an_author_approve(both: Client) -> None:
    page = put_in_review(self_test(), introduction=NEW)
    count = Approval.objects.count()
    html = both.get(edit_url(page)).content.decode()
    assert "någon annan måste godkänna den: Rut Granskare." in html
    assert 'data-workflow-action-name="approve"' not in html
    assert 'data-workflow-action-name="reject"' in html
    act(both, page)
    post(both, page, **APPROVE)
    state = page.current_workflow_task_state
    other = put_in_review(method("kbt"), by="admin")
    # The address names an object and a step of the workflow: they need not belong together.
    both.post(f"/admin/pages/{other.pk}/workflow/action/approve/{state.pk}/")
    assert Approval.objects.count() == count
    assert page.workflow_in_progress
    assert not is_live(page)


def test_it_waits_for_others_alone(both: Client, reviewer: Client) -> None:
    page = put_in_review(self_test(), introduction=NEW)
    assert (count_waiting_for(user("editor")), count_waiting_for(user("reviewer"))) == (0, 1)
    state = page.current_workflow_task_state
    assert state not in TaskState.objects.reviewable_by(user("editor"))
    act(reviewer, page)
    assert is_live(page)


def test_neither_the_writer_nor_the_one_who_submits_approves(
    both: Client, log_in: Any, reviewer: Client
) -> None:
    page = self_test()
    ReviewerTitle.objects.create(user=user("admin"), locale=page.locale, title="psykolog")
    write(page, "editor", introduction=NEW)
    page = put_in_review(page, by="admin")
    for client in (both, log_in("admin")):
        act(client, page)
        assert not is_live(page)
    act(reviewer, page)
    assert is_live(page)


def test_asking_again_counts_as_submitting(reviewer: Client) -> None:
    page = put_in_review(self_test(), introduction=NEW)
    act(reviewer, page, "reject", comment="Nej.")
    page.refresh_from_db()
    page.current_workflow_state.resume(user("reviewer"))
    act(reviewer, page)
    assert not is_live(page)


def test_a_reviewer_who_changes_the_text_does_not_approve_it(
    reviewer: Client,
) -> None:
    page = put_in_review(self_test())
    response = post(reviewer, page, **APPROVE, introduction=changed())
    assert response["Location"] == edit_url(page)
    assert not is_live(page)
    page.refresh_from_db()
    assert NEW in page.get_latest_revision_as_object().introduction
    # No other words than the editor's: an accident that was undone.
    write(page.get_latest_revision_as_object(), "reviewer", introduction=page.introduction)
    count = Approval.objects.count()
    post(reviewer, page, **APPROVE)
    assert Approval.objects.count() == count + 1


def restore(client: Client, content: Any, revision: Any, **changes: str) -> None:
    """Open a version in the history, change it or not, and submit it."""
    address = reverse("wagtailadmin_pages:revisions_revert", args=[content.pk, revision.pk])
    restored = {"introduction": rich_text(revision.as_object().introduction)} | changes
    data = form_of(client, content) | restored | {"action-submit": "action-submit"}
    assert client.post(address, data).status_code == 302


def test_going_back_to_approved_words_does_not_hide_the_writer(
    both: Client, reviewer: Client, log_in: Any
) -> None:
    page, admin = self_test(), log_in("admin")
    before = rich_text(page.introduction)
    post(both, page, introduction=changed())
    page.refresh_from_db()
    written = page.latest_revision
    post(admin, page, introduction=before)
    restore(admin, page, written)
    page.refresh_from_db()
    act(both, page)
    assert not is_live(page)
    html = both.get(edit_url(page)).content.decode()
    assert "någon annan måste godkänna den: Rut Granskare." in html
    act(reviewer, page)
    assert is_live(page)


def test_nor_does_retyping_it_or_another_correction_of_a_restored_version(
    both: Client, log_in: Any
) -> None:
    page, admin = self_test(), log_in("admin")
    before = rich_text(page.introduction)
    post(both, page, introduction=changed())
    page.refresh_from_db()
    written = page.latest_revision
    post(admin, page, introduction=before)
    post(admin, page, "action-submit", introduction=changed())
    page.refresh_from_db()
    act(both, page)
    assert not is_live(page)
    page.current_workflow_state.cancel()
    post(admin, page, introduction=before)
    restore(admin, page, written, introduction=rich_text(f"<p>{NEW} Rättad.</p>"))
    page.refresh_from_db()
    act(both, page)
    assert not is_live(page)


def test_a_writer_whose_draft_was_dropped_may_approve_another_text(
    both: Client, log_in: Any
) -> None:
    page, admin = self_test(), log_in("admin")
    before = rich_text(page.introduction)
    post(both, page, introduction=rich_text("<p>Ett utkast.</p>"))
    post(admin, page, introduction=before)
    post(admin, page, "action-submit", introduction=changed())
    page.refresh_from_db()
    act(both, page)
    assert is_live(page)


def test_nor_does_the_author_of_an_invitation(both: Client) -> None:
    cta = SelfTestCallToAction.objects.filter(locale__language_code="sv").first()
    assert cta
    cta = put_in_review(cta, text=NEW)
    assert "approve" not in buttons(both, cta)
    act(both, cta)
    post(both, cta, **APPROVE)
    cta.refresh_from_db()
    assert NEW not in cta.text


def test_texts_that_were_typed_at_the_desk_were_written(
    both: Client, reviewer: Client, log_in: Any
) -> None:
    """By whoever typed them, whoever saved the draft."""
    page = self_test("sv")
    translation = Translation.objects.get(
        source__object_id=page.translation_key, target_locale=page.locale
    )
    text = StringTranslation.objects.filter(
        context__object_id=page.translation_key,
        context__path="title",
        locale=page.locale,
    ).latest("updated_at")
    ReviewerTitle.objects.create(user=user("editor"), locale=page.locale, title="psykolog")
    StringTranslation.objects.filter(pk=text.pk).update(
        data=NEW, last_translated_by=user("editor"), updated_at=text.updated_at
    )
    text.refresh_from_db()
    text.save()
    translator = log_in("translator-sv")
    response = translator.post(edit_url(page), {"action-submit": "action-submit"})
    assert response.status_code == 302
    assert translation.get_target_instance().workflow_in_progress
    act(both, page)
    page.refresh_from_db()
    assert not Approval.of(page.get_latest_revision_as_object()).exists()
    assert NEW not in page.title
    act(reviewer, page)
    page.refresh_from_db()
    assert page.title == NEW


@pytest.mark.parametrize("words", ["Ord av en granskare.", "Ord av <b>en granskare</b>."])
def test_confirming_a_text_does_not_hide_who_typed_it(
    log_in: Any, reviewer: Client, words: str
) -> None:
    page = self_test("sv")
    source = self_test("en")
    writer = user("translator-sv")
    writer.groups.add(Group.objects.get(name="Clinical reviewers"))
    ReviewerTitle.objects.create(user=writer, locale=page.locale, title="psykolog")

    def rewrite(text: str) -> Desk:
        with without_review():
            publish(self_test("en"), introduction=f"<p>{text}</p>")
        return Desk(log_in("translator-sv"), translation_of(source))

    rewrite("A wholly new introduction today.").write("introduction", words)
    desk = rewrite("A wholly new introduction now.")
    desk.client = log_in("admin")
    desk.send("accept", desk.key("introduction"))
    desk.send("action-submit", "action-submit")
    assert_another_approves(page, "Ord av", log_in("translator-sv"), reviewer)


@pytest.mark.parametrize("published_by", ["its writer", "a colleague"])
def test_the_writer_of_an_answer_does_not_approve_the_page_that_shows_it(
    both: Client, reviewer: Client, log_in: Any, published_by: str
) -> None:
    page = method()
    ReviewerTitle.objects.create(user=user("editor"), locale=page.locale, title="psykolog")
    block = next(block.value for block in page.body if block.block_type == "faq_list")
    entry = next(iter(block["entries"]))
    if published_by == "its writer":
        post(both, entry, "action-publish", answer=changed())
    else:
        post(both, entry, answer=changed())
        post(log_in("admin"), entry, "action-publish", answer=changed())
    page = put_in_review(method(), by="admin")
    act(both, page)
    assert page.workflow_in_progress
    html = both.get(edit_url(page)).content.decode()
    assert "någon annan måste godkänna den: Rut Granskare." in html
    act(reviewer, page)
    assert not page.workflow_in_progress
    # Once somebody else has approved the answer, its writer may approve other words beside it.
    page = put_in_review(method(), by="admin", introduction=f"<p>{NEW}</p>")
    act(both, page)
    assert is_live(page)


def test_a_service_of_one_may_approve_and_claims_nothing(
    both: Client, client: Client, api: Api, settings: Any
) -> None:
    settings.REVIEW_BY_AUTHOR = True
    page = put_in_review(self_test(), introduction=NEW)
    assert post(both, page, **APPROVE).status_code == 302
    assert is_live(page)
    html = client.get("/en/self-test/").content.decode()
    answer = api.page("/en/self-test/")
    assert answer["content"]["review"] is None
    for told in (html, json.dumps(answer)):
        assert "lastReviewed" not in told
        assert "Clinically reviewed" not in told
        assert "Eva Redaktör" not in told
    subject = ReviewSubject.objects.get(object_id=page.pk, content_type=page.content_type)
    assert subject.reviewed_on is not None
    assert "bara av författaren" in both.get("/admin/reports/reviews/").content.decode()
