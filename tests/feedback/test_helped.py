"""Tests of “Did this help?”: what is counted, what is not kept, and where editors read it."""

from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from cms.feedback.models import AnswerCount
from pages.models import TherapyMethodPage
from tests.reading import Api, soup_of

pytestmark = pytest.mark.django_db

PATHS = {"sv": "/terapimetoder/ipt/", "en": "/en/therapy-methods/ipt/"}


def counts(path: str) -> tuple[int, int] | None:
    found = AnswerCount.objects.filter(page=page_of(path)).first()
    return (found.yes, found.no) if found else None


def page_of(path: str) -> Page:
    language = next(code for code, own in PATHS.items() if own == path)
    page: Page = TherapyMethodPage.objects.get(slug="ipt", locale__language_code=language)
    return page


@pytest.mark.parametrize(
    ("language", "question", "thanked"),
    [
        ("sv", "Hade du hjälp av sidan?", "Tack för ditt svar"),
        ("en", "Did this page help you?", "Thank you for your answer"),
    ],
)
def test_an_answer_is_counted_on_its_page_and_nothing_else_is_kept(
    language: str, question: str, thanked: str
) -> None:
    # As a browser, which has no token to send.
    client = Client(enforce_csrf_checks=True)
    form = soup_of(client, PATHS[language]).select_one("form.helped")
    assert form.legend.get_text() == question
    assert form.find_all("input") == []
    led_to = set()
    for value in ("yes", "no", "no"):
        response = client.post(
            form["action"], {"helped": value}, headers={"sec-fetch-site": "same-origin"}
        )
        assert response.status_code == 303
        assert response.cookies == {}
        led_to.add(response["Location"])
    # Addresses are written down on the way; what was answered is not in them.
    assert len(led_to) == 1
    assert counts(PATHS[language]) == (1, 2)
    assert AnswerCount.objects.count() == 1
    assert {field.name for field in AnswerCount._meta.fields} == {"page", "yes", "no"}
    thanks = client.get(response["Location"])
    assert "no-store" in thanks["Cache-Control"]
    assert client.cookies == {}
    page = soup_of(client, response["Location"])
    assert page.html["lang"] == language
    assert page.h1.get_text() == thanked
    assert page.find("meta", attrs={"name": "robots"})["content"] == "noindex"
    assert page.main.select_one("a.button")["href"] == PATHS[language]
    assert page.main.select_one('a[href^="tel:"]')


def test_what_is_no_answer_of_a_visitor_is_refused(client: Client) -> None:
    address = soup_of(client, PATHS["sv"]).select_one("form.helped")["action"]
    hidden = TherapyMethodPage.objects.get(slug="kbt", locale__language_code="sv")
    hidden.unpublish()
    answered: dict[str, Any] = {"helped": "yes"}
    other_site = {"sec-fetch-site": "cross-site"}
    assert client.post(address, answered, headers=other_site).status_code == 403
    assert client.post(address, {"helped": "perhaps"}).status_code == 400
    assert client.post(f"/en{address}", answered).status_code == 404
    assert client.post(f"/_util/helped/{hidden.pk}/", answered).status_code == 404
    assert client.get(address).status_code == 405
    assert AnswerCount.objects.count() == 0


def test_it_can_be_switched_off(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    address = soup_of(client, PATHS["sv"]).select_one("form.helped")["action"]
    monkeypatch.setattr(settings, "ASK_WHETHER_IT_HELPED", False)
    # Another address, since kept answers do not know of settings.
    assert soup_of(client, PATHS["en"]).select_one("form.helped") is None
    assert client.post(address, {"helped": "yes"}).status_code == 404


def test_an_answer_changes_nothing_public(client: Client, api: Api) -> None:
    before = api.get("locales/"), client.get(PATHS["sv"]).content
    version = api.get("changes/", since=0)["version"]
    AnswerCount.add(page_of(PATHS["sv"]), helped=True)
    assert (api.get("locales/"), client.get(PATHS["sv"]).content) == before
    assert api.get("changes/", since=0)["version"] == version


def test_editors_read_the_counts(english_editor: Client) -> None:
    for path, answers in ((PATHS["sv"], (True, False, False)), (PATHS["en"], (True,))):
        for helped in answers:
            AnswerCount.add(page_of(path), helped=helped)
    english_editor.get("/admin/reports/helped/")
    with CaptureQueriesContext(connection) as few:
        page = soup_of(english_editor, "/admin/reports/helped/")
    rows = [
        [cell.get_text(" ", strip=True) for cell in row.select("td")]
        for row in page.select("table.listing tbody tr")
    ]
    assert rows == [
        ["IPT – Interpersonell terapi", "Svenska", "1", "2"],
        ["IPT – Interpersonal therapy", "English", "1", "0"],
    ]
    for other in TherapyMethodPage.objects.exclude(slug="ipt"):
        AnswerCount.add(other, helped=True)
    with CaptureQueriesContext(connection) as many:
        english_editor.get("/admin/reports/helped/")
    assert len(many) == len(few)
    exported = english_editor.get("/admin/reports/helped/?export=csv")
    text = b"".join(exported.streaming_content).decode()
    assert "IPT – Interpersonell terapi,Svenska,1,2" in text
