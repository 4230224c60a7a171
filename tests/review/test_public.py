"""What readers are told of reviews: on the page, in the API, to search engines."""

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.core.clinical_review import REVIEW_FIELDS, without_review
from pages.models import SelfTestPage, TherapyMethodPage
from tests.reading import Api, words

pytestmark = pytest.mark.django_db
PAGES = pytest.mark.parametrize(
    ("path", "title", "label"),
    [
        ("/terapimetoder/ipt/", "legitimerad psykolog", "Kliniskt granskad av"),
        ("/en/therapy-methods/ipt/", "licensed psychologist", "Clinically reviewed by"),
        ("/sjalvtest/", "legitimerad psykolog", "Kliniskt granskad av"),
        ("/en/self-test/", "licensed psychologist", "Clinically reviewed by"),
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
def test_the_api_and_structured_data_say_it_too(
    api: Api, path: str, title: str, label: str
) -> None:
    answer = api.page(path)
    today = timezone.localdate()
    assert answer["content"]["review"] == {
        "reviewed_on": today.isoformat(),
        "next_review_on": today.replace(year=today.year + 1).isoformat(),
        "reviewer": {"name": "Rut Granskare", "title": title},
    }
    web_page = answer["seo"]["json_ld"][0]
    assert web_page["@type"] == "WebPage"
    assert web_page["lastReviewed"] == today.isoformat()
    assert web_page["reviewedBy"] == {
        "@type": "Person",
        "name": "Rut Granskare",
        "jobTitle": title,
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
