"""Pages about health are live only beside crisis help that somebody has confirmed."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import APIToken, Locale, ModelLogEntry
from wagtail_localize.models import Translation

from cms.crisis.gate import live_clinical_pages
from pages.crisis_help import CONFIRMED, crisis_help_states, ways_to_help
from pages.models import SelfTestPage, SiteFurniture, TherapyMethodPage
from tests.translation.desk.reading import Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def page() -> TherapyMethodPage:
    """A published method in Swedish."""
    found: TherapyMethodPage = TherapyMethodPage.objects.get(slug="kbt")
    return found


@pytest.fixture
def furniture() -> SiteFurniture:
    found: SiteFurniture = SiteFurniture.objects.get(locale__language_code="sv")
    return found


def let_pass(days: int, language: str = "sv") -> None:
    """Make the last confirmation of a language so many days old."""
    key = SiteFurniture.objects.get(locale__language_code=language).pk
    entries = ModelLogEntry.objects.filter(action=CONFIRMED, object_id=str(key))
    assert entries.update(timestamp=timezone.now() - timedelta(days=days)) == 1


def state(language: str = "sv") -> Any:
    (found,) = crisis_help_states(Locale.objects.get(language_code=language))
    return found


def check() -> None:
    call_command("check", databases=["default"], deploy=True)


def said(client: Client, response: Any) -> str:
    """Return what the admin says on the page that an answer leads to."""
    assert response.status_code == 302, response.status_code
    return client.get(response["Location"]).content.decode()


def test_a_year_after_it_was_confirmed_nothing_new_goes_live(page: TherapyMethodPage) -> None:
    check()
    let_pass(364)
    page.save_revision().publish()
    let_pass(367)
    page.introduction = "<p>Nytt.</p>"
    revision = page.save_revision()
    with pytest.raises(ValidationError, match="bekräfta"):
        revision.publish()
    page.refresh_from_db()
    assert page.live
    assert "Nytt" not in page.introduction
    with pytest.raises(SystemCheckError, match=r"E009\) Pages about health are live in 'sv'"):
        check()
    # Only that language.
    TherapyMethodPage.objects.get(slug="cbt").save_revision().publish()
    # What is live may be saved and moved.
    page.save()
    page.move(page.get_parent(), pos="first-child")


def test_a_release_waits_for_no_confirmation() -> None:
    let_pass(400)
    call_command("migrate", verbosity=0, skip_checks=False)


def test_confirming_is_one_act_and_in_the_history(
    page: TherapyMethodPage, furniture: SiteFurniture, admin_client: Client
) -> None:
    assert "crisis-help-heading" not in admin_client.get("/admin/").content.decode()
    let_pass(340)
    home = admin_client.get("/admin/").content.decode()
    url = reverse("confirm_crisis_help", args=[furniture.pk])
    assert url in home
    assert reverse("confirm_crisis_help", args=[furniture.pk + 1000]) not in home
    form = admin_client.get(url).content.decode()
    for contact in furniture.crisis_contacts:
        assert contact.value["name"] in form
        assert contact.value["phone"] in form
    let_pass(400)
    stale = admin_client.post(url, {"ways": "0123456789abcdef"}).content.decode()
    assert "Inget är bekräftat" in stale
    assert not state().is_confirmed()
    said(admin_client, admin_client.post(url, {"ways": ways_to_help(furniture)}))
    assert state().confirmed_on == timezone.localdate()
    page.save_revision().publish()
    history = admin_client.get(
        reverse(furniture.snippet_viewset.get_url_name("history"), args=[furniture.pk])
    )
    assert "kontrollerade och bekräftade" in history.content.decode()
    assert "crisis-help-heading" not in admin_client.get("/admin/").content.decode()


def test_who_may_not_publish_it_may_not_confirm_it(
    furniture: SiteFurniture, english_editor: Client
) -> None:
    let_pass(400)
    url = reverse("confirm_crisis_help", args=[furniture.pk])
    home = english_editor.get("/admin/").content.decode()
    assert "should have been confirmed" in home
    assert url not in home
    english_editor.post(url, {"ways": ways_to_help(furniture)})
    assert not state().is_confirmed()


def test_every_way_to_publish_is_refused_in_words(
    page: TherapyMethodPage, admin_client: Client
) -> None:
    let_pass(400)
    draft = page.save_revision()
    bulk = "/admin/bulk/wagtailcore/page/publish/"
    response = admin_client.post(f"{bulk}?id={page.pk}&next=/admin/", {"publish": "1"})
    assert "bekräftelsen av krishjälpen" in said(admin_client, response).lower()
    page.go_live_at = timezone.now() + timedelta(days=500)
    with pytest.raises(ValidationError, match="bekräfta"):
        page.save_revision().publish()
    admin = get_user_model().objects.get(username="admin")
    _stored, token = APIToken.create_token(user=admin, name="Prov")
    answer = Client(headers={"authorization": f"Bearer {token}"}).post(
        f"/api/v3-preview/pages/{page.pk}/actions/publish/"
    )
    assert answer.status_code == 422, answer.content
    assert "nobody has confirmed" in answer.content.decode() or "ends on" in answer.content.decode()
    page.refresh_from_db()
    assert page.live_revision_id != draft.pk


def test_a_translation_waits_for_the_help_of_its_own_language(admin_client: Client) -> None:
    source = SelfTestPage.objects.get(locale__language_code="en")
    target = source.get_translation(Locale.objects.get(language_code="sv"))
    translation = Translation.objects.get(source__object_id=source.translation_key)
    let_pass(400)
    desk = Desk(admin_client, translation)
    desk.send("action-publish")
    assert "bekräfta dem på startsidan" in desk.messages()
    before = target.live_revision_id
    target.refresh_from_db()
    assert target.live_revision_id == before


@pytest.mark.parametrize("way", ["unpublish", "delete", "bulk", "expire", "no_number"])
def test_help_stays_while_pages_about_health_are_live(
    way: str, furniture: SiteFurniture, admin_client: Client
) -> None:
    name = furniture.snippet_viewset.get_url_name
    if way == "expire":
        furniture.expire_at = timezone.now() + timedelta(days=1)
        with pytest.raises(ValidationError, match="måste finnas kvar"):
            furniture.save_revision().publish()
    elif way == "no_number":
        furniture.crisis_contacts = []
        with pytest.raises(ValidationError, match="måste finnas kvar"):
            furniture.save_revision().publish()
    else:
        if way == "bulk":
            url = f"/admin/bulk/pages/sitefurniture/delete/?id={furniture.pk}"
        else:
            url = reverse(name(way), args=[furniture.pk])
        response = admin_client.post(url, {"translations": "keep"})
        assert "måste finnas kvar" in said(admin_client, response)
        # Nor do both languages go together.
        assert admin_client.post(url, {"translations": "same"}).status_code < 400
        assert state("en").is_confirmed()
    furniture.refresh_from_db()
    assert furniture.live
    assert state().is_confirmed()


def test_without_such_pages_it_may_go(furniture: SiteFurniture, page: TherapyMethodPage) -> None:
    for live in live_clinical_pages().filter(locale=furniture.locale_id).specific():
        live.unpublish()
    furniture.unpublish()
    check()
    with pytest.raises(ValidationError, match="ingen krishjälp"):
        page.get_latest_revision().publish()


def test_the_seed_confirms_once(furniture: SiteFurniture) -> None:
    let_pass(400)
    call_command("seed", verbosity=0)
    assert not state().is_confirmed()
    ModelLogEntry.objects.filter(action=CONFIRMED).delete()
    assert state().confirmed_on is None
    call_command("seed", verbosity=0)
    assert state().is_confirmed()
    assert state("en").is_confirmed()


def test_other_numbers_need_another_confirmation(
    furniture: SiteFurniture, page: TherapyMethodPage
) -> None:
    before = furniture.crisis_contacts.raw_data
    furniture.crisis_contacts = [
        ("contact", {"name": "Nödnumret", "description": "Vid fara.", "phone": "113"})
    ]
    furniture.save_revision().publish()
    with pytest.raises(ValidationError, match="ingen har bekräftat"):
        page.save_revision().publish()
    # What was confirmed is confirmed still.
    furniture.crisis_contacts = list(before)
    furniture.save_revision().publish()
    page.save_revision().publish()


def test_help_that_expires_is_none(furniture: SiteFurniture, page: TherapyMethodPage) -> None:
    for live in live_clinical_pages().filter(locale=furniture.locale_id).specific():
        live.unpublish()
    furniture.expire_at = timezone.now() + timedelta(days=2)
    furniture.save_revision().publish()
    with pytest.raises(ValidationError, match="Ta bort den först"):
        page.get_latest_revision().publish()


def test_a_page_whose_time_is_over_does_not_come_back(page: TherapyMethodPage) -> None:
    past = timezone.now() - timedelta(days=1)
    TherapyMethodPage.objects.filter(pk=page.pk).update(expire_at=past)
    let_pass(400)
    page.expire_at = timezone.now() + timedelta(days=1)
    with pytest.raises(ValidationError, match="bekräfta"):
        page.save()
    # Housekeeping shows nobody anything.
    page.save(update_fields=["draft_title", "has_unpublished_changes"])


def test_a_broken_contact_can_be_read(furniture: SiteFurniture, admin_client: Client) -> None:
    broken = [{"type": "contact", "id": "x", "value": None}, *furniture.crisis_contacts.raw_data]
    SiteFurniture.objects.filter(pk=furniture.pk).update(crisis_contacts=json.dumps(list(broken)))
    url = reverse("confirm_crisis_help", args=[furniture.pk])
    assert "90101" in admin_client.get(url).content.decode()
