"""Tests editors' redirects on the site and in `by-path/`, in all spellings of addresses."""

from unicodedata import normalize
from urllib.parse import quote

import pytest
from django.test import Client
from pytest_django.fixtures import Settings
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from cms.settings import base
from tests.caching.conftest import forget
from tests.reading import API

pytestmark = pytest.mark.sampled

TARGET = "https://www.1177.se/"
NFD = normalize("NFD", "/ångest")

# What an editor typed or pasted, and an address that a reader opens.
SAME = [
    ("/gammal/", "/gammal"),
    ("/Gammal", "/Gammal/"),
    ("/ångest", "/%C3%A5ngest"),
    ("/ångest", "/%c3%a5ngest/"),
    ("/ångest", quote(NFD)),
    (NFD, "/%C3%A5ngest"),
    (NFD, quote(NFD)),
    ("/%C3%85ngest?ö=1&b=2", "/%C3%85ngest/?b=2&%C3%B6=1"),
    ("/😀", "/%F0%9F%98%80/"),
    ("/gammal%20sida", "/gammal%20sida"),
    ("/gammal sida", "/gammal%20sida/"),
    ("/100%25", "/100%25"),
    ("/100%", "/100%25"),
    ("/a;b=c", "/a%3Bb%3Dc"),
    ("/sida.php?id=5&lang=sv", "/sida.php?lang=sv&id=5"),
    ("/sida/?id=5", "/sida/?id=5"),
    ("/sida/?fråga=å", "/sida/?fr%C3%A5ga=%C3%A5"),
    ("/sida", "/sida/?utm_source=x"),
    ("/en/old?q=a+b", "/en/old?q=a+b"),
]
OTHER = [
    ("/gammal", "/gammal/mer/"),
    ("/gammal", "/GAMMAL/"),
    ("/sida?id=5", "/sida/?id=6"),
    ("/a?b=c", "/a%3Fb=c"),
    ("/NUL", "/NUL%00"),
    ("/", "//evil.example"),
]


@pytest.fixture
def visitor(settings: Settings, db: None) -> Client:
    """Return a client of a site with the cache, which drops unknown query parameters."""
    settings.MIDDLEWARE = base.MIDDLEWARE
    forget()
    return Client()


def leads(visitor: Client, address: str) -> tuple[str | None, str | None]:
    """Return the targets to which the site and the API redirect an address."""
    path, _mark, query = address.partition("?")
    followed = visitor.get(path, QUERY_STRING=query)
    told = visitor.get(f"{API}pages/by-path/", {"path": address})
    assert told.status_code in (200, 400, 404), address
    return followed.get("Location"), told.json().get("location")


@pytest.mark.parametrize(("stored", "address"), SAME)
def test_the_site_and_the_api_follow_it(visitor: Client, stored: str, address: str) -> None:
    Redirect.add_redirect(stored, redirect_to=TARGET)
    if not address.partition("?")[0].endswith("/"):
        # Where Django adds the slash, that is the first step.
        address = visitor.get(address).get("Location", address).replace(TARGET, address)
    assert leads(visitor, address) == (TARGET, TARGET)


@pytest.mark.parametrize(("stored", "address"), OTHER)
def test_neither_follows_another(visitor: Client, stored: str, address: str) -> None:
    Redirect.add_redirect(stored, redirect_to=TARGET)
    assert TARGET not in leads(visitor, address)


@pytest.mark.django_db
def test_an_import_that_stored_the_escapes_is_followed(client: Client) -> None:
    Redirect.objects.create(old_path="/%C3%85NGEST", redirect_link=TARGET)
    assert leads(client, "/%C3%85NGEST/") == (TARGET, TARGET)


@pytest.mark.django_db
def test_the_more_exact_one_is_followed(client: Client, site: Site) -> None:
    Redirect.add_redirect("/sida", redirect_to=f"{TARGET}alla")
    Redirect.add_redirect("/sida?id=5", redirect_to=f"{TARGET}alla/5")
    Redirect.add_redirect("/sida", redirect_to=f"{TARGET}har", site=site)
    assert leads(client, "/sida/?id=5") == (f"{TARGET}alla/5",) * 2
    assert leads(client, "/sida/?id=6") == (f"{TARGET}har",) * 2


@pytest.mark.django_db
def test_a_page_that_is_not_public_keeps_its_address(client: Client) -> None:
    page = Page.objects.get(slug="kontakt")
    Redirect.add_redirect("/gammal", redirect_to=page)
    assert leads(client, "/gammal/") == ("/kontakt/", "/kontakt/")
    page.specific.unpublish()
    assert leads(client, "/gammal/") == (None, None)


@pytest.mark.django_db
def test_by_path_takes_the_address_in_any_case_of_the_host(client: Client) -> None:
    Redirect.add_redirect("/gammal?id=5", redirect_to=TARGET)
    told = client.get(f"{API}pages/by-path/", {"path": "HTTP://TestServer/gammal/?id=5"})
    assert told.json()["location"] == TARGET
