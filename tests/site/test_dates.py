"""Tests dates: Swedish and British formats on pages, ISO in the API."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone, translation
from django.utils.formats import date_format
from wagtail.users.models import UserProfile

from cms.review.models import ReviewSubject
from pages.models import TherapyMethodPage
from tests.reading import Api, soup_of

DAY = datetime.date(2026, 11, 26)
TIME = datetime.datetime(2026, 11, 26, 14, 5, tzinfo=datetime.UTC)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("/terapimetoder/ipt/", "26 november 2026"),
        ("/en/therapy-methods/ipt/", "26 November 2026"),
    ],
)
def test_on_pages(client: Client, api: Api, path: str, day: str) -> None:
    TherapyMethodPage.objects.update(reviewed_on=DAY, next_review_on=DAY)
    times = soup_of(client, path).select(".review time")
    assert [time.get_text() for time in times] == [day, day]
    assert api.page(path)["content"]["review"]["reviewed_on"] == "2026-11-26"


@pytest.mark.parametrize("language", ["sv", "en"])
def test_in_every_format(language: str) -> None:
    with translation.override(language):
        month = "november" if language == "sv" else "November"
        assert date_format(DAY) == f"26 {month} 2026"
        assert date_format(timezone.localtime(TIME), "DATETIME_FORMAT").endswith("15:05")
        for name in ("SHORT_DATE_FORMAT", "SHORT_DATETIME_FORMAT", "MONTH_DAY_FORMAT"):
            assert not date_format(timezone.localtime(TIME), name).startswith(("11/", "Nov"))


@pytest.mark.django_db
def test_in_the_admin(admin_client: Client) -> None:
    user: Any = admin_client.session["_auth_user_id"]
    UserProfile.objects.update_or_create(user_id=user, defaults={"preferred_language": "en"})
    ReviewSubject.objects.update(next_review_on=DAY)
    report = admin_client.get("/admin/reports/reviews/").content.decode()
    assert "26 November 2026" in report
    assert "Nov. 26" not in report
