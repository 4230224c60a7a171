"""Tests that what is known by paths in the tree is right after pages got other paths.

A page that is put before others takes the path of the first of them, and these all move on.
"""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from wagtail.models import Page, Site

from cms.core.models import HeadlessPreview
from cms.public.referenced_objects import ReferencedObjects
from tests.factories import ContentPageFactory
from tests.journal.branches import OTHER_HOST, restrict, section
from tests.reading import API

from .changes import publish

AN_HOUR = 3_600_000
INNER = "/hemligt/inne/"
ADDRESSES = [INNER, f"{API}pages/by-path/?path={INNER}"]


def put_before(page: Page, other: Page) -> None:
    Page.objects.get(pk=page.pk).move(Page.objects.get(pk=other.pk), pos="left")


@pytest.fixture(params=["restricted", "draft"])
def secret(request: pytest.FixtureRequest, db: None) -> Page:
    """Return a section between two others that hides the page below it."""
    section("forst")
    page = section("hemligt")
    section("sist")
    ContentPageFactory(parent=page, slug="inne")
    page = Page.objects.get(pk=page.pk)
    if request.param == "restricted":
        restrict(page)
    else:
        page.specific.unpublish()
    return page


def is_shown(reader: Client) -> list[bool]:
    return [reader.get(address).status_code == 200 for address in ADDRESSES]


@pytest.mark.parametrize("is_live", [True, False])
def test_what_is_hidden_stays_so_where_a_page_is_put_before_it(
    reader: Client, secret: Page, is_live: bool
) -> None:
    other = section("annat", live=is_live)
    assert is_shown(reader) == [False, False]
    put_before(other, secret)
    assert is_shown(reader) == [False, False]
    assert reader.get("/sist/").status_code == 200
    told = reader.get(f"{API}changes/", {"since": 0, "limit": 100}).json()["items"]
    assert is_live or other.pk not in [item["id"] for item in told]


def test_what_is_hidden_stays_so_where_it_is_put_elsewhere(reader: Client, secret: Page) -> None:
    assert is_shown(reader) == [False, False]
    put_before(secret, Page.objects.get(slug="forst"))
    assert is_shown(reader) == [False, False]
    assert reader.get("/sist/").status_code == 200


@pytest.mark.parametrize("slug", ["sist", "djup"])
def test_what_is_hidden_stays_so_before_all_know_of_a_move(
    reader: Client, settings: Any, secret: Page, slug: str
) -> None:
    ContentPageFactory(parent=Page.objects.get(slug="forst"), slug="djup")
    settings.VERSION_LEASE_MS = AN_HOUR
    assert is_shown(reader) == [False, False]
    # As another process does, while this one still uses the version before.
    put_before(Page.objects.get(slug=slug), secret)
    assert is_shown(reader) == [False, False]
    settings.VERSION_LEASE_MS = 0
    assert is_shown(reader) == [False, False]


def test_pages_that_are_reordered_while_an_answer_is_made(
    reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page was read at its old path, and another is there when those above are read."""
    above, other = section("ett", title="Ett"), section("annat", title="Annat")
    page = ContentPageFactory(parent=above, slug="inne")
    find = ReferencedObjects._find_pages

    def find_later(self: Any, keys: set[int], shown: Any) -> None:
        monkeypatch.undo()
        put_before(other, above)
        find(self, keys, shown)

    reader.get("/kontakt/")
    monkeypatch.setattr(ReferencedObjects, "_find_pages", find_later)
    address = f"{API}pages/{page.pk}/"
    reader.get(address)
    assert [item["title"] for item in reader.get(address).json()["breadcrumbs"]][-1] == "Ett"


def test_a_preview_of_a_page_that_was_moved_since(reader: Client, admin_user: User) -> None:
    above, other = section("ett", title="Ett"), section("annat", title="Annat")
    page = ContentPageFactory(parent=above, slug="inne")
    token = HeadlessPreview.issue_token(Page.objects.get(pk=page.pk).specific, admin_user)
    Page.objects.get(pk=page.pk).move(Page.objects.get(pk=other.pk), pos="last-child")
    assert reader.get(f"{API}preview/", {"token": token}).status_code == 200
    breadcrumbs = reader.get(f"{API}pages/{page.pk}/").json()["breadcrumbs"]
    assert [item["title"] for item in breadcrumbs][-1] == "Annat"


def test_the_address_of_a_home_page_below_another_page(reader: Client, settings: Any) -> None:
    """Breadcrumbs begin with the home page of the site, which is known by its address."""
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, OTHER_HOST]
    home = section("annat", title="Annat")
    page = ContentPageFactory(parent=home, slug="inne")
    Site.objects.create(hostname=OTHER_HOST, root_page=home)

    def titles() -> list[str]:
        answer = reader.get(f"{API}pages/{page.pk}/", headers={"host": OTHER_HOST}).json()
        return [item["title"] for item in answer["breadcrumbs"]]

    assert titles() == ["Annat"]
    publish(Page.objects.get(pk=home.pk).specific, slug="nytt")
    assert titles() == ["Annat"]
