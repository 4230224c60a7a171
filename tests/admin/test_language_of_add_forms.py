"""Add forms say their language, begin in the one that a person writes in, and lead to the other."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from pages.models import Concern

ADD_CONCERN = "/admin/snippets/pages/concern/add/"
ADD_PAGE = "/admin/pages/add/pages/contentpage/{}/"


def opened(client: Client, address: str) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def told(form: BeautifulSoup) -> str:
    return " ".join(form.select(".content-language")[0].get_text(" ").split())


def home(language: str) -> Any:
    return Page.objects.get(locale__language_code=language, depth=2)


def test_it_begins_in_the_language_of_the_admin(editor: Client, english_editor: Client) -> None:
    form = opened(editor, ADD_CONCERN)
    assert told(form) == "Du skriver på svenska. Skriv på engelska i stället"
    assert "på svenska" in form.select("title")[0].text
    form = opened(english_editor, ADD_CONCERN)
    assert told(form) == "You are writing in English. Write in Swedish instead"
    assert "in English" in form.select("title")[0].text
    assert str(form.select("form[data-edit-form]")[0]["action"]).endswith("?locale=en")


def test_it_begins_in_the_language_that_was_written_last(editor: Client) -> None:
    user = get_user_model().objects.get(username="editor")
    Concern.objects.filter(locale__language_code="en")[0].save_revision(user=user)
    assert told(opened(editor, ADD_CONCERN)).startswith("Du skriver på engelska.")
    Concern.objects.filter(locale__language_code="sv")[0].save_revision(user=user)
    assert told(opened(editor, ADD_CONCERN)).startswith("Du skriver på svenska.")


def test_one_click_leads_to_the_other_language(editor: Client) -> None:
    form = opened(editor, ADD_CONCERN)
    (link,) = form.select(".content-language a")
    other = opened(editor, str(link["href"]))
    assert told(other).startswith("Du skriver på engelska.")


def test_a_page_is_in_the_language_of_its_tree(editor: Client) -> None:
    form = opened(editor, ADD_PAGE.format(home("sv").pk))
    assert told(form) == "Du skriver på svenska. Skriv på engelska i stället"
    assert "på svenska" in form.select("title")[0].text
    (link,) = form.select(".content-language a")
    assert link["href"] == ADD_PAGE.format(home("en").pk)


def test_no_link_leads_to_a_place_that_is_not_there(editor: Client, site: Any) -> None:
    parent = home("sv").get_children().first()
    parent.get_translations().delete()
    address = f"/admin/pages/add/pages/contentpage/{parent.pk}/"
    response = editor.get(address)
    if response.status_code == 200:
        assert told(opened(editor, address)) == "Du skriver på svenska."


@pytest.mark.parametrize(("query", "language"), [("", "sv"), ("?locale=en", "en")])
def test_the_button_of_a_list_adds_in_its_language(
    editor: Client, query: str, language: str
) -> None:
    page = opened(editor, f"/admin/snippets/pages/concern/{query}")
    address = next(
        str(link["href"])
        for link in page.select("a[href]")
        if str(link["href"]).startswith(ADD_CONCERN)
    )
    form = opened(editor, address)
    assert str(form.select("form[data-edit-form]")[0]["action"]).endswith(f"?locale={language}")


def test_what_exists_has_no_such_line(editor: Client) -> None:
    concern = Concern.objects.filter(locale__language_code="sv")[0]
    form = opened(editor, f"/admin/snippets/pages/concern/edit/{concern.pk}/")
    assert not form.select(".content-language")


def test_the_language_costs_few_queries(editor: Client) -> None:
    with CaptureQueriesContext(connection) as queries:
        editor.get(ADD_CONCERN)
    asked = [each["sql"] for each in queries if '"wagtailcore_revision"' in each["sql"]]
    assert 1 <= len(asked) <= 2
