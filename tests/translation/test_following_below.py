"""Tests that the admin asks about translations below a page that is not translated itself.

In their language an alias keeps its place. Nothing happens to them without a question.
"""

from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Locale, Page

from cms.translation.engine import targets
from tests.factories import ContentPageFactory

from .conftest import Submit, translate
from .desk.reading import log_in
from .matrix.reading import cell_of
from .test_following import KEEP, SAME, asks, exists, is_live

BELOW = {"include_descendants": "on"}


@dataclass(frozen=True)
class Section:
    """A page without a translation, the page below it, and the translation of that."""

    top: Page
    child: Page
    english: Page

    @property
    def alias(self) -> Page:
        return Page.objects.get(pk=self.english.pk).get_parent()

    def are_read(self) -> list[bool]:
        """Return whether visitors can read the page below, in Swedish and in English."""
        return [Client().get(page.url).status_code == 200 for page in (self.child, self.english)]


@pytest.fixture
def admin(db: None) -> Client:
    return log_in("admin")


@pytest.fixture
def home(sv: Locale) -> Page:
    return Page.objects.get(slug="hem", locale=sv)


@pytest.fixture
def section(home: Page, en: Locale, submit: Submit, user: Any) -> Section:
    top = ContentPageFactory(title="Avdelning", slug="avdelning", parent=home)
    child = ContentPageFactory(title="Barn", slug="barn", parent=top)
    translation = submit(child)
    translate(translation)
    targets.publish(translation, user)
    english = Page.objects.get(translation_key=child.translation_key, locale=en)
    found = Section(Page.objects.get(pk=top.pk), Page.objects.get(pk=child.pk), english)
    assert found.are_read() == [True, True]
    return found


def address(page: Page, action: str, is_bulk: bool) -> str:
    if is_bulk:
        return f"/admin/bulk/wagtailcore/page/{action}/?next=/admin/&id={page.pk}"
    return f"/admin/pages/{page.pk}/{action}/"


@pytest.mark.parametrize("is_bulk", [False, True])
def test_deleting_asks(admin: Client, section: Section, is_bulk: bool) -> None:
    url = address(section.top, "delete", is_bulk)
    response = admin.post(url)
    assert asks(response)
    words = " ".join(response.content.decode().split())
    assert "(not translated) – with 1 page below it" in words
    alias = section.alias
    assert admin.post(url, SAME).status_code == 302
    assert not any(map(exists, (section.top, section.child, alias, section.english)))


def test_what_is_deleted_elsewhere_in_the_tree_is_asked_about(
    admin: Client, section: Section
) -> None:
    Page.objects.get(pk=section.english.pk).move(section.alias.get_parent(), pos="last-child")
    url = address(section.top, "delete", is_bulk=False)
    assert asks(admin.post(url))
    assert admin.post(url, KEEP).status_code == 302
    assert exists(section.english)
    assert Client().get(Page.objects.get(pk=section.english.pk).url).status_code == 200


@pytest.mark.parametrize("is_bulk", [False, True])
@pytest.mark.parametrize("below", [{}, BELOW])
def test_unpublishing_asks(
    admin: Client, section: Section, is_bulk: bool, below: dict[str, str]
) -> None:
    url = address(section.top, "unpublish", is_bulk)
    assert asks(admin.post(url, below))
    assert section.are_read() == [True, True]
    assert admin.post(url, below | SAME).status_code == 302
    assert section.are_read() == [False, False]
    assert is_live(section.child) == is_live(section.english) == (not below)


@pytest.mark.parametrize("is_bulk", [False, True])
@pytest.mark.parametrize("below", [{}, BELOW])
def test_what_is_kept_stays_in_sight(
    admin: Client, section: Section, is_bulk: bool, below: dict[str, str]
) -> None:
    url = address(section.top, "unpublish", is_bulk)
    assert admin.post(url, below | KEEP).status_code == 302
    assert section.are_read() == [False, True]
    told = cell_of(admin, "Barn", "English")
    assert told is not None
    assert "Live, source unpublished Visitors can read this, but not the original." in told


def test_moving_takes_the_place_of_an_untranslated_page_along(
    admin: Client, section: Section, home: Page, en: Locale
) -> None:
    goal = ContentPageFactory(title="Mål", slug="mal", parent=home)
    url = f"/admin/pages/{section.top.pk}/move/{goal.pk}/confirm/"
    response = admin.post(url)
    assert asks(response)
    assert "has no page in this language" in response.content.decode()
    goal.copy_for_translation(en, copy_parents=True, alias=True)
    assert admin.post(url, SAME).status_code == 302
    assert section.alias.get_parent().translation_key == goal.translation_key


def test_the_report_knows_what_a_page_above_hides(admin: Client, section: Section) -> None:
    """Both languages of it are hidden, so nothing is to be done for its translation."""
    assert admin.post(address(section.top, "unpublish", is_bulk=False), SAME).status_code == 302
    hidden = "Visitors cannot read this: a page above it is not published."
    for language, label in (("Svenska", "Original"), ("English", "Live and current")):
        told = cell_of(admin, "Barn", language)
        assert told is not None
        assert f"{label} {hidden}" in told


def test_an_alias_without_pages_of_its_own_is_no_question(
    admin: Client, section: Section, en: Locale
) -> None:
    admin.post(address(section.child, "delete", is_bulk=False), SAME)
    grandchild = ContentPageFactory(title="Annat", slug="annat", parent=section.top)
    grandchild.copy_for_translation(en, copy_parents=True, alias=True)
    url = address(section.top, "unpublish", is_bulk=False)
    assert admin.post(url).status_code == 302
