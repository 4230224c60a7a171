"""Wagtail's own API v2: the convention of existing front ends, without its leaks."""

from typing import Any

import pytest
from django.test import Client
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from pages.models import TherapyMethodPage

V2 = "/api/v2/"


def get(client: Client, path: str, **query: Any) -> Any:
    response = client.get(V2 + path, query, follow=True)
    assert response.status_code == 200, response.content
    return response.json()


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
    hidden = TherapyMethodPage.objects.get(slug="ipt", locale__language_code="sv")
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    index = Page.objects.get(slug="therapy-methods")
    index.specific.unpublish()
    shown = {item["id"] for item in get(client, "pages/", limit=20)["items"]}
    assert hidden.pk not in shown
    assert not shown & set(index.get_descendants(inclusive=True).values_list("pk", flat=True))


@pytest.mark.django_db
def test_images_and_documents(client: Client) -> None:
    assert get(client, "images/")["meta"]["total_count"] == 12
    assert get(client, "documents/")["meta"]["total_count"] == 0
    root = Collection.get_first_root_node()
    CollectionViewRestriction.objects.create(collection=root, restriction_type="login")
    assert get(client, "images/")["meta"]["total_count"] == 0
