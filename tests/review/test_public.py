"""Reviews as the public sees them: on the page, in the API, in structured data."""

import json
import re
from importlib import import_module
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.content.clinical_review import REVIEW_FIELDS, without_review
from cms.review.models import Approval, ReviewerTitle
from pages.models import SelfTestPage, TherapyMethodPage
from tests.reading import Api, words

pytestmark = pytest.mark.django_db
PAGES = pytest.mark.parametrize(
    ("path", "title", "label"),
    [
        ("/terapimetoder/ipt/", "påhittad psykolog", "Skulle vara kliniskt granskad av"),
        ("/en/therapy-methods/ipt/", "made-up psychologist", "Would be clinically reviewed by"),
        ("/sjalvtest/", "påhittad psykolog", "Skulle vara kliniskt granskad av"),
        ("/en/self-test/", "made-up psychologist", "Would be clinically reviewed by"),
    ],
)


@PAGES
def test_pages_say_who_has_reviewed_them_in_their_language(
    client: Client, path: str, title: str, label: str
) -> None:
    page = BeautifulSoup(client.get(path).content, "html.parser")
    review = page.select_one("dl.review")
    assert words(str(review)).startswith(f"{label} Rut Granskare, {title}")
    today = timezone.localdate()
    days = [time["datetime"] for time in review.select("time")]
    assert days == [today.isoformat(), today.replace(year=today.year + 1).isoformat()]


@PAGES
def test_the_api_says_it_too(api: Api, path: str, title: str, label: str) -> None:
    answer = api.page(path)
    today = timezone.localdate()
    assert answer["content"]["review"] == {
        "reviewed_on": today.isoformat(),
        "next_review_on": today.replace(year=today.year + 1).isoformat(),
        "reviewer": {"name": "Rut Granskare", "title": title, "is_made_up": True},
    }


def test_other_pages_say_nothing_of_reviews(api: Api, client: Client) -> None:
    answer = api.page("/kontakt/")
    assert "review" not in answer["content"]
    assert "lastReviewed" not in json.dumps(answer)
    assert "Kliniskt granskad" not in client.get("/kontakt/").content.decode()


def test_what_was_published_without_review_says_nothing(api: Api, client: Client) -> None:
    page = TherapyMethodPage.objects.get(slug="ipt", locale__language_code="sv")
    page.introduction = "<p>Något annat.</p>"
    with without_review():
        page.save_revision().publish()
    answer = api.page("/terapimetoder/ipt/")
    assert answer["content"]["review"] is None
    assert "lastReviewed" not in json.dumps(answer)
    assert "Rut Granskare" not in client.get("/terapimetoder/ipt/").content.decode()
    english = api.page("/en/therapy-methods/ipt/")
    assert english["content"]["review"]["reviewer"]["name"] == "Rut Granskare"


def test_a_draft_says_nothing_until_it_is_approved() -> None:
    page = SelfTestPage.objects.get(locale__language_code="sv")
    page.about = "<p>Något annat.</p>"
    page.save_revision()
    html = page.get_latest_revision_as_object().make_preview_request().rendered_content
    assert "Något annat." in html
    assert "Rut Granskare" not in html


@pytest.mark.parametrize("path", ["/terapimetoder/ipt/", "/sjalvtest/"])
def test_reading_asks_no_table_of_the_review(client: Client, api: Api, path: str) -> None:
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
        api.page(path)
    assert [query for query in queries if '"review_' in query["sql"]] == []


def test_a_translation_and_a_copy_take_nothing_of_it_along(en: Any) -> None:
    page = TherapyMethodPage.objects.get(slug="ipt", locale__language_code="sv")
    copy = page.copy(update_attrs={"slug": "ipt-2"}, keep_live=False)
    for name in REVIEW_FIELDS:
        assert not getattr(copy, name), name


@pytest.fixture
def psychologist(db: None) -> Any:
    return get_user_model().objects.create_user("eva", first_name="Eva", last_name="Ek")


@PAGES
def test_a_review_by_somebody_made_up_is_marked_and_kept_from_machines(
    client: Client, api: Api, path: str, title: str, label: str
) -> None:
    page = BeautifulSoup(client.get(path).content, "html.parser")
    note = "Ingen har granskat den här texten" if title[0] == "p" else "Nobody has reviewed"
    assert note in page.select_one(".review-note").get_text()
    answer = api.page(path)
    for told in (json.dumps(answer["seo"]), str(page.head)):
        assert not re.search("lastReviewed|reviewedBy|Granskare", told)


def test_a_real_review_is_told_to_everybody(client: Client, api: Api, psychologist: Any) -> None:
    path = "/terapimetoder/ipt/"
    page = TherapyMethodPage.objects.get(slug="ipt", locale__language_code="sv")
    Approval.objects.record(page, reviewer=psychologist, title="legitimerad psykolog")
    html = BeautifulSoup(client.get(path).content, "html.parser")
    review = words(str(html.select_one("dl.review")))
    assert review.startswith("Kliniskt granskad av Eva Ek, legitimerad psykolog")
    assert html.select_one(".review-note") is None
    answer = api.page(path)
    assert answer["content"]["review"]["reviewer"]["is_made_up"] is False
    web_page = answer["seo"]["json_ld"][0]
    assert web_page["@type"] == "MedicalWebPage"
    assert web_page["lastReviewed"] == timezone.localdate().isoformat()
    assert web_page["reviewedBy"] == {
        "@type": "Person",
        "name": "Eva Ek",
        "jobTitle": "legitimerad psykolog",
    }


def test_administrators_mark_somebody_as_made_up(psychologist: Any, sv: Any, api: Api) -> None:
    """In one language, for what is approved in both; what was approved before stays as it was."""
    ReviewerTitle.objects.create(user=psychologist, locale=sv, title="x", is_made_up=True)
    english = SelfTestPage.objects.get(locale__language_code="en")
    Approval.objects.record(english, reviewer=psychologist, title="psychologist")
    reviewer = api.page("/en/self-test/")["content"]["review"]["reviewer"]
    assert reviewer == {"name": "Eva Ek", "title": "psychologist", "is_made_up": True}


def test_demo_databases_from_before_are_marked(api: Api, psychologist: Any) -> None:
    page = TherapyMethodPage.objects.get(slug="kbt", locale__language_code="sv")
    Approval.objects.record(page, reviewer=psychologist, title="legitimerad psykolog")
    old = {"reviewer_title": "legitimerad psykolog", "reviewer_is_made_up": False}
    Approval.objects.filter(reviewer__username="reviewer", language="sv").update(**old)
    TherapyMethodPage.objects.filter(reviewer_name="Rut Granskare").update(**old)
    ReviewerTitle.objects.update(title="licensed psychologist", is_made_up=False)
    migration = import_module("cms.review.migrations.0002_made_up_reviewers")
    migration.mark_the_demo_reviewer(apps, None)
    marked = {"name": "Rut Granskare", "title": "påhittad psykolog", "is_made_up": True}
    assert api.page("/terapimetoder/ipt/")["content"]["review"]["reviewer"] == marked
    assert set(ReviewerTitle.objects.values_list("title", "is_made_up")) == {
        ("made-up psychologist", True)
    }
    kept = api.page("/terapimetoder/kbt/")["content"]["review"]["reviewer"]
    assert kept == {"name": "Eva Ek", "title": "legitimerad psykolog", "is_made_up": False}
