"""What the public may see on a site: homes, branches, languages, collections, outdated snippets."""

from typing import Any

import pytest
from django.test import Client
from wagtail.models import Collection, CollectionViewRestriction, Locale, Page, PageLogEntry, Site

from pages.models import ContentPage, SelfTestCallToAction, TherapyMethodPage
from tests.content.uploads import image_of, picture
from tests.factories import ContentPageFactory
from tests.journal.branches import restrict, section, translated
from tests.reading import API, Api
from tests.translation.conftest import cta, cta_translation, publish

__all__ = ["cta", "cta_translation"]

pytestmark = pytest.mark.django_db


def below(parent: Page, slug: str = "under", **fields: Any) -> Page:
    page = ContentPageFactory(parent=Page.objects.get(pk=parent.pk), slug=slug, **fields)
    return Page.objects.get(pk=page.pk)


def is_public(client: Client, page: Page) -> bool:
    answers = {client.get(f"{API}pages/{page.pk}/").status_code, client.get(page.url).status_code}
    assert answers in ({200}, {404}, {302, 404})
    return answers == {200}


def test_a_host_without_a_site_has_no_pages(client: Client) -> None:
    assert client.get("/").status_code == 200
    Site.objects.all().delete()
    assert client.get("/").status_code == 404
    answer = client.get(f"{API}pages/by-path/?path=/")
    assert answer.status_code == 404
    assert answer.json()["detail"] == "No site answers to this host."


def test_a_hidden_home_page_hides_its_site(client: Client) -> None:
    page = section("under-hem")
    assert is_public(client, page)
    Page.objects.get(slug="hem").specific.unpublish()
    assert not is_public(client, page)


def test_a_draft_hides_what_is_below_it_whatever_its_history_says(client: Client) -> None:
    """Only a draft that keeps the place of an alias in another language does not."""
    draft = section("utkast", live=False)
    PageLogEntry.objects.log_action(instance=draft, action="wagtail.create")
    page = below(draft)
    assert not is_public(client, page)
    PageLogEntry.objects.log_action(instance=draft, action="samtal.keep_place")
    page = below(draft, "andra")
    assert is_public(client, page)
    assert not is_public(client, below(section("annat-utkast", live=False)))
    Page.objects.get(pk=draft.pk).specific.save_revision().publish()
    Page.objects.get(pk=draft.pk).unpublish()
    assert not is_public(client, page)


def test_each_hidden_or_private_branch_is_hidden(client: Client) -> None:
    branches = [section(f"gren-{number}") for number in range(4)]
    pages = [below(branch) for branch in branches]
    assert all(is_public(client, page) for page in pages)
    hidden, private = branches[:2], branches[2:]
    for branch in hidden:
        Page.objects.get(pk=branch.pk).unpublish()
    for branch in private:
        restrict(branch)
    assert not any(is_public(client, page) for page in pages)
    assert all(is_public(client, Page.objects.get(slug=slug)) for slug in ("kontakt", "contact"))


def test_a_private_translation_makes_the_other_languages_private(client: Client) -> None:
    page = section("hemlig")
    assert is_public(client, page)
    restrict(translated(page))
    assert not is_public(client, page)


def test_a_page_below_a_home_page_in_another_language_is_not_public(
    client: Client, en: Locale
) -> None:
    page = section("in-english", locale=en)
    assert not is_public(client, page)


def test_a_snippet_is_outdated_and_stays(
    cta: SelfTestCallToAction, cta_translation: Any, api: Api
) -> None:
    """Where its type does not hide outdated translations."""
    target = cta_translation.get_target_instance()
    page = ContentPageFactory(
        parent=Page.objects.get(slug="home"), body=[("self_test_cta", {"cta": target})]
    )
    publish(cta, weight="meaning", heading="Hur mår du i dag?")
    target.refresh_from_db()
    assert target.stale_since
    assert target.pk in {item["id"] for item in api.get("self-test-ctas/", locale="en")["items"]}
    assert target.heading in str(api.get(f"pages/{page.pk}/"))


def test_a_draft_is_hidden_where_its_type_withholds_outdated_translations(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for model in (ContentPage, TherapyMethodPage):
        monkeypatch.setattr(model, "hides_stale_translations", True)
    page = section("utkast")
    assert is_public(client, page)
    Page.objects.get(pk=page.pk).unpublish()
    assert not is_public(client, page)


@pytest.mark.parametrize(
    ("restricted", "shown"), [("parent", {"sibling"}), ("child", {"parent", "sibling"})]
)
def test_a_private_collection_covers_those_below_it(
    client: Client, restricted: str, shown: set[str]
) -> None:
    root = Collection.get_first_root_node()
    parent = root.add_child(name="Rum")
    collections = {
        "parent": parent,
        "child": parent.add_child(name="Skåp"),
        "sibling": root.add_child(name="Hall"),
    }
    for name, collection in collections.items():
        image_of(name, picture(), collection=collection)
    restriction = {"restriction_type": "login", "collection": collections[restricted]}
    CollectionViewRestriction.objects.create(**restriction)
    listed = client.get("/api/v2/images/?limit=20&order=-id").json()["items"]
    assert {item["title"] for item in listed} & collections.keys() == shown
