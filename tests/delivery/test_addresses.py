"""Tests `urls/` and `redirects/`: all that answers, and nothing that is hidden."""

from typing import Any
from urllib.parse import unquote

import pytest
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction, Site

from tests.delivery.hidden import WAYS_TO_HIDE
from tests.delivery.test_cursor import walk
from tests.factories import ContentPageFactory
from tests.reading import API, Api
from tests.site.test_query_counts import add_methods, count_queries


@pytest.mark.django_db
def test_urls_are_those_of_all_pages(api: Api) -> None:
    answer = api.get("urls/", limit=100)
    pages = [
        item
        for locale in ("sv", "en")
        for item in api.get("pages/", locale=locale, limit=100, include="content")["items"]
    ]
    assert answer["count"] == len(answer["items"]) == len(pages) == 56
    expected = {
        item["id"]: {
            "id": item["id"],
            "locale": item["locale"],
            "path": item["path"],
            "html_url": item["page"]["html_url"],
            "lastmod": item["last_published_at"],
            "alternates": item["page"]["seo"]["alternates"],
        }
        for item in pages
    }
    assert {item["id"]: item for item in answer["items"]} == expected


@pytest.mark.django_db
def test_urls_and_redirects_can_be_walked(client: Client, api: Api) -> None:
    home = Page.objects.get(slug="hem")
    for number in range(7):
        Redirect.add_redirect(f"/gammal-{number}/", redirect_to="https://www.1177.se/")

    def add(given: int) -> None:
        if given < 6:
            ContentPageFactory(parent=home)
            Redirect.add_redirect(f"/aaa-{Redirect.objects.count()}/", redirect_to=home)

    for endpoint in ("urls/", "redirects/"):
        found = walk(client, f"{API}{endpoint}?limit=3", add)
        ids = [item["id"] for item in found]
        everything = api.get(endpoint, limit=100)["items"]
        assert len(ids) == len(set(ids)) == len(everything) > 6
        assert set(ids) == {item["id"] for item in everything}
        by_offset = api.get(endpoint, limit=3, offset=3)["items"]
        assert by_offset == everything[3:6]


@pytest.mark.django_db
def test_redirects_are_those_that_paths_resolve_to(api: Api) -> None:
    target = Page.objects.get(slug="faq")
    Redirect.add_redirect("/en/questions/", redirect_to=target, is_permanent=True)
    Redirect.add_redirect("/away/", redirect_to="https://www.1177.se/", is_permanent=False)
    Redirect.add_redirect("/ångest/", redirect_to=target)
    Redirect.add_redirect("/sida?b=2&a=1", redirect_to=target)
    items = api.get("redirects/")["items"]
    assert [item["from"] for item in items] == [
        "/away",
        "/en/questions",
        "/sida?a=1&b=2",
        "/%C3%A5ngest",
    ]
    for item in items:
        del item["id"]
        told = api.page(item.pop("from"))
        assert told == {"kind": "redirect", **item}


@pytest.mark.django_db
def test_redirects_that_nobody_meets_are_left_out(api: Api, site: Site) -> None:
    target = Page.objects.get(slug="faq")
    other = Site.objects.create(hostname="other.example", root_page=site.root_page)
    Redirect.objects.create(old_path="/annan", redirect_page=target, site=other)
    Redirect.objects.create(old_path="/trasig", redirect_link="http://[")
    Redirect.objects.create(old_path="/tom")
    # A page answers there.
    Redirect.objects.create(old_path="/kontakt", redirect_page=target)
    # The site's own precedes that of all sites.
    Redirect.objects.create(old_path="/dubbel", redirect_link="https://alla.example/")
    Redirect.objects.create(old_path="/dubbel", redirect_page=target, site=site)
    answer = api.get("redirects/")
    assert answer["count"] == 1
    assert [(item["from"], item["location"]) for item in answer["items"]] == [
        ("/dubbel", "/en/faq/")
    ]


@pytest.mark.django_db
def test_redirects_that_lead_nowhere_are_none(api: Api, client: Client, site: Site) -> None:
    """Neither in circles, nor where no browser may be sent."""
    target = Page.objects.get(slug="faq")
    nowhere = {
        "/runt": "/runt/",
        "/runt-1": "/runt-2?x=1",
        "/runt-2": f"{site.root_url}/runt-3/",
        "/runt-3": "/runt-1",
        "/in-i": "/runt-1",
        "/ångest": f"{site.root_url}/%C3%A5ngest",
        "/skript": "javascript:alert(1)",
        "/brev": "mailto:hej@example.org",
    }
    for path, location in nowhere.items():
        Redirect.objects.create(old_path=path, redirect_link=location)
    Redirect.objects.create(old_path="/sist", redirect_page=target)
    Redirect.objects.create(old_path="/mitt", redirect_link="/sist/?x=1")
    Redirect.objects.create(old_path="/först", redirect_link=f"{site.root_url}/mitt")
    # A page answers where it would go on.
    Redirect.objects.create(old_path="/kontakt", redirect_link="/till-sida")
    Redirect.objects.create(old_path="/till-sida", redirect_link="/kontakt/")
    items = api.get("redirects/", limit=100)["items"]
    assert [item["location"] for item in items] == [
        f"{site.root_url}/mitt",
        "/sist/?x=1",
        "/en/faq/",
        "/kontakt/",
    ]
    for item in items:
        assert api.page(item["from"])["location"] == item["location"]
        assert client.get(f"{unquote(item['from'])}/").headers["Location"] == item["location"]
    for path in nowhere:
        assert api.problem("pages/by-path/", path=path)["status"] == 404
        assert client.get(path, follow=True).status_code == 404


@pytest.mark.sampled
@pytest.mark.parametrize("way", WAYS_TO_HIDE)
def test_redirects_tell_nobody_of_a_hidden_page(client: Client, site: Site, way: str) -> None:
    index = Page.objects.get(slug="terapimetoder")
    page = ContentPageFactory(parent=index, slug="hemlig-slug")
    Redirect.add_redirect("/gammal-hemlighet", redirect_to=page)
    assert "hemlig-slug" in client.get(f"{API}redirects/").content.decode()
    WAYS_TO_HIDE[way](page)
    answer = client.get(f"{API}redirects/").json()
    assert (answer["count"], answer["items"]) == (0, [])


@pytest.mark.django_db
def test_the_old_address_of_a_public_page_is_told(
    api: Api, django_capture_on_commit_callbacks: Any
) -> None:
    page = ContentPageFactory(parent=Page.objects.get(slug="hem"), slug="förr")
    ContentPageFactory(parent=page, slug="barn")
    with django_capture_on_commit_callbacks(execute=True):
        page.slug = "nu"
        page.save_revision().publish()
    items = api.get("redirects/")["items"]
    assert [(item["from"], item["location"]) for item in items] == [
        ("/f%C3%B6rr", "/nu/"),
        ("/f%C3%B6rr/barn", "/nu/barn/"),
    ]
    assert all(item["permanent"] for item in items)


@pytest.mark.django_db
def test_the_old_address_of_a_page_that_was_private_is_not(
    api: Api, django_capture_on_commit_callbacks: Any
) -> None:
    """Its name was never public, though the page is now."""
    home = Page.objects.get(slug="hem")
    draft = ContentPageFactory(parent=home, slug="hemligt-utkast", live=False)
    private = ContentPageFactory(parent=home, slug="hemlig-sida")
    restriction = PageViewRestriction.objects.create(page=private, restriction_type="login")
    for page in (draft, private):
        with django_capture_on_commit_callbacks(execute=True):
            page.slug = f"oppen-{page.pk}"
            page.save_revision().publish()
    restriction.delete()
    assert Redirect.objects.filter(old_path__startswith="/hemlig").count() == 2
    for page in (draft, private):
        assert api.page(f"/oppen-{page.pk}/")["id"] == page.pk
    assert api.get("redirects/")["count"] == 0


@pytest.mark.django_db
def test_many_addresses_cost_the_same(client: Client) -> None:
    def add(number: int) -> None:
        add_methods(number)
        target = Page.objects.get(slug="faq")
        start = Redirect.objects.count()
        Redirect.objects.bulk_create(
            Redirect(old_path=f"/gammal-{start + step}", redirect_page=target)
            for step in range(number)
        )

    addresses = [f"{API}urls/?limit=100", f"{API}redirects/?limit=100"]
    add(1)
    few = [count_queries(client, address) for address in addresses]
    add(100)
    assert [count_queries(client, address) for address in addresses] == few
    assert max(few) <= 8


@pytest.mark.django_db
@pytest.mark.parametrize("endpoint", ["urls/", "redirects/"])
@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("locale=sv", "locale"),
        ("limit=0", "limit"),
        ("offset=-1", "offset"),
        ("cursor=x", "cursor: is not one"),
    ],
)
def test_a_bad_parameter_is_named(api: Api, endpoint: str, query: str, named: str) -> None:
    response = api.client.get(f"{API}{endpoint}?{query}")
    assert response.status_code == 400
    assert named in response.json()["detail"]
