"""Tests that the feed has no changes of content that was never public on the site."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from tests.factories import ConcernFactory, ContentPageFactory
from tests.journal.branches import (
    OTHER_HOST,
    other_home,
    publish,
    restrict,
    section,
)
from tests.journal.conftest import Journal, dropped
from tests.reading import API


def below_draft() -> Page:
    return section("utkast", live=False)


def in_private_section() -> Page:
    private = section("privat")
    restrict(private)
    return Page.objects.get(pk=private.pk)


@pytest.mark.parametrize("place", [below_draft, in_private_section, other_home])
def test_the_whole_life_of_a_hidden_page_is_silent(
    journal: Journal, parent: Page, place: Callable[[], Page]
) -> None:
    above = place()
    journal.restart()
    made = ContentPageFactory(parent=above, slug="hemlig", show_in_menus=True)
    publish(made)
    page = Page.objects.get(pk=made.pk)
    page.specific.slug = "mer-hemlig"
    publish(page)
    restriction = restrict(page)
    restriction.restriction_type = "password"
    restriction.save()
    restriction.groups.add(Group.objects.first())
    restriction.delete()
    page.unpublish()
    publish(page)
    Page.objects.get(pk=page.pk).delete()
    assert len(journal.rows()) >= 8
    assert journal.feed() == []


def test_the_other_site_is_told_of_its_own_pages(
    client: Client, page: Page, journal: Journal, settings: Any
) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    home = other_home()
    journal.restart()
    Page.objects.get(pk=page.pk).move(home, pos="last-child")
    Page.objects.get(pk=page.pk).unpublish()
    here = journal.feed()
    answer = client.get(f"{API}changes/", {"since": journal.start}, headers={"host": OTHER_HOST})
    there = answer.json()["items"]
    assert [(item["action"], item["path"]) for item in here] == [("moved", "/foralder/hemlig/")]
    assert [(item["action"], item["path"]) for item in there] == [("unpublished", "/hemlig/")]


def test_a_draft_snippet_is_silent(journal: Journal, site: Site) -> None:
    concern = ConcernFactory(live=False)
    concern.save_revision()
    concern.delete()
    assert journal.feed() == []


def test_a_snippet_is_told_of_while_it_is_published(journal: Journal, site: Site) -> None:
    concern = ConcernFactory()
    assert [item["action"] for item in journal.feed()] == ["published"]
    concern.unpublish()
    assert [item["action"] for item in journal.feed()] == ["unpublished"]


def test_redirects_to_hidden_pages_are_silent(page: Page, parent: Page, journal: Journal) -> None:
    redirect = Redirect.objects.create(old_path="/gammal", redirect_page=page)
    assert dropped(journal) == [("changed", "/gammal")]
    Redirect.objects.create(old_path="/annan-gammal", redirect_page=page).delete()
    assert dropped(journal)[1:] == [("deleted", "/annan-gammal")]
    restrict(parent)
    journal.restart()
    redirect.old_path = "/annan"
    redirect.save()
    redirect.delete()
    assert [row[:2] for row in journal.rows()] == [("changed", "redirect"), ("deleted", "redirect")]
    assert journal.feed() == []


def test_redirects_of_another_site_are_silent(journal: Journal, site: Site) -> None:
    other_home()
    journal.restart()
    other = Site.objects.get(hostname=OTHER_HOST)
    link = "https://x.example/"
    Redirect.objects.create(old_path="/gammal", redirect_link=link, site=other)
    Redirect.objects.get(old_path="/gammal").delete()
    assert journal.feed() == []


def test_another_site_is_silent(journal: Journal, site: Site) -> None:
    home = Page.objects.get(slug="hem")
    Site.objects.create(hostname=OTHER_HOST, root_page=home).delete()
    assert [kind for _action, kind, _path in journal.rows()] == ["site", "site"]
    assert journal.feed() == []
