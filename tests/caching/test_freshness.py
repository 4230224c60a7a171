"""Tests that a change is in the next answer, and that nothing else is computed again."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction

from faq.models import FaqEntry
from pages.models import Concern, SiteFurniture, TherapyMethodPage
from tests.factories import ContentPageFactory
from tests.reading import API

IPT = "/terapimetoder/ipt/"
ADDRESSES = {
    "web page": IPT,
    "page": f"{API}pages/by-path/?path={IPT}",
    "list": f"{API}pages/?locale=sv&limit=100",
    "questions": f"{API}faqs/?locale=sv&limit=100",
    "navigation": f"{API}navigation/?locale=sv",
    "filtered web page": "/terapimetoder/?concern=sorg",
}


@pytest.fixture
def ipt(db: None) -> TherapyMethodPage:
    return TherapyMethodPage.objects.get(slug="ipt", locale__language_code="sv")


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_kept_answer_takes_one_query_and_is_the_same(reader: Client, name: str) -> None:
    Concern.objects.update(page=None)
    first = reader.get(ADDRESSES[name])
    with CaptureQueriesContext(connection) as queries:
        second = reader.get(ADDRESSES[name])
    assert len(queries) == 1
    assert second.content == first.content
    assert dict(second.items()) == dict(first.items())
    with CaptureQueriesContext(connection) as queries:
        unchanged = reader.get(ADDRESSES[name], headers={"if-none-match": first["ETag"]})
    assert (unchanged.status_code, unchanged.content, len(queries)) == (304, b"", 1)
    assert unchanged["Cache-Control"] == first["Cache-Control"]
    head = reader.head(ADDRESSES[name])
    assert (head.status_code, head.content) == (200, b"")
    assert head["ETag"] == first["ETag"]
    assert head["Content-Length"] == str(len(first.content))


def republish(page: TherapyMethodPage) -> None:
    page.heading = "En alldeles ny rubrik"
    page.save_revision().publish()


def publish_question(page: TherapyMethodPage) -> None:
    entry = FaqEntry.objects.get(question="Är IPT samtalsterapi?")
    entry.question = "En alldeles ny rubrik?"
    entry.save_revision().publish()


def publish_furniture(page: TherapyMethodPage) -> None:
    furniture = SiteFurniture.objects.get(locale=page.locale)
    furniture.footer_text = "<p>En alldeles ny rubrik.</p>"
    furniture.save_revision().publish()


@pytest.mark.parametrize(
    ("change", "names"),
    [
        (republish, ["web page", "page", "list"]),
        (publish_question, ["web page", "page", "questions"]),
        (publish_furniture, ["web page", "navigation"]),
    ],
)
def test_a_publish_is_in_the_next_answer(
    reader: Client, ipt: TherapyMethodPage, change: Callable[[Any], None], names: list[str]
) -> None:
    before = {name: reader.get(address) for name, address in ADDRESSES.items()}
    change(ipt)
    for name in names:
        after = reader.get(ADDRESSES[name], headers={"if-none-match": before[name]["ETag"]})
        assert after.status_code == 200
        assert "En alldeles ny rubrik" in after.content.decode(), name
        assert "En alldeles ny rubrik" not in before[name].content.decode()


def unpublish(page: TherapyMethodPage) -> None:
    page.unpublish()


def delete(page: TherapyMethodPage) -> None:
    page.delete()


def restrict(page: TherapyMethodPage) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type="login")


def rename(page: TherapyMethodPage) -> None:
    page.slug = "ny-adress"
    page.save_revision().publish()


def unpublish_parent(page: TherapyMethodPage) -> None:
    Page.objects.get(pk=page.get_parent().pk).specific.unpublish()


@pytest.mark.sampled
@pytest.mark.parametrize("withdraw", [unpublish, delete, restrict, rename, unpublish_parent])
def test_what_is_withdrawn_is_gone_at_once(
    reader: Client, ipt: TherapyMethodPage, withdraw: Callable[[Any], None]
) -> None:
    etags = {name: reader.get(ADDRESSES[name])["ETag"] for name in ("web page", "page")}
    withdraw(ipt)
    page = reader.get(ADDRESSES["web page"], headers={"if-none-match": etags["web page"]})
    assert page.status_code in (301, 302, 404)
    answer = reader.get(ADDRESSES["page"], headers={"if-none-match": etags["page"]})
    assert answer.status_code == 404 or answer.json()["kind"] == "redirect"
    assert IPT not in reader.get(ADDRESSES["list"]).content.decode()


def test_what_is_made_public_again_is_there_at_once(reader: Client, ipt: Any) -> None:
    restriction = PageViewRestriction.objects.create(page=ipt, restriction_type="login")
    assert reader.get(IPT).status_code == 302
    restriction.delete()
    assert reader.get(IPT).status_code == 200


def test_a_new_redirect_leads_at_once(reader: Client) -> None:
    address = f"{API}pages/by-path/?path=/gammal/"
    assert reader.get(address).status_code == 404
    Redirect.add_redirect("/gammal/", redirect_to="/kontakt/")
    assert reader.get(address).json()["kind"] == "redirect"
    Redirect.objects.all().delete()
    assert reader.get(address).status_code == 404


def test_a_changed_picture_is_shown_at_once(reader: Client, ipt: TherapyMethodPage) -> None:
    assert reader.get(ADDRESSES["page"]).json()["content"]["image"]["focal_point"] is None
    image = ipt.image
    image.focal_point_x, image.focal_point_y = 10, 10
    image.focal_point_width = image.focal_point_height = 4
    image.save()
    assert reader.get(ADDRESSES["page"]).json()["content"]["image"]["focal_point"]


def test_drafts_change_nothing(reader: Client, ipt: TherapyMethodPage) -> None:
    etag = reader.get(IPT)["ETag"]
    ipt.heading = "Bara ett utkast"
    ipt.save_revision()
    assert reader.get(IPT, headers={"if-none-match": etag}).status_code == 304


def test_what_expires_is_gone_on_time_without_any_change(
    reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = timezone.now()
    page = ContentPageFactory(
        parent=Page.objects.get(slug="hem"), slug="tillfallig", expire_at=now + timedelta(hours=1)
    )
    page.save_revision().publish()
    api = f"{API}pages/{page.pk}/"
    etags = {address: reader.get(address)["ETag"] for address in ("/tillfallig/", api)}
    for minutes, status in ((30, 304), (61, 404), (120, 404)):
        monkeypatch.setattr(timezone, "now", lambda later=minutes: now + timedelta(minutes=later))
        for address, etag in etags.items():
            answer = reader.get(address, headers={"if-none-match": etag})
            assert answer.status_code == status, (address, minutes)


def test_a_question_that_expires_is_gone_on_time_without_any_change(
    reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = timezone.now()
    entry = FaqEntry.objects.get(question="Är IPT samtalsterapi?")
    entry.expire_at = now + timedelta(hours=1)
    entry.save_revision().publish()
    for name in ("web page", "questions"):
        assert "IPT samtalsterapi?" in reader.get(ADDRESSES[name]).content.decode()
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(hours=2))
    for name in ("web page", "questions"):
        assert "IPT samtalsterapi?" not in reader.get(ADDRESSES[name]).content.decode()


def test_the_expiry_of_a_draft_changes_nothing(
    reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = timezone.now()
    ContentPageFactory(
        parent=Page.objects.get(slug="hem"), live=False, expire_at=now + timedelta(hours=1)
    )
    reader.get(IPT)
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(hours=2))
    with CaptureQueriesContext(connection) as queries:
        assert reader.get(IPT).status_code == 200
    assert len(queries) == 1
