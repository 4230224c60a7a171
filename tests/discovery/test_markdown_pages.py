"""Each page is there as Markdown, at an address of its own and by `Accept`."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from cms.public.page_paths import page_path
from cms.public.visibility import PublicScope
from tests.factories import ContentPageFactory

pytestmark = pytest.mark.django_db

MARKDOWN = {"Accept": "text/markdown"}


def test_every_type_of_page_has_a_twin_in_its_own_language(
    client: Client, scope: PublicScope
) -> None:
    pages = {(type(page), page.locale_id): page for page in scope.pages().specific()}
    for page in pages.values():
        response = client.get(f"{page_path(page)}index.md")
        assert response.status_code == 200, page_path(page)
        assert response["Content-Type"] == "text/markdown; charset=utf-8"
        language = page.locale.language_code
        assert response["Content-Language"] == language
        text = response.content.decode()
        assert text.startswith(
            f"---\nlanguage: {language}\nurl: {settings.BASE_URL}{page_path(page)}\n"
        )
        # Help in a crisis comes before the page's own words.
        assert text.index("tel:112") < text.index(f"# {page.public_heading}")
        assert not re.search(r"\]\((?!https?://|tel:|sms:|mailto:)", text), page_path(page)
        assert not re.search(r"<(div|section|p|a|span|ul|dl|details)\b", text), page_path(page)


def test_who_prefers_markdown_gets_it_at_the_page_itself(reader: Client) -> None:
    client = reader
    page = client.get("/terapimetoder/ipt/")
    assert page["Content-Type"].startswith("text/html")
    assert "Accept" in page["Vary"].split(", ")
    # Twice: the second is a kept answer.
    for _number in range(2):
        asked = client.get("/terapimetoder/ipt/", headers=MARKDOWN)
        assert asked["Content-Type"].startswith("text/markdown")
        twin = client.get("/terapimetoder/ipt/index.md")
        assert asked.content == twin.content
        assert asked["ETag"] == twin["ETag"] != page["ETag"]
        assert "Accept" in asked["Vary"].split(", ")
    assert client.get("/terapimetoder/ipt/").content == page.content


@pytest.mark.parametrize(
    "accept",
    ["*/*", "text/html, text/markdown", "text/html,*/*;q=0.8", "text/markdown;q=0.1, text/html"],
)
def test_others_get_html(client: Client, accept: str) -> None:
    response = client.get("/", headers={"Accept": accept})
    assert response["Content-Type"].startswith("text/html")


def test_the_api_is_asked_for_json_all_the_same(client: Client) -> None:
    answer = client.get("/api/delivery/v1/locales/", headers=MARKDOWN)
    assert answer["Content-Type"].startswith("application/json")


def test_what_is_not_public_has_none(client: Client) -> None:
    home = Page.objects.get(slug="kontakt").get_parent()
    page = ContentPageFactory(parent=home, slug="stangd")
    assert client.get("/stangd/index.md").status_code == 200
    page.view_restrictions.create(restriction_type="password", password="x")
    assert client.get("/stangd/index.md").status_code == 404
    for path in ("/index.md/", "/stangdindex.md", "/finns-inte/index.md"):
        assert client.get(path).status_code == 404, path


def test_a_publication_is_in_the_next_answer(client: Client) -> None:
    page: Any = Page.objects.get(slug="kontakt").specific
    assert "Nya ord" not in client.get("/kontakt/index.md").content.decode()
    page.introduction = "<p>Nya ord.</p>"
    page.save_revision().publish()
    assert "Nya ord." in client.get("/kontakt/index.md").content.decode()


def test_the_day_of_an_update_is_that_of_the_clinic(client: Client) -> None:
    """Half an hour before midnight in Greenwich is half past midnight in Stockholm."""
    Page.objects.filter(slug="kontakt").update(
        last_published_at=datetime(2026, 11, 27, 23, 30, tzinfo=UTC)
    )
    assert "updated: 2026-11-28\n" in client.get("/kontakt/index.md").content.decode()


def test_a_page_that_has_moved_is_found_by_its_old_address(client: Client) -> None:
    page = Page.objects.get(slug="kontakt")
    Redirect.objects.create(old_path="/gammal", redirect_page=page)
    for address, headers in (("/gammal/index.md", {}), ("/gammal/", MARKDOWN)):
        assert client.get(address, headers=headers).get("Location") == "/kontakt/index.md"


def test_help_in_a_crisis_has_every_way_to_it(client: Client) -> None:
    text = client.get("/kontakt/index.md").content.decode()
    for way in ("(tel:112)", "(sms:112)", "(https://mind.se)", "(tel:116111)"):
        assert way in text
