"""Tests that the feed tells once of content that is taken away, and of content that is back."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Locale, Page

from tests.factories import ContentPageFactory
from tests.journal.branches import (
    other_home,
    publish,
    restrict,
    section,
    translate_both,
    translated,
)
from tests.journal.conftest import Journal, dropped

pytestmark = pytest.mark.sampled


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


def test_a_home_page_that_expires(journal: Journal, en: Locale) -> None:
    expire(Page.objects.get(depth=2, locale=en))
    assert dropped(journal) == [("unpublished", "/en/")]


def in_a_private_section(page: Page) -> None:
    restrict(page.get_parent())


def beside_a_private_translation(page: Page) -> None:
    restrict(translated(page))


def below_a_draft(page: Page) -> None:
    page.get_parent().unpublish()


@pytest.mark.parametrize(
    "hide", [in_a_private_section, beside_a_private_translation, below_a_draft]
)
def test_a_hidden_page_expires_in_silence(
    page: Page, journal: Journal, hide: Callable[[Page], None]
) -> None:
    hide(page)
    journal.restart()
    expire(Page.objects.get(pk=page.pk))
    assert dropped(journal) == []


def test_a_page_that_was_published_after_its_expiry_expires_in_silence(
    page: Page, journal: Journal
) -> None:
    now = timezone.now()
    Page.objects.filter(pk=page.pk).update(last_published_at=now, expire_at=now - timedelta(days=1))
    call_command("publish_scheduled", verbosity=0)
    assert dropped(journal) == []


def test_a_page_that_only_keeps_a_place_takes_those_below_along(
    page: Page, parent: Page, journal: Journal
) -> None:
    english_parent, english = translate_both(parent, page)
    path = english.url
    english_parent.alias_of = parent
    english_parent.save(update_fields=["alias_of_id"], clean=False)
    journal.restart()
    english_parent.slug = "another-place"
    english_parent.save(clean=False)
    assert dropped(journal) == [("moved", path)]
