"""Editors of a page that its other language makes private are told so."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.models import Page, PageViewRestriction

from tests.factories import ContentPageFactory

TOLD = "Readers do not see this page"


def page_at(slug: str, language: str) -> Page:
    return Page.objects.get(slug=slug, locale__language_code=language)


def restrict(page: Page) -> PageViewRestriction:
    return PageViewRestriction.objects.create(page=page, restriction_type="login")


def warnings(client: Client, page: Page) -> list[BeautifulSoup]:
    response = client.get(f"/admin/pages/{page.pk}/edit/")
    assert response.status_code == 200
    soup = BeautifulSoup(response.content, "html.parser")
    return [one for one in soup.select(".messages li") if TOLD in one.get_text()]


@pytest.mark.parametrize(("private", "opened"), [("en", "sv"), ("sv", "en")])
def test_the_page_that_is_private_is_named(
    private: str, opened: str, english_admin: Client
) -> None:
    cause = page_at("ipt", private)
    restrict(cause)
    (warning,) = warnings(english_admin, page_at("ipt", opened))
    assert cause.title in warning.get_text()
    assert warning.select_one("a")["href"] == f"/admin/pages/{cause.pk}/edit/"


def test_a_page_below_a_private_one_is_told_as_well(english_admin: Client) -> None:
    cause = page_at("ipt", "en").get_parent()
    restrict(cause)
    (warning,) = warnings(english_admin, page_at("ipt", "sv"))
    assert cause.title in warning.get_text()


def test_a_page_below_a_translation_in_another_place_is_told_as_well(
    english_admin: Client,
) -> None:
    cause = page_at("ipt", "sv").get_parent()
    restrict(cause)
    moved = page_at("ipt", "en")
    moved.move(Page.objects.get(slug="home"), pos="last-child")
    below = ContentPageFactory(parent=page_at("ipt", "en"), slug="below", locale=moved.locale)
    (warning,) = warnings(english_admin, below)
    assert cause.title in warning.get_text()


def test_what_the_switch_of_the_page_shows_is_not_told_again(english_admin: Client) -> None:
    swedish = page_at("ipt", "sv")
    restrict(page_at("ipt", "en"))
    own = restrict(swedish.get_parent())
    assert warnings(english_admin, swedish) == []
    own.delete()
    assert len(warnings(english_admin, swedish)) == 1


def test_nothing_is_told_where_all_is_public(english_admin: Client) -> None:
    assert warnings(english_admin, page_at("ipt", "sv")) == []
    assert warnings(english_admin, page_at("ipt", "en")) == []


def test_releasing_the_original_says_what_keeps_it_private(
    english_admin: Client, admin_client: Client
) -> None:
    swedish, english = page_at("ipt", "sv"), page_at("ipt", "en")
    restrict(swedish)
    restrict(english)
    switch = f"/admin/pages/{swedish.pk}/privacy/"
    released = admin_client.post(switch, {"restriction_type": "none"})
    assert released.status_code == 200
    (warning,) = warnings(english_admin, swedish)
    assert english.title in warning.get_text()
