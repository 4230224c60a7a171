"""The report "Reviews due", and the number of waiting reviews on the admin's home page."""

import csv
from datetime import timedelta
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.models import Page

from cms.content.clinical_review import without_review
from cms.review.models import ReviewSubject
from cms.review.setting_up import after_migrate
from cms.review.views.report import ReviewState
from pages.models import SelfTestCallToAction, TherapyMethodPage
from tests.factories import SelfTestCallToActionFactory, TherapyMethodPageFactory

from .desk import act, edit_url, method, submit

pytestmark = pytest.mark.django_db
REPORT = "/admin/reports/reviews/"


def next_review(slug: str, days: int) -> None:
    """Let the Swedish page of a method be due in some days."""
    day = timezone.localdate() + timedelta(days=days)
    page = method(slug)
    ReviewSubject.objects.filter(object_id=page.pk, content_type=page.content_type).update(
        next_review_on=day
    )


def rows(client: Client, **query: str) -> list[tuple[str, str]]:
    response = client.get(REPORT, query)
    assert response.status_code == 200
    return [(row.title, row.state) for row in response.context["object_list"]]


def test_the_report_is_in_the_menu_and_names_everything(reviewer: Client) -> None:
    assert REPORT in reviewer.get("/admin/").content.decode()
    found = rows(reviewer)
    assert len(found) == 44
    assert {state for _title, state in found} == {ReviewState.REVIEWED}
    html = reviewer.get(REPORT).content.decode()
    for text in ("Granskningar att göra", "Rut Granskare", "Inbjudan", "Terapimetod"):
        assert text.lower() in html.lower(), text


def test_the_most_urgent_comes_first(editor: Client, reviewer: Client) -> None:
    next_review("kbt", -1)
    next_review("act", 60)
    with without_review():
        TherapyMethodPageFactory(parent=Page.objects.get(slug="terapimetoder"), title="Ogranskad")
        SelfTestCallToActionFactory(heading="Utkast", live=False)
    submit(editor, method("ipt"))
    found = rows(reviewer)
    assert [state for _title, state in found[:4]] == [
        ReviewState.OVERDUE,
        ReviewState.NEVER,
        ReviewState.WAITING,
        ReviewState.DUE,
    ]
    assert [title[:3] for title, _state in found[:4]] == ["KBT", "Ogr", "IPT", "ACT"]
    assert found[-1] == ("Utkast", ReviewState.DRAFT)


def test_it_is_filtered_searched_and_sorted(editor: Client, reviewer: Client) -> None:
    next_review("kbt", -1)
    next_review("act", 30)
    submit(editor, method("ipt"))
    assert len(rows(reviewer, locale=str(method().locale_id))) == 22
    assert [title[:3] for title, _state in rows(reviewer, state=ReviewState.WAITING.value)] == [
        "IPT"
    ]
    both = reviewer.get(REPORT, {"state": [ReviewState.OVERDUE.value, ReviewState.DUE.value]})
    assert [row.title[:3] for row in both.context["object_list"]] == ["KBT", "ACT"]
    assert {title[:3] for title, _state in rows(reviewer, q="kbt")} == {"KBT"}
    for column in ("title", "state", "reviewed_on", "reviewer_name", "next_review_on"):
        up, down = rows(reviewer, ordering=column), rows(reviewer, ordering=f"-{column}")
        assert len(up) == len(down) == 44
    assert rows(reviewer, ordering="-title")[0] >= rows(reviewer, ordering="title")[0]
    assert "Inget här stämmer" in reviewer.get(REPORT, {"q": "finns inte"}).content.decode()
    assert reviewer.get(REPORT + "results/", {"p": "1"}).status_code == 200


def test_it_is_exported(reviewer: Client) -> None:
    response = reviewer.get(REPORT, {"export": "csv"})
    table = list(csv.DictReader(StringIO(b"".join(response.streaming_content).decode())))
    assert len(table) == 44
    first = next(row for row in table if row["Titel"].startswith("IPT – Interpersonell"))
    assert first["Läge"] == "Granskad"
    assert first["Granskad av"] == "Rut Granskare"
    assert first["Nästa granskning"]
    sheet = reviewer.get(REPORT, {"export": "xlsx"})
    book = load_workbook(BytesIO(b"".join(sheet.streaming_content)))
    assert book.active.max_row == 45


def test_its_queries_do_not_grow(reviewer: Client, editor: Client) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            reviewer.get(REPORT)
        return len(queries)

    count()
    before = count()
    with without_review():
        for _number in range(10):
            TherapyMethodPageFactory(parent=Page.objects.get(slug="terapimetoder"))
            SelfTestCallToActionFactory()
    assert count() == before <= 30


def test_rows_lead_to_what_a_user_may_edit(editor: Client, reviewer: Client, log_in: Any) -> None:
    page, english = method("ipt"), method("ipt", "en")

    def leads(client: Client, target: Any) -> bool:
        return edit_url(target) in client.get(REPORT).content.decode()

    assert leads(editor, page)
    assert leads(editor, english)
    assert not leads(reviewer, page)
    submit(editor, page)
    assert leads(reviewer, page)
    translator = log_in("translator")
    assert leads(translator, english)
    assert not leads(translator, method("kbt"))


def test_reviewers_see_on_their_home_page_what_waits(editor: Client, reviewer: Client) -> None:
    assert "0 <span>texter väntar på din granskning" in reviewer.get("/admin/").content.decode()
    submit(editor, method("ipt"))
    submit(editor, SelfTestCallToAction.objects.filter(locale__language_code="sv").first())
    html = reviewer.get("/admin/").content.decode()
    assert "texter väntar på din granskning" in html
    assert f"{REPORT}?state={ReviewState.WAITING.value}" in html
    assert "på din granskning" not in editor.get("/admin/").content.decode()
    act(reviewer, method("ipt"))
    assert "text väntar på din granskning" in reviewer.get("/admin/").content.decode()


def test_rows_follow_their_objects() -> None:
    page = method("kbt")
    subject = ReviewSubject.objects.filter(object_id=page.pk, content_type=page.content_type)
    page.title = "Ett nytt namn"
    page.save_revision()
    page.get_latest_revision_as_object().save_revision()
    assert subject.get().title == "Ett nytt namn"
    assert subject.get().reviewer_name == "Rut Granskare"
    page.unpublish()
    assert (subject.get().live, subject.get().reviewed_on) == (False, None)
    page.delete()
    assert not subject.exists()


def test_what_was_there_before_gets_its_rows() -> None:
    from django.apps import apps

    ReviewSubject.objects.all().delete()
    after_migrate(apps=apps)
    assert ReviewSubject.objects.count() == 44
    assert TherapyMethodPage.objects.count() == 16


@pytest.mark.parametrize("path", [REPORT, "/admin/review/titles/", "/admin/review/titles/new/"])
def test_strangers_and_the_wrong_roles_see_nothing(client: Client, log_in: Any, path: str) -> None:
    assert client.get(path)["Location"].startswith("/admin/login/")
    assert log_in("admin").get(path).status_code == 200
    if path != REPORT:
        assert log_in("reviewer").get(path)["Location"] == "/admin/"
