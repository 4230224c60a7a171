"""Tests Wagtail's API v2 for existing front ends, without its leaks and faults."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Locale,
    Page,
    PageViewRestriction,
    Site,
)

from tests.delivery.wagtail_api import SNIPPETS, V2, get, ipt
from tests.factories import (
    FaqEntryFactory,
    HomePageFactory,
)

# --- Pages -------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/terapimetoder/ipt/", "IPT – Interpersonell terapi"),
        ("/en/therapy-methods/ipt/", "IPT – Interpersonal therapy"),
        ("/en/", "Home"),
    ],
)
def test_find_works_in_every_language(client: Client, path: str, title: str) -> None:
    assert get(client, "pages/find/", html_path=path)["title"] == title


@pytest.mark.django_db
def test_find_of_nothing(client: Client) -> None:
    response = client.get(f"{V2}pages/find/", {"html_path": "/en/terapimetoder/"})
    assert response.status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "field"),
    [
        ("pages.HomePage", "button_label"),
        ("pages.TherapyMethodIndexPage", "introduction"),
        ("pages.TherapyMethodPage", "concern_links"),
        ("pages.SelfTestPage", "getting_started"),
        ("pages.ContentPage", "body"),
        ("faq.FaqPage", "heading"),
    ],
)
def test_every_type_gives_its_fields(client: Client, kind: str, field: str) -> None:
    items = get(client, "pages/", type=kind, fields="*")["items"]
    assert items
    assert all(field in item for item in items)


@pytest.mark.django_db
def test_what_the_public_may_not_see_is_absent(client: Client) -> None:
    hidden = ipt("sv")
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    index = Page.objects.get(slug="therapy-methods")
    index.specific.unpublish()
    shown = {item["id"] for item in get(client, "pages/", limit=20)["items"]}
    assert hidden.pk not in shown
    assert not shown & set(index.get_descendants(inclusive=True).values_list("pk", flat=True))


@pytest.mark.django_db
def test_search_with_any_other_filter(client: Client) -> None:
    for query in ({}, {"locale": "en"}, {"type": "pages.TherapyMethodPage"}, {"order": "title"}):
        titles = [item["title"] for item in get(client, "pages/", search="IPT", **query)["items"]]
        assert "IPT – Interpersonal therapy" in titles, query
    assert get(client, "pages/", search="IPT", locale="sv", limit=1)["meta"]["total_count"] > 1
    questions = get(client, "faqs/", search="IPT", locale="sv")["items"]
    assert "Är IPT samtalsterapi?" in [item["question"] for item in questions]


@pytest.mark.django_db
def test_each_site_shows_its_own_pages(client: Client, site: Site) -> None:
    home = HomePageFactory(parent=Page.get_first_root_node(), title="Annan", slug="annan")
    Site.objects.create(hostname="other.example", port=8080, root_page=home)
    assert "Annan" not in [item["title"] for item in get(client, "pages/", limit=20)["items"]]
    others = get(client, "pages/", site="other.example:8080")["items"]
    assert [item["title"] for item in others] == ["Annan"]
    assert client.get(f"{V2}pages/", {"site": "other.example:x"}).status_code == 400
    Site.objects.create(hostname="other.example", port=81, root_page=site.root_page)
    ambiguous = client.get(f"{V2}pages/", {"site": "other.example"})
    assert (ambiguous.status_code, "port" in ambiguous.json()["message"]) == (400, True)


@pytest.mark.django_db
def test_images_and_documents(client: Client) -> None:
    images = get(client, "images/")
    assert images["meta"]["total_count"] == 12
    # The original files are not served.
    assert all("/media/images/" in item["meta"]["download_url"] for item in images["items"])
    assert get(client, "documents/")["meta"]["total_count"] == 0
    root = Collection.get_first_root_node()
    CollectionViewRestriction.objects.create(collection=root, restriction_type="login")
    assert get(client, "images/")["meta"]["total_count"] == 0


# --- Shared content ----------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("endpoint", SNIPPETS)
def test_shared_content_by_language(client: Client, endpoint: str) -> None:
    model = SNIPPETS[endpoint]
    for language in ("sv", "en"):
        answer = get(client, f"{endpoint}/", locale=language, limit=20)
        locale = Locale.objects.get(language_code=language)
        expected = model.objects.filter(locale=locale).order_by(*model._meta.ordering, "pk")
        assert [item["id"] for item in answer["items"]] == [item.pk for item in expected[:20]]
        assert answer["meta"]["total_count"] == expected.count() > 0
        assert {item["meta"]["locale"] for item in answer["items"]} == {language}
    assert client.get(f"{V2}{endpoint}/", {"locale": "xx"}).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("endpoint", SNIPPETS)
def test_shared_content_has_all_its_fields(client: Client, endpoint: str) -> None:
    listed = get(client, f"{endpoint}/", locale="en", fields="*", limit=1)["items"][0]
    detail = client.get(listed["meta"]["detail_url"]).json()
    assert detail == listed
    assert {field.name for field in SNIPPETS[endpoint].api_fields} < detail.keys()
    assert get(client, f"{endpoint}/find/", id=listed["id"]) == detail


@pytest.mark.django_db
@pytest.mark.parametrize("endpoint", SNIPPETS)
@pytest.mark.parametrize(
    "hidden", [{"live": False}, {"expire_at": timezone.now() - timedelta(minutes=1)}]
)
def test_hidden_shared_content_is_absent(
    client: Client, endpoint: str, hidden: dict[str, Any]
) -> None:
    model = SNIPPETS[endpoint]
    before = get(client, f"{endpoint}/")["meta"]["total_count"]
    snippet = model.objects.first()
    model.objects.filter(pk=snippet.pk).update(**hidden)
    after = get(client, f"{endpoint}/", fields="*", limit=20)
    assert after["meta"]["total_count"] == before - 1
    assert snippet.pk not in [item["id"] for item in after["items"]]
    assert client.get(f"{V2}{endpoint}/{snippet.pk}/").status_code == 404
    assert client.get(f"{V2}{endpoint}/find/", {"id": snippet.pk}).status_code == 404


@pytest.mark.django_db
def test_a_draft_of_published_content_is_not_shown(client: Client) -> None:
    entry = FaqEntryFactory(question="Vad är publicerat?")
    entry.question = "Vad är ett utkast?"
    entry.save_revision()
    assert get(client, f"faqs/{entry.pk}/")["question"] == "Vad är publicerat?"
