"""Wherever a publication is started in the admin, what readers will not see is told once."""

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Locale, Workflow, WorkflowPage, WorkflowTask
from wagtail_localize.models import Translation

from pages.models import ContentPage, TherapyMethodPage
from tests.factories import ConcernFactory, FaqEntryFactory
from tests.review.desk import edit_url, form_of

from .conftest import publish, translate
from .test_losses import question

LACKED = "“Vad kostar det?” is not published, so readers will not see it."


@pytest.fixture
def draft(page: ContentPage, translation: Translation, sv: Locale) -> ContentPage:
    """A live page whose draft begins to refer to a question that is not live."""
    page.body = [("faq_list", {"heading": "Frågor", "entries": [question(sv, live=False)]})]
    page.save_revision()
    return page


def is_published(page: ContentPage) -> bool:
    return [block.block_type for block in type(page).objects.get(pk=page.pk).body] == ["faq_list"]


def form_in(markup: str) -> tuple[str, list[tuple[str, str]]]:
    """The address and the fields of the form that asks whether to go on."""
    soup = BeautifulSoup(markup, "html.parser")
    field: Any = soup.find(attrs={"name": "accepted_losses"})
    form = field.find_parent("form")
    fields = [(each["name"], each.get("value", "")) for each in form.select("input[name]")]
    return form["action"], fields


def go_on(client: Client, markup: str, **options: Any) -> Any:
    address, fields = form_in(markup)
    data: dict[str, list[str]] = {}
    for name, value in fields:
        data.setdefault(name, []).append(value)
    return client.post(address, data, **options)


def stopped(answer: Any) -> str:
    assert answer.status_code == 200
    markup: str = answer.content.decode()
    assert LACKED in markup
    return markup


def test_publishing_several_pages_is_stopped_once_for_all(
    publisher: Client,
    draft: ContentPage,
    sv: Locale,
) -> None:
    other = ContentPage.objects.exclude(pk=draft.pk).filter(locale=sv, live=True).first()
    assert other is not None
    further = FaqEntryFactory(question="Hur lång tid?", locale=sv, live=False)
    other.body = [("faq_list", {"heading": "Frågor", "entries": [further]})]
    other.save_revision()
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    url += f"?id={draft.pk}&id={other.pk}&next=/admin/pages/"
    markup = stopped(publisher.post(url, {"next": "/admin/pages/"}))
    assert "Hur lång tid?" in markup
    assert not is_published(draft)
    assert go_on(publisher, markup).status_code == 302
    assert is_published(draft)
    assert is_published(other)


def approval(page: ContentPage) -> Any:
    """Submit a page to a workflow that editors may approve."""
    workflow = Workflow.objects.create(name="Approval")
    task = GroupApprovalTask.objects.create(name="Approve")
    task.groups.set(Group.objects.filter(user__username="editor"))
    WorkflowTask.objects.create(workflow=workflow, task=task)
    WorkflowPage.objects.create(workflow=workflow, page=page)
    workflow.start(page, None)
    return page.current_workflow_task_state


def test_approving_in_a_row_is_stopped_once(publisher: Client, draft: ContentPage) -> None:
    state = approval(draft)
    url = reverse("wagtailadmin_pages:workflow_action", args=[draft.pk, "approve", state.pk])
    markup = stopped(publisher.post(url, {"next": "/admin/"}))
    state.refresh_from_db()
    assert state.status == state.STATUS_IN_PROGRESS
    assert not is_published(draft)
    assert go_on(publisher, markup).status_code == 302
    assert is_published(draft)


def test_approving_with_a_comment_is_stopped_once_in_its_window(
    publisher: Client,
    draft: ContentPage,
) -> None:
    state = approval(draft)
    url = reverse("wagtailadmin_pages:workflow_action", args=[draft.pk, "approve", state.pk])
    script = {"headers": {"x-requested-with": "XMLHttpRequest"}}
    answer = publisher.post(url, {"comment": "Bra."}, **script).json()
    assert answer["step"] == "action"
    assert LACKED in answer["html"]
    assert go_on(publisher, answer["html"], **script).json()["step"] == "success"
    assert is_published(draft)
    state.refresh_from_db()
    assert state.comment == "Bra."


def test_publishing_by_the_api_of_the_admin_is_stopped_in_json(
    publisher: Client,
    draft: ContentPage,
) -> None:
    url = f"/admin/api/main/pages/{draft.pk}/action/publish/"
    answer = publisher.post(url, headers={"accept": "application/json"})
    assert answer.status_code == 409
    assert LACKED in answer.json()["detail"]
    accepted = {"accepted_losses": answer.json()["accepted_losses"]}
    assert publisher.post(url, accepted, headers={"accept": "application/json"}).status_code < 300
    assert is_published(draft)


@pytest.fixture
def lacking(page: ContentPage, translation: Translation, sv: Locale) -> Translation:
    """A live translation to be published again, with a question that is live in Swedish alone.

    Visitors have all words of it already, so that it may be published unseen.
    """
    blocks = [("faq_list", {"heading": page.title, "entries": [question(sv)]})]
    publish(page, body=blocks)
    translate(translation)
    return translation


MISSING = "“Vad kostar det?” is not published in English, so readers there lack it."


def target_of(translation: Translation) -> Any:
    return translation.get_target_instance()


def test_publishing_at_the_desk_is_stopped_once(publisher: Client, lacking: Translation) -> None:
    target = target_of(lacking)
    url = reverse("wagtailadmin_pages:edit", args=[target.pk])
    answer = publisher.post(url, {"action-publish": "yes"})
    markup = answer.content.decode()
    assert answer.status_code == 200
    assert MISSING in markup
    before = target.last_published_at
    assert go_on(publisher, markup).status_code == 302
    assert target_of(lacking).last_published_at > before
    # Readers of the translation lack it already.
    assert publisher.post(url, {"action-publish": "yes"}).status_code == 302


def test_publishing_by_bringing_translations_up_to_date_is_stopped_once(
    publisher: Client,
    lacking: Translation,
) -> None:
    before = target_of(lacking).last_published_at
    url = reverse("wagtail_localize:update_translations", args=[lacking.source_id])
    answer = publisher.post(url, {"publish_translations": "on"})
    assert answer.status_code == 200
    assert MISSING in answer.content.decode()
    assert target_of(lacking).last_published_at == before
    assert go_on(publisher, answer.content.decode()).status_code == 302
    assert target_of(lacking).last_published_at > before


def test_a_publication_that_is_scheduled_is_stopped_when_its_time_is_set(
    publisher: Client,
    draft: ContentPage,
) -> None:
    draft.go_live_at = timezone.now() + timedelta(days=1)
    draft.save_revision()
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    markup = stopped(publisher.post(f"{url}?id={draft.pk}", {}))
    assert ContentPage.objects.get(pk=draft.pk).scheduled_revision is None
    assert go_on(publisher, markup).status_code == 302
    assert ContentPage.objects.get(pk=draft.pk).scheduled_revision is not None


def test_a_concern_that_is_a_draft_is_named(publisher: Client, sv: Locale) -> None:
    method = TherapyMethodPage.objects.get(slug="ipt", locale=sv)
    concern = ConcernFactory(locale=sv, live=False)
    method.concern_links.create(concern=concern, locale=sv)
    method.save_revision()
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    answer = publisher.post(f"{url}?id={method.pk}", {})
    assert f"“{concern}” is not published" in answer.content.decode()


def test_a_concern_that_is_a_draft_is_named_in_the_editor(publisher: Client, sv: Locale) -> None:
    method = TherapyMethodPage.objects.get(slug="ipt", locale=sv)
    concern = ConcernFactory(locale=sv, live=False)
    data = form_of(publisher, method)
    count = int(data["concern_links-TOTAL_FORMS"])
    row = {"concern": str(concern.pk), "ORDER": str(count + 1), "id": "", "DELETE": ""}
    data |= {f"concern_links-{count}-{name}": value for name, value in row.items()}
    data |= {"concern_links-TOTAL_FORMS": str(count + 1), "action-publish": "yes"}
    answer = publisher.post(edit_url(method), data)
    assert f"“{concern}” is not published" in answer.content.decode()
    soup = BeautifulSoup(answer.content.decode(), "html.parser")
    accepted: Any = soup.find("input", {"name": "accepted_losses"})
    answer = publisher.post(edit_url(method), data | {"accepted_losses": accepted["value"]})
    assert answer.status_code == 302
    assert concern in [each.concern for each in method.concern_links.all()]


def test_code_and_commands_are_not_stopped(draft: ContentPage) -> None:
    draft.get_latest_revision().publish()
    assert is_published(draft)


def test_a_copy_that_is_published_is_stopped_too(
    publisher: Client, draft: ContentPage, sv: Locale
) -> None:
    with_losses = ContentPage.objects.get(pk=draft.pk)
    with_losses.body = draft.body
    # Live with it, as where the question was unpublished later.
    with_losses.save()
    data = {
        "new_title": "Kopia",
        "new_slug": "kopia",
        "new_parent_page": draft.get_parent().pk,
        "publish_copies": "on",
    }
    markup = stopped(publisher.post(f"/admin/pages/{draft.pk}/copy/", data))
    assert not ContentPage.objects.filter(slug="kopia").exists()
    assert go_on(publisher, markup).status_code == 302
    assert ContentPage.objects.get(slug="kopia").live
