"""A translation stays as private as its original was, also when that is deleted."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.models import Page, PageViewRestriction
from wagtail_localize.models import Translation

from cms.translation.engine import targets
from pages.models import ContentPage
from tests.factories import ContentPageFactory
from tests.reading import Api

from .conftest import Submit, publish, translate
from .desk.reading import log_in


def restrict(page: Page, way: str = "login") -> PageViewRestriction:
    made = PageViewRestriction.objects.create(page=page, restriction_type=way, password="fras")
    if way == "groups":
        made.groups.set(Group.objects.filter(name="Editors"))
    return made


def delete(page: Page) -> None:
    data = {"translations": "keep"}
    assert log_in("editor").post(f"/admin/pages/{page.pk}/delete/", data).status_code == 302
    assert not Page.objects.filter(pk=page.pk).exists()


def is_read(page: Any) -> bool:
    """Whether the public reads a page, on the site and in the API alike."""
    page = Page.objects.get(pk=page.pk)
    shown = Client().get(page.url)
    is_shown = shown.status_code == 200 and b'name="password"' not in shown.content
    is_in_api = Api(Client()).response(f"pages/{page.pk}/").status_code == 200
    assert is_shown == is_in_api
    return is_shown


@pytest.fixture
def target(translation: Translation) -> Any:
    return translation.get_target_instance()


@pytest.fixture
def below(page: ContentPage, target: Any, submit: Submit, user: Any) -> tuple[Any, Any]:
    """A page below, in both languages."""
    child = publish(ContentPageFactory(parent=page, slug="under", title="Under"))
    translation = submit(child)
    translate(translation)
    targets.publish(translation, user)
    return child, translation.get_target_instance()


@pytest.mark.parametrize("way", ["login", "password", "groups"])
def test_a_translation_stays_private_without_its_original(
    page: ContentPage, target: Any, way: str
) -> None:
    made = restrict(page, way)
    expected = (made.restriction_type, made.password, {*made.groups.all()})
    delete(page)
    assert not is_read(target)
    kept = PageViewRestriction.objects.get(page=target.pk)
    assert (kept.restriction_type, kept.password, {*kept.groups.all()}) == expected
    kept.delete()
    assert is_read(target)


def test_an_original_is_public_again_without_its_private_translation(
    page: ContentPage, target: Any
) -> None:
    restrict(target)
    assert not is_read(page)
    delete(target)
    assert is_read(page)


def test_it_stays_private_that_was_so_by_a_page_above(
    page: ContentPage, below: tuple[Any, Any]
) -> None:
    child, english = below
    restrict(page)
    Page.objects.get(pk=english.pk).move(Page.objects.get(slug="home"), pos="last-child")
    delete(page)
    assert not Page.objects.filter(pk=child.pk).exists()
    assert not is_read(english)


def test_a_page_below_another_that_stays_private_gets_no_privacy_of_its_own(
    page: ContentPage, target: Any, below: tuple[Any, Any]
) -> None:
    restrict(page)
    delete(page)
    assert not is_read(below[1])
    assert [each.page_id for each in PageViewRestriction.objects.all()] == [target.pk]


def test_what_is_private_by_itself_gets_nothing_more(page: ContentPage, target: Any) -> None:
    own = restrict(target, "password")
    restrict(page)
    delete(page)
    assert [*PageViewRestriction.objects.all()] == [own]


def test_what_is_public_stays_so(page: ContentPage, target: Any, below: tuple[Any, Any]) -> None:
    restrict(below[0])
    restrict(Page.objects.get(slug="kbt", locale__language_code="sv"))
    delete(page)
    assert is_read(target)
    assert not is_read(below[1])


def test_a_draft_in_the_place_of_an_alias_is_private_with_what_is_below(
    page: ContentPage, target: Any, en: Any
) -> None:
    """wagtail-localize begins its translation, and takes away what its source alone has not."""
    delete(target)
    child = publish(ContentPageFactory(parent=page, slug="under", title="Under"))
    page.copy_for_translation(en, alias=True)
    alias = child.copy_for_translation(en, alias=True)
    english = publish(ContentPageFactory(parent=alias, slug="own", title="Of its own"))
    assert is_read(english)
    restrict(page)
    assert not is_read(english)
    delete(page)
    assert not is_read(english)
    PageViewRestriction.objects.all().delete()
    assert is_read(english)


@pytest.mark.parametrize("way", ["login", "password", "groups"])
def test_a_freed_alias_stays_as_private_as_its_source_has_become(
    page: ContentPage, way: str
) -> None:
    alias = page.create_alias(update_slug="kopia")
    made = restrict(page, way)
    expected = (made.restriction_type, made.password, {*made.groups.all()})
    assert log_in("admin").post(f"/admin/pages/{alias.pk}/convert_alias/").status_code == 302
    assert not is_read(alias)
    kept = PageViewRestriction.objects.get(page=alias.pk)
    assert (kept.restriction_type, kept.password, {*kept.groups.all()}) == expected


def test_it_is_published_as_private_as_its_original(
    page: ContentPage, translation: Translation, target: Any, user: Any
) -> None:
    restrict(page)
    targets.publish(translation, user)
    assert PageViewRestriction.objects.filter(page=target.pk).exists()


def test_the_privacy_of_a_translation_alone_outlasts_its_publication(
    translation: Translation, target: Any, user: Any
) -> None:
    own = restrict(target)
    targets.publish(translation, user)
    assert [*PageViewRestriction.objects.all()] == [own]
