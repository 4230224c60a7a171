"""The admin's search finds words in the text of pages and shared content, and shows where."""

import re
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import GroupPagePermission, Page

from pages.models import TherapyMethodPage
from tests.factories import (
    ConcernFactory,
    ContentPageFactory,
    FaqEntryFactory,
    SelfTestCallToActionFactory,
)
from tests.reading import without_dialogs

PAGES = "/admin/pages/search/"


def found(client: Client, address: str, query: str) -> dict[str, list[str]]:
    """Search in a list of the admin; return the marked words of each extract, by row."""
    response = client.get(address, {"q": query})
    assert response.status_code == 200
    html = without_dialogs(response)
    rows = html.select("#listing-results tbody tr, .listing tbody tr, table tbody tr")
    return {
        " ".join(row.select(".title-wrapper")[0].get_text(" ").split()): [
            mark.text for mark in row.select(".search-extract mark")
        ]
        for row in rows
    }


def marks_of(rows: dict[str, list[str]], title: str) -> list[str]:
    return next(marks for name, marks in rows.items() if title in name)


def home() -> Any:
    return Page.objects.get(slug="hem").specific


@pytest.fixture
def page(db: None, site: Any) -> TherapyMethodPage:
    """A page with a word in the middle of its stream."""
    page = TherapyMethodPage.objects.get(slug="ipt", locale__language_code="sv")
    block = {"heading": "Särdrag", "text": "<p>Här står <b>kvittblom</b> &amp; mer.</p>"}
    page.body = [("section", block)]
    page.save()
    return page


@pytest.mark.parametrize("query", ["kvittblom", "kvittb", "IPT kvittblom"])
def test_a_page_is_found_by_the_text_of_its_blocks(
    editor: Client, page: TherapyMethodPage, query: str
) -> None:
    assert "kvittblom" in marks_of(found(editor, PAGES, query), page.title)
    parent = f"/admin/pages/{page.get_parent().pk}/"
    assert "kvittblom" in marks_of(found(editor, parent, query), page.title)


def test_an_english_page_is_found_in_a_swedish_admin(editor: Client, en: Any) -> None:
    rows = found(editor, PAGES, "interpersonal")
    assert any("IPT" in name and "English" in name for name in rows)


def test_the_title_counts_most(editor: Client, page: TherapyMethodPage) -> None:
    ContentPageFactory(parent=home(), title="Kvittblom på vintern")
    assert "Kvittblom på vintern" in next(iter(found(editor, PAGES, "kvittblom")))


@pytest.mark.parametrize(
    ("address", "factory", "fields", "title"),
    [
        ("faq/faqentry", FaqEntryFactory, {"question": "Fråga?", "answer": "<p>{}</p>"}, "Fråga?"),
        ("pages/concern", ConcernFactory, {"name": "Skäl", "description": "{}"}, "Skäl"),
        (
            "pages/selftestcalltoaction",
            SelfTestCallToActionFactory,
            {"heading": "Pröva", "text": "<p>{}</p>"},
            "Pröva",
        ),
    ],
)
def test_shared_content_is_found_by_its_text(
    editor: Client, address: str, factory: Any, fields: dict[str, str], title: str
) -> None:
    factory(**{name: text.format("ett kvittblom till") for name, text in fields.items()})
    assert marks_of(found(editor, f"/admin/snippets/{address}/", "kvittblom"), title) == [
        "kvittblom"
    ]


def test_what_is_found_is_no_markup(editor: Client) -> None:
    FaqEntryFactory(
        question="Vad?", answer="<p>kvittblom &lt;script&gt;alert(1)&lt;/script&gt;</p>"
    )
    html = editor.get("/admin/snippets/faq/faqentry/", {"q": "kvittblom"}).content.decode()
    assert "<script>alert(1)" not in html


def test_without_words_there_are_no_extracts(editor: Client) -> None:
    html = editor.get("/admin/snippets/faq/faqentry/").content.decode()
    assert "search-extract" not in html


def test_nobody_finds_what_they_may_not_see(page: TherapyMethodPage) -> None:
    elsewhere = Page.objects.get(slug="kontakt")
    group = Group.objects.create(name="Only there")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    change = Permission.objects.get(content_type__app_label="wagtailcore", codename="change_page")
    GroupPagePermission.objects.create(group=group, page=elsewhere, permission=change)
    user = get_user_model().objects.create_user("only-there", "there@example.com", "x")
    user.groups.add(group)
    client = Client()
    client.force_login(user)
    assert found(client, PAGES, "kvittblom") == {}
    html = client.get(PAGES, {"q": "kvittblom"}).content.decode()
    assert "/admin/snippets/faq/faqentry/?q=" not in html


def test_one_search_leads_to_the_others(editor: Client) -> None:
    for address in (PAGES, "/admin/snippets/pages/concern/"):
        html = editor.get(address, {"q": "oro"}).content.decode()
        for other in ("faq/faqentry", "pages/concern", "pages/selftestcalltoaction"):
            assert f"/admin/snippets/{other}/?q=oro" in html
        assert "/admin/pages/search/?q=oro" in html


def test_extracts_cost_as_many_queries_for_one_page_as_for_many(editor: Client) -> None:
    """wagtail-localize's buttons ask their own questions once more for every row."""
    counts = []
    of_pages = re.compile(r'SELECT "wagtailcore_page".* FROM "pages_contentpage" INNER JOIN')
    for number in range(3):
        ContentPageFactory(parent=home(), title=f"Sida {number}", introduction="<p>kvittblom</p>")
        editor.get(PAGES, {"q": "kvittblom"})
        with CaptureQueriesContext(connection) as queries:
            assert len(found(editor, PAGES, "kvittblom")) == number + 1
        counts.append(len([each for each in queries if of_pages.match(each["sql"])]))
    assert counts == [2, 2, 2]
