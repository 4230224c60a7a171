"""Content of types that need review is published only with an approval of exactly that content."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import APIToken, Locale, Page

from cms.content.clinical_review import (
    ClinicalContent,
    ReviewRequired,
    latest_draft,
    without_review,
)
from cms.journal.models import ContentChange
from cms.review.models import Approval
from cms.review.subjects import reviewed_models
from pages.models import ConcernPage, SelfTestCallToAction, SelfTestPage, TherapyMethodPage
from tests.factories import SelfTestCallToActionFactory, TherapyMethodPageFactory

from .desk import is_approved, method, post

pytestmark = pytest.mark.django_db
NEW = "Det här har ingen granskat."


def text_field(content: ClinicalContent) -> str:
    return "introduction" if isinstance(content, Page) else "text"


def change(content: Any, text: str = NEW) -> Any:
    setattr(content, text_field(content), f"<p>{text}</p>")
    return content


def live_text(content: Any) -> str:
    return str(getattr(type(content)._default_manager.get(pk=content.pk), text_field(content)))


def approve(content: Any) -> Approval:
    reviewer = get_user_model().objects.get(username="reviewer")
    return Approval.objects.record(content, reviewer=reviewer, title="legitimerad psykolog")


def refused(content: Any) -> Any:
    title = re.escape(str(content))
    words = f"^”{title}” är inte kliniskt granskad som den är nu. Skicka den till granskning.$"
    return pytest.raises(ReviewRequired, match=words)


@pytest.fixture(params=[TherapyMethodPage, SelfTestPage, SelfTestCallToAction])
def content(request: Any) -> Any:
    """A published text of each type, in Swedish."""
    return request.param.objects.filter(locale__language_code="sv", live=True).first()


def test_the_types_are_those_that_say_so() -> None:
    assert set(reviewed_models()) == {
        ConcernPage,
        TherapyMethodPage,
        SelfTestPage,
        SelfTestCallToAction,
    }


def test_changed_content_is_refused_and_stays_a_draft(content: Any) -> None:
    revision = change(content).save_revision()
    with refused(content):
        revision.publish()
    assert NEW not in live_text(content)
    content.refresh_from_db()
    assert content.has_unpublished_changes


def test_an_administrator_is_refused_like_anybody(content: Any) -> None:
    admin = get_user_model().objects.get(username="admin")
    with pytest.raises(PermissionDenied):
        change(content).save_revision().publish(user=admin)
    assert NEW not in live_text(content)


def test_approved_content_is_published_and_says_so(content: Any) -> None:
    revision = change(content).save_revision()
    approval = approve(revision.as_object())
    revision.publish()
    content.refresh_from_db()
    assert NEW in live_text(content)
    assert approval.revision == revision
    assert approval.language == "sv"
    today = timezone.localdate()
    assert (content.reviewed_on, content.reviewer_name) == (today, "Rut Granskare")
    assert content.reviewer_title == "legitimerad psykolog"
    assert content.next_review_on.year == today.year + 1


def test_a_change_after_approval_voids_it_and_changing_back_restores_it(content: Any) -> None:
    before = getattr(content, text_field(content))
    change(content).save_revision()
    assert not is_approved(content)
    setattr(content, text_field(content), before)
    revision = content.save_revision()
    assert is_approved(content)
    revision.publish()
    content.refresh_from_db()
    assert content.reviewer_name == "Rut Granskare"


def test_each_language_is_approved_by_itself(content: Any) -> None:
    english = content.get_translation(Locale.objects.get(language_code="en"))
    assert english.reviewer_title == "made-up psychologist"
    approve(change(english))
    assert not Approval.objects.allows(change(content))


def test_where_a_page_stands_is_not_content(content: Any) -> None:
    if isinstance(content, Page):
        content.slug, content.show_in_menus = "ny-adress", False
        content.save_revision().publish()
        content.refresh_from_db()
        assert (content.slug, content.reviewer_name) == ("ny-adress", "Rut Granskare")
        content.move(content.get_parent(), pos="last-child")
        assert Approval.objects.covering(type(content).objects.get(pk=content.pk))


def test_a_heading_a_block_and_a_concern_are_content() -> None:
    page = method()
    approved = page.content_digest()
    block = page.body[0]
    block.value["heading"] = "Något annat"
    assert page.content_digest() != approved
    page = method()
    page.seo_title = "Något annat"
    assert page.content_digest() != approved
    page = method()
    page.concern_links = page.concern_links.all()[1:]
    assert page.content_digest() != approved


def test_ids_of_blocks_and_paragraphs_are_not_content() -> None:
    page = method()
    approved = page.content_digest()
    page.introduction = page.introduction.replace("<p>", '<p data-block-key="ab12c">')
    for block in page.body:
        block.id = f"{block.id[:-4]}0000"
    assert page.content_digest() == approved


def test_an_editor_who_saves_what_is_there_keeps_the_approval(editor: Client) -> None:
    for content in (method(), SelfTestPage.objects.get(locale__language_code="en")):
        assert post(editor, content).status_code == 302
        content.refresh_from_db()
        assert content.has_unpublished_changes
        assert is_approved(content), content


def test_a_publication_time_is_refused_when_it_is_set(content: Any) -> None:
    content.go_live_at = timezone.now() + timedelta(days=1)
    revision = change(content).save_revision()
    with refused(content):
        revision.publish()
    assert not content.revisions.filter(approved_go_live_at__isnull=False).exists()


def test_what_is_approved_is_published_at_its_time(content: Any) -> None:
    content.go_live_at = timezone.now() + timedelta(days=1)
    revision = change(content).save_revision()
    approve(revision.as_object())
    revision.publish()
    assert NEW not in live_text(content)
    past = timezone.now() - timedelta(minutes=1)
    data = {**revision.content, "go_live_at": past.isoformat()}
    type(revision).objects.filter(pk=revision.pk).update(content=data, approved_go_live_at=past)
    call_command("publish_scheduled", verbosity=0)
    assert NEW in live_text(content)


def test_what_is_live_may_be_saved_moved_and_withdrawn(content: Any) -> None:
    with without_review():
        change(content).save_revision().publish()
    content.refresh_from_db()
    assert (content.reviewed_on, content.reviewer_name) == (None, "")
    content.save()
    if isinstance(content, SelfTestPage):
        content.move(Page.objects.get(slug="kontakt"), pos="right")
        content.refresh_from_db()
    content.unpublish()
    content.refresh_from_db()
    with pytest.raises(ReviewRequired):
        content.get_latest_revision().publish()


def test_a_new_text_begins_as_a_draft() -> None:
    with pytest.raises(ReviewRequired):
        TherapyMethodPageFactory(parent=Page.objects.get(slug="terapimetoder"))
    with pytest.raises(ReviewRequired):
        SelfTestCallToActionFactory()
    page = TherapyMethodPageFactory(parent=Page.objects.get(slug="terapimetoder"), live=False)
    assert not page.live


def test_a_copy_begins_as_a_draft(editor: Client) -> None:
    page = method()
    form = {
        "new_title": "Kopia",
        "new_slug": "kopia",
        "new_parent_page": page.get_parent().pk,
        "alias": "",
    }
    address = f"/admin/pages/{page.pk}/copy/"
    refused = editor.post(address, {**form, "publish_copies": "on"}, follow=True)
    assert "kan inte publiceras direkt" in refused.content.decode()
    assert not Page.objects.filter(slug="kopia").exists()
    editor.post(address, form)
    copy = Page.objects.get(slug="kopia").specific
    assert (copy.live, copy.reviewed_on, copy.reviewer_name) == (False, None, "")


def test_an_approval_of_what_is_live_writes_the_journal_in_its_transaction(content: Any) -> None:
    version = ContentChange.objects.count()
    approve(type(content)._default_manager.get(pk=content.pk))
    assert ContentChange.objects.count() == version + 1
    assert ContentChange.objects.last().object_id == content.pk


def test_an_alias_shows_what_is_approved_of_its_source() -> None:
    page = method()
    alias = page.create_alias(update_slug="ipt-igen")
    assert (alias.live, alias.reviewer_name) == (True, "Rut Granskare")
    approve(change(page))
    page.save_revision().publish()
    alias.refresh_from_db()
    assert NEW in alias.introduction
    change(page, "Och det här inte heller.")
    with pytest.raises(ReviewRequired):
        page.save_revision().publish()
    assert NEW in live_text(alias)


def test_the_api_for_programs_publishes_nothing_unreviewed(content: Any) -> None:
    token = APIToken.create_token(user=get_user_model().objects.get(username="admin"), name="Prov")[
        1
    ]
    change(content).save_revision()
    kind = "pages" if isinstance(content, Page) else f"snippets/{content._meta.label}"
    address = f"/api/v3-preview/{kind}/{content.pk}/actions/publish/"
    client = Client(headers={"authorization": f"Bearer {token}"})
    assert client.post(address).status_code == 403
    assert NEW not in live_text(content)


def test_revisions_keep_no_review(content: Any) -> None:
    revision = content.save_revision()
    assert not {"reviewed_on", "reviewer_name"} & revision.content.keys()
    assert latest_draft(content).reviewer_name == ""


def test_a_type_says_how_long_an_approval_is_good(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(TherapyMethodPage, "review_interval_months", 6)
    approval = approve(change(method()))
    days = (approval.next_review_on - timezone.localdate()).days
    assert 180 <= days <= 185
