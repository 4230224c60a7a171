"""The report on links in the admin: rows, permissions and number of queries."""

import csv
from collections.abc import Iterator
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from wagtail.models import Locale, Page
from wagtail.users.models import UserProfile

from cms.editing.links.problems import LinkProblem
from cms.editing.links.queries import problem_links
from faq.models import FaqEntry
from tests.editing.linking import REPORT, found, linking_to
from tests.factories import ContentPageFactory, FaqEntryFactory, SelfTestCallToActionFactory

pytestmark = pytest.mark.sampled


@pytest.fixture
def broken(home: Page, target: Any) -> Any:
    source = linking_to(target, home)
    target.delete()
    return source


def rows_of(response: Any) -> list[Any]:
    return list(response.context["object_list"])


def test_a_row_says_where_and_what_and_leads_there(editor: Client, broken: Any) -> None:
    response = editor.get(REPORT)
    (row,) = rows_of(response)
    html = response.content.decode()
    assert row.place == "Innehåll → Avsnitt"
    assert row.text == "mer om målet"
    block = broken.body[0].id
    assert f"/admin/pages/{broken.pk}/edit/#:w:contentpath=body.{block}.text" in html
    for words in ("Källan", "Leder till något borttaget", "mer om målet", "borttagen"):
        assert words in html


def test_it_speaks_english_too(user: Any, editor: Client, broken: Any) -> None:
    UserProfile.objects.filter(user=user).update(preferred_language="en")
    html = editor.get(REPORT).content.decode()
    assert "Leads to something deleted" in html
    assert "Body → Section" in html


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({}, 1),
        ({"q": "källan"}, 1),
        ({"q": "om målet"}, 1),
        ({"q": "ingenting"}, 0),
        ({"problem": "gone"}, 1),
        ({"problem": ["private", "gone"]}, 1),
        ({"problem": "private"}, 0),
        ({"language": "sv"}, 1),
        ({"language": "en"}, 0),
        ({"content": "live"}, 1),
        ({"content": "draft"}, 0),
    ],
)
def test_it_is_searched_and_filtered(
    editor: Client, broken: Any, query: dict[str, Any], count: int
) -> None:
    response = editor.get(f"{REPORT}results/", query)
    assert len(rows_of(response)) == count


def test_a_target_is_found_by_its_name(editor: Client, home: Page, target: Any) -> None:
    linking_to(target, home)
    target.unpublish()
    assert len(rows_of(editor.get(REPORT, {"q": "målet"}))) == 1


@pytest.mark.django_db
def test_what_needs_no_mending_is_shown_to_those_who_ask(editor: Client) -> None:
    rows = rows_of(editor.get(REPORT, {"problem": "other_language"}))
    assert {row.problem for row in rows} == {LinkProblem.OTHER_LANGUAGE.value}


def test_it_is_exported(editor: Client, broken: Any) -> None:
    answer = b"".join(editor.get(REPORT, {"export": "csv"}).streaming_content).decode()
    (row,) = csv.DictReader(StringIO(answer))
    assert row["Sida eller text"] == "Källan"
    assert row["Språk"] == "Svenska"
    assert row["Problem"] == "Leder till något borttaget"
    assert row["Adress"].startswith(f"http://testserver/admin/pages/{broken.pk}/edit/")
    sheet = b"".join(editor.get(REPORT, {"export": "xlsx"}).streaming_content)
    cells = [[cell.value for cell in line] for line in load_workbook(BytesIO(sheet)).active]
    assert [line[0] for line in cells] == ["Sida eller text", "Källan"]


def test_only_what_one_may_edit_is_listed(broken: Any) -> None:
    reader = get_user_model().objects.create_user("praktikant")
    client = Client()
    client.force_login(reader)
    assert client.get(REPORT).status_code == 302
    assert not problem_links(reader).exists()
    reader.groups.add(Group.objects.get(name="Editors"))
    reader = get_user_model().objects.get(pk=reader.pk)
    assert found(reader, broken) == [("gone", False)]


def test_the_menu_and_the_home_page_lead_to_it(editor: Client, broken: Any) -> None:
    html = editor.get("/admin/").content.decode()
    assert "1 länk i publicerat innehåll leder till något borttaget" in html
    assert REPORT in html


@pytest.mark.django_db
def test_the_home_page_is_silent_where_all_is_well(editor: Client) -> None:
    assert "Länkar som inte leder någonstans" not in editor.get("/admin/").content.decode()


@pytest.fixture
def many(home: Page, en: Locale) -> Iterator[Any]:
    """Makes broken links of every kind, a number of each."""

    def make(number: int) -> None:
        for step in range(number):
            gone = ContentPageFactory(parent=home)
            hidden = ContentPageFactory(parent=home, title=f"Dold {step}", live=False)
            entry = FaqEntryFactory(topic=FaqEntry.objects.first().topic)
            linking_to(gone, home)
            linking_to(hidden, home).save_revision()
            SelfTestCallToActionFactory(target_url="", target_page=hidden)
            ContentPageFactory(
                parent=Page.objects.get(slug="home", locale=en),
                body=[("faq_list", {"heading": "FAQ", "entries": [entry]})],
            )
            gone.delete()

    return make


@pytest.mark.parametrize("address", [REPORT, "/admin/", f"{REPORT}?export=csv"])
def test_many_links_cost_no_more_queries(editor: Client, many: Any, address: str) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            response = editor.get(address)
            if response.streaming:
                list(response.streaming_content)
        assert response.status_code == 200
        return len(captured)

    many(1)
    queries()
    few = queries()
    many(8)
    assert queries() <= few
