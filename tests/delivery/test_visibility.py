"""Tests that hidden content is in no answer of any endpoint, not even in a count."""

from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import get_resolver
from wagtail.models import Collection, CollectionViewRestriction, Locale, Page, PageViewRestriction

from faq.models import FaqEntry
from pages.models import TherapyMethodPage
from tests.delivery.hidden import WAYS_TO_HIDE, expire, unpublish
from tests.delivery.world import CONCERN, LINK_TEXT, SECRET, SLUG, World, make_world
from tests.factories import (
    FaqEntryFactory,
    FaqTopicFactory,
)
from tests.reading import API, Api, text_of

pytestmark = pytest.mark.sampled


@pytest.fixture
def world(site: Any) -> World:
    return make_world()


def shows(text: str) -> list[str]:
    return [sign for sign in (SECRET, SLUG, f"{LINK_TEXT}</a>", f"[{LINK_TEXT}]") if sign in text]


@pytest.mark.parametrize("way", WAYS_TO_HIDE)
def test_a_hidden_page_is_in_no_answer(client: Client, world: World, way: str) -> None:
    addresses, gone = world.addresses(), world.gone()
    for name, address in {**addresses, **gone}.items():
        response = client.get(API + address)
        assert response.status_code == 200, name
        answer = text_of(response)
        by_number = name in {"topics", "concerns", "changes"}
        assert by_number or shows(_unescaped(answer)), f"{name} never showed the page"

    WAYS_TO_HIDE[way](world.page)

    for name, address in addresses.items():
        response = client.get(API + address)
        hidden_too = name == "parent page" and "parent" in way
        assert response.status_code == (404 if hidden_too else 200), name
        assert not shows(_unescaped(text_of(response))), name
    for name, address in gone.items():
        response = client.get(API + address)
        assert response.status_code == 404, name
        assert SECRET not in text_of(response), name


def _unescaped(answer: str) -> str:
    """Return JSON with letters as they are written in the tests."""
    return answer.encode().decode("unicode_escape") if "\\u" in answer else answer


@pytest.mark.parametrize("way", WAYS_TO_HIDE)
def test_a_hidden_page_is_in_no_number(api: Api, world: World, way: str) -> None:
    def numbers() -> dict[str, int]:
        concerns = api.get("concerns/", locale="sv", limit=100)["items"]
        counts = {
            name: api.client.get(API + address).json()["count"]
            for name, address in world.addresses().items()
            if name.startswith(("pages", "whole", "search", "calls", "urls", "redirects"))
        }
        concern = next(item for item in concerns if item["slug"] == CONCERN)
        return {**counts, "concern": concern["method_count"]}

    before = numbers()
    assert before["concern"] == before["pages of a concern"] == 1
    WAYS_TO_HIDE[way](world.page)
    after = numbers()
    assert after["concern"] == after["pages of a concern"] == 0
    assert after["search"] == after["search with a fallback"] == after["search for a type"] == 0
    assert after["redirects"] == before["redirects"] - 1
    assert after["calls to action"] == before["calls to action"] - 1
    for name in ("pages", "pages of a type", "pages of another language", "pages by id", "urls"):
        assert after[name] < before[name], name


@pytest.mark.parametrize("way", WAYS_TO_HIDE)
def test_a_hidden_page_is_in_no_count_of_a_search(api: Api, world: World, way: str) -> None:
    def counts() -> Any:
        return api.get("search/", locale="en", fallback="sv", q="kvarknamn", type="faq")["counts"]

    assert {"type": "therapy_method", "count": 1} in counts()
    WAYS_TO_HIDE[way](world.page)
    assert counts() == []


@pytest.mark.parametrize("way", WAYS_TO_HIDE)
def test_a_hidden_page_is_on_no_web_page(client: Client, world: World, way: str) -> None:
    WAYS_TO_HIDE[way](world.page)
    for path in ("/", "/pekar/", "/terapimetoder/", "/vanliga-fragor/", "/no-such-page/"):
        html = client.get(path).content.decode()
        assert not shows(html), path
    for path in (f"/terapimetoder/{SLUG}/", f"/terapimetoder/{SLUG}/barn/"):
        response = client.get(path)
        asks_for_password = "password" in text_of(response)
        assert response.status_code in (302, 404) or asks_for_password, path
        assert SECRET not in text_of(response), path


@pytest.mark.parametrize("way", WAYS_TO_HIDE)
def test_a_hidden_page_is_not_in_wagtails_own_api(client: Client, world: World, way: str) -> None:
    def answers() -> dict[str, str]:
        found = {}
        for path in ("pages", "faqs", "faq-topics", "concerns", "self-test-ctas"):
            for query in ({"limit": 20, "fields": "*"}, {"limit": 20, "fields": "*", "offset": 20}):
                response = client.get(f"/api/v2/{path}/", query)
                assert response.status_code == 200, path
                found[f"{path} {query}"] = text_of(response)
        return found

    assert any(SECRET in answer for answer in answers().values())
    WAYS_TO_HIDE[way](world.page)
    for name, answer in answers().items():
        assert SECRET not in answer, name
        assert SLUG not in answer, name
    assert client.get(f"/api/v2/pages/{world.page.pk}/").status_code == 404


@pytest.mark.parametrize("way", ["unpublished", "expired", "password"])
def test_alternates_leave_a_hidden_translation_out(client: Client, world: World, way: str) -> None:
    english = Locale.objects.get(language_code="en")
    copy = world.page.copy_for_translation(english)
    copy.title, copy.heading = "Secret name", ""
    copy.introduction, copy.body = "<p>In English.</p>", []
    copy.search_description = copy.image_alt_text = copy.seo_title = ""
    copy.summary = "<p>In English.</p>"
    copy.save_revision().publish()
    copy.refresh_from_db()
    address = f"{API}pages/{world.page.pk}/"
    assert "Secret name" in client.get(address).content.decode()
    if way == "password":
        # What is private in one language is private in all.
        WAYS_TO_HIDE[way](copy)
        assert client.get(address).status_code == 404
        return
    WAYS_TO_HIDE[way](copy)
    answer = client.get(address).json()
    assert answer["translations"] == []
    assert [item["hreflang"] for item in answer["seo"]["alternates"]] == ["sv", "x-default"]


def test_an_alias_in_another_language_is_in_no_answer(client: Client, world: World) -> None:
    """Such a page has its text in the wrong language."""
    english = Locale.objects.get(language_code="en")
    alias = world.page.copy_for_translation(english, alias=True)
    assert alias.live
    assert client.get(f"/en/therapy-methods/{SLUG}/").status_code == 404
    assert client.get(f"{API}pages/{alias.pk}/").status_code == 404
    for address in (
        "pages/?locale=en&limit=100",
        "search/?locale=en&q=kvarknamn",
        "navigation/?locale=en",
        "pages/by-path/?path=/en/therapy-methods/",
    ):
        assert SECRET not in text_of(client.get(API + address)), address
    assert client.get(f"{API}pages/{world.page.pk}/").json()["translations"] == []
    fallbacks = client.get(f"{API}pages/?locale=en&fallback=sv&limit=100").json()["items"]
    assert [item["title"] for item in fallbacks if item["id"] == world.page.pk] == [SECRET]


def test_an_alias_of_a_hidden_page_is_hidden_with_it(client: Client, world: World) -> None:
    index = world.page.get_parent()
    alias = world.page.create_alias(parent=index, update_slug="dubblett")
    assert client.get(f"{API}pages/{alias.pk}/").status_code == 200
    world.page.unpublish()
    assert client.get(f"{API}pages/{alias.pk}/").status_code == 404
    assert SECRET not in client.get(f"{API}pages/?locale=sv&limit=100").content.decode()


@pytest.mark.parametrize("way", ["password", "login", "groups", "parent restricted"])
def test_an_alias_of_a_private_page_is_private(client: Client, world: World, way: str) -> None:
    home = Page.objects.get(slug="hem")
    alias = world.page.create_alias(parent=home, update_slug="dubblett")
    address = f"{API}pages/{alias.pk}/"
    assert client.get(address).status_code == 200
    WAYS_TO_HIDE[way](world.page)
    assert client.get(address).status_code == 404
    assert SECRET not in client.get(f"{API}pages/?locale=sv&limit=100").content.decode()
    assert SECRET not in client.get("/dubblett/").content.decode()


def test_an_alias_is_public_as_soon_as_its_source_is(client: Client, world: World) -> None:
    """Wagtail copies the restriction to the alias, where it never counts."""
    WAYS_TO_HIDE["login"](world.page)
    home = Page.objects.get(slug="hem")
    alias = world.page.create_alias(parent=home, update_slug="dubblett")
    address = f"{API}pages/{alias.pk}/"
    assert client.get(address).status_code == 404
    for restriction in PageViewRestriction.objects.filter(page=world.page.pk):
        restriction.delete()
    assert SECRET in client.get("/dubblett/").content.decode()
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("way", ["password", "login", "groups", "parent restricted"])
def test_an_alias_that_becomes_an_ordinary_page_stays_as_private(
    client: Client, world: World, way: str
) -> None:
    """Wagtail leaves it without the privacy that its source has been given since."""
    home = Page.objects.get(slug="hem")
    alias = world.page.create_alias(parent=home, update_slug="dubblett")
    WAYS_TO_HIDE[way](world.page)
    admin = Client()
    admin.force_login(get_user_model().objects.get(username="admin"))
    assert admin.post(f"/admin/pages/{alias.pk}/convert_alias/").status_code == 302
    alias.refresh_from_db()
    assert (alias.alias_of_id, alias.live) == (None, True)
    for address in (f"{API}pages/{alias.pk}/", f"{API}pages/?locale=sv&limit=100", "/dubblett/"):
        assert SECRET not in client.get(address).content.decode(), address
    PageViewRestriction.objects.get(page=alias).delete()
    assert SECRET in client.get("/dubblett/").content.decode()


@pytest.mark.parametrize("hide", [unpublish, expire], ids=["unpublished", "expired"])
def test_a_hidden_question_is_in_no_answer(client: Client, world: World, hide: Any) -> None:
    entry = FaqEntryFactory(question="Hemlig fråga om kvantord?", topic=FaqTopicFactory())
    addresses = [
        "faqs/?locale=sv&limit=100",
        "faqs/?locale=en&fallback=sv&limit=100",
        "search/?locale=sv&q=kvantord",
        "pages/by-path/?path=/vanliga-fragor/",
    ]
    for address in addresses:
        assert "kvantord" in text_of(client.get(API + address)), address
    if hide is expire:
        FaqEntry.objects.filter(pk=entry.pk).update(expire_at="2020-01-01T00:00Z")
    else:
        hide(entry)
    for address in [*addresses, "changes/?since=0&limit=100"]:
        answer = client.get(API + address)
        assert answer.status_code == 200
        assert "kvantord?" not in answer.content.decode(), address
    assert "kvantord" not in client.get("/api/v2/faqs/?limit=20&fields=*").content.decode()


def test_an_image_of_a_private_collection_is_in_no_answer(client: Client, world: World) -> None:
    collection = Collection.get_first_root_node().add_child(name="Privat")
    image = TherapyMethodPage.objects.exclude(image=None).first().image
    world.page.image = image
    world.page.image_alt_text = "En hemlig bild"
    world.page.save()
    name = "images/" + image.file.name.rpartition("/")[2].rpartition(".")[0] + "."
    addresses = [f"pages/{world.page.pk}/", "pages/?locale=sv&limit=100"]
    for address in addresses:
        assert name in text_of(client.get(API + address)), address
    image.collection = collection
    image.save()
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    for address in [*addresses, *world.addresses().values()]:
        text = text_of(client.get(API + address))
        assert name not in text, address
        assert "En hemlig bild" not in text, address
    for path in ("images", "pages"):
        text = client.get(f"/api/v2/{path}/?limit=20&fields=*").content.decode()
        assert name not in text, path


def test_the_matrix_names_every_endpoint(world: World) -> None:
    """A new endpoint must be added above."""
    asked = {
        address.partition("?")[0] for address in {**world.addresses(), **world.gone()}.values()
    }
    asked = {"pages/{id}/" if name.removeprefix("pages/")[:1].isdigit() else name for name in asked}
    prefix = API.removeprefix("/")
    routes = {
        str(pattern.pattern)
        for resolver in get_resolver(settings.ROOT_URLCONF).url_patterns
        if str(resolver.pattern) == prefix
        for pattern in resolver.url_patterns
    }
    known = {route.replace("<int:page_id>", "{id}") for route in routes}
    # These name languages and the contract; a token shows its owner's own draft.
    other = {"", "locales/", "openapi.json", "docs/", "preview/"}
    assert known - other == asked
