"""Tests that the feed has only changes that the public may know of."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Page, PageViewRestriction, Site

from tests.factories import ConcernFactory, ContentPageFactory, HomePageFactory
from tests.journal.conftest import Journal
from tests.reading import API

OTHER_HOST = "testserver.localhost"


def restrict(page: Page, kind: str = "login") -> PageViewRestriction:
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=kind, password="x")
    if kind == "groups":
        restriction.groups.add(Group.objects.first())
    return restriction


def publish(page: Page) -> None:
    Page.objects.get(pk=page.pk).specific.save_revision().publish()


def section(slug: str, **fields: Any) -> Page:
    home = Page.objects.get(slug="hem")
    page = ContentPageFactory(parent=home, slug=slug, **fields)
    return Page.objects.get(pk=page.pk)


def other_home() -> Page:
    """Return the home page of another site."""
    locale = Locale.objects.get(language_code="sv")
    home = HomePageFactory(parent=Page.get_first_root_node(), slug="annan", locale=locale)
    Site.objects.create(hostname=OTHER_HOST, root_page=home)
    return Page.objects.get(pk=home.pk)


def translated(page: Page) -> Any:
    english = Locale.objects.get(language_code="en")
    copy = page.specific.copy_for_translation(english, copy_parents=True)
    return Page.objects.get(pk=copy.pk).specific


def translate_both(parent: Page, page: Page) -> tuple[Page, Page]:
    """Return published translations of a page and of its parent."""
    pair = []
    for source in (parent, page):
        draft = translated(source)
        draft.title, draft.introduction = f"English {source.pk}", "<p>In English.</p>"
        draft.save_revision().publish()
        pair.append(Page.objects.get(pk=draft.pk))
    return pair[0], pair[1]


def dropped(journal: Journal) -> list[tuple[str, str | None]]:
    return [(item["action"], item["path"]) for item in journal.feed()]


@pytest.fixture
def parent(site: Site) -> Page:
    return section("foralder")


@pytest.fixture
def page(parent: Page) -> Page:
    page = ContentPageFactory(parent=parent, slug="hemlig")
    return Page.objects.get(pk=page.pk)


# --- What the public could read until now ----------------------------------------------------


def expire(page: Page) -> None:
    now = timezone.now()
    Page.objects.filter(pk=page.pk).update(
        last_published_at=now - timedelta(days=1), expire_at=now - timedelta(minutes=1)
    )
    call_command("publish_scheduled", verbosity=0)


def move_into_private_section(page: Page) -> None:
    private = section("privat")
    restrict(private)
    page.move(private, pos="last-child")


WAYS_TO_TAKE_AWAY: dict[str, tuple[Callable[[Page], Any], str, str]] = {
    "unpublished": (lambda page: page.unpublish(), "unpublished", "/foralder/hemlig/"),
    "expired": (expire, "unpublished", "/foralder/hemlig/"),
    "password": (lambda page: restrict(page, "password"), "restricted", "/foralder/hemlig/"),
    "login": (restrict, "restricted", "/foralder/hemlig/"),
    "groups": (lambda page: restrict(page, "groups"), "restricted", "/foralder/hemlig/"),
    "translation restricted": (
        lambda page: restrict(translated(page)),
        "restricted",
        "/foralder/hemlig/",
    ),
    "parent unpublished": (lambda page: page.get_parent().unpublish(), "unpublished", "/foralder/"),
    "parent restricted": (lambda page: restrict(page.get_parent()), "restricted", "/foralder/"),
    "private section": (move_into_private_section, "moved", "/foralder/hemlig/"),
    "below a draft": (
        lambda page: page.move(section("utkast", live=False), pos="last-child"),
        "moved",
        "/foralder/hemlig/",
    ),
    "other site": (
        lambda page: page.move(other_home(), pos="last-child"),
        "moved",
        "/foralder/hemlig/",
    ),
    "deleted": (lambda page: page.delete(), "deleted", "/foralder/hemlig/"),
}


@pytest.mark.parametrize("way", WAYS_TO_TAKE_AWAY)
def test_what_is_taken_away_is_told_once(page: Page, journal: Journal, way: str) -> None:
    take_away, action, path = WAYS_TO_TAKE_AWAY[way]
    publish(page)
    take_away(Page.objects.get(pk=page.pk))
    items = journal.feed()
    # Its earlier row is silent now, and the page is in no other list.
    assert (action, path) in [(item["action"], item["path"]) for item in items]
    assert [item["action"] for item in items if item["id"] == page.pk] == (
        [] if path == "/foralder/" else [action]
    )
    assert not [item for item in items if "/foralder/hemlig/" in item["paths"]]
    journal.restart()
    for left in Page.objects.filter(pk=page.pk, live=True):
        publish(left)
        left.unpublish()
        left.delete()
    assert journal.feed() == []


def test_the_translations_of_a_private_page_go_with_it(
    page: Page, parent: Page, journal: Journal
) -> None:
    english_parent, _english = translate_both(parent, page)
    journal.restart()
    restrict(parent)
    assert sorted(dropped(journal)) == [
        ("restricted", english_parent.url),
        ("restricted", "/foralder/"),
    ]


def test_moving_a_page_into_a_private_section_takes_its_translation_along(
    page: Page, parent: Page, journal: Journal
) -> None:
    _english_parent, english = translate_both(parent, page)
    private = section("privat")
    restrict(private)
    journal.restart()
    Page.objects.get(pk=page.pk).move(Page.objects.get(pk=private.pk), pos="last-child")
    assert sorted(dropped(journal)) == [
        ("moved", "/foralder/hemlig/"),
        ("restricted", english.url),
    ]


def test_a_draft_in_a_private_section_takes_its_original_away(
    page: Page, journal: Journal, en: Locale
) -> None:
    private = section("privat")
    restrict(private)
    journal.restart()
    ContentPageFactory(
        parent=Page.objects.get(pk=private.pk),
        slug="utkast",
        live=False,
        locale=en,
        translation_key=page.translation_key,
    )
    assert dropped(journal) == [("restricted", "/foralder/hemlig/")]


def test_a_page_that_becomes_an_alias_in_another_language(
    page: Page, parent: Page, journal: Journal
) -> None:
    """Its text would be in the language of its source, so it is not public."""
    _english_parent, english = translate_both(parent, page)
    path = english.url
    journal.restart()
    english.alias_of = page
    english.save(update_fields=["alias_of_id"], clean=False)
    assert dropped(journal) == [("unpublished", path)]
    english.alias_of = None
    english.save(update_fields=["alias_of_id"], clean=False)
    assert dropped(journal) == [("unpublished", path), ("published", path)]


# --- What comes back -------------------------------------------------------------------------


def test_what_is_public_again(page: Page, parent: Page, journal: Journal) -> None:
    english_parent, _english = translate_both(parent, page)
    restriction = restrict(parent)
    journal.restart()
    restriction.delete()
    items = journal.feed()
    assert sorted((item["action"], item["path"]) for item in items) == [
        ("unrestricted", english_parent.url),
        ("unrestricted", "/foralder/"),
    ]
    assert all(item["everything"] for item in items)


def test_deleting_the_private_translation_gives_the_page_back(page: Page, journal: Journal) -> None:
    english = translated(page)
    restrict(english)
    journal.restart()
    english.delete()
    assert dropped(journal) == [("unrestricted", "/foralder/hemlig/")]


def test_a_published_parent_brings_all_below_it(page: Page, parent: Page, journal: Journal) -> None:
    Page.objects.get(pk=parent.pk).unpublish()
    publish(page)
    journal.restart()
    publish(parent)
    (item,) = journal.feed()
    assert {"/foralder/", "/foralder/hemlig/"} <= set(item["paths"])


def test_a_page_that_moves_into_the_public_has_no_path_to_drop(
    parent: Page, journal: Journal
) -> None:
    private = section("privat")
    restrict(private)
    page = ContentPageFactory(parent=Page.objects.get(pk=private.pk), slug="hemlig")
    journal.restart()
    Page.objects.get(pk=page.pk).move(Page.objects.get(pk=parent.pk), pos="last-child")
    (item,) = [item for item in journal.feed() if item["kind"] == "page"]
    assert (item["action"], item["path"]) == ("moved", None)
    assert "/foralder/hemlig/" in item["paths"]
    assert "privat" not in str(journal.feed())


# --- What the public never saw ---------------------------------------------------------------


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
