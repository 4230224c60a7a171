"""`sitemap.xml` names every public page, its translations and when it was changed."""

from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from cms.discovery import sitemap
from cms.public.page_paths import page_path
from cms.public.visibility import PublicScope
from tests.factories import ContentPageFactory

pytestmark = pytest.mark.django_db

NAMES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
}


def listed(client: Client, address: str = "/sitemap.xml") -> dict[str, ET.Element]:
    """Return the `url` elements of a sitemap by their path."""
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/xml"
    root = ET.fromstring(response.content)
    return {
        (url.findtext("s:loc", namespaces=NAMES) or "").removeprefix(settings.BASE_URL): url
        for url in root.findall("s:url", NAMES)
    }


def alternates(url: ET.Element) -> dict[str, str]:
    return {link.attrib["hreflang"]: link.attrib["href"] for link in url.findall("x:link", NAMES)}


def test_it_names_every_public_page_with_reciprocal_alternates(
    client: Client, scope: PublicScope
) -> None:
    urls = listed(client)
    assert set(urls) == {page_path(page) for page in scope.pages()}
    for path, url in urls.items():
        own = alternates(url)
        assert f"{settings.BASE_URL}{path}" in own.values()
        for href in own.values():
            assert alternates(urls[href.removeprefix(settings.BASE_URL)]) == own
    pages = {page_path(page): page for page in scope.pages()}
    for path, url in urls.items():
        lastmod = url.findtext("s:lastmod", namespaces=NAMES)
        assert lastmod == pages[path].last_published_at.astimezone().date().isoformat()


def test_drafts_private_pages_and_other_addresses_are_not_in_it(client: Client) -> None:
    home = Page.objects.get(slug="kontakt").get_parent()
    draft = ContentPageFactory(parent=home, slug="utkast", live=False)
    private = ContentPageFactory(parent=home, slug="stangd")
    assert page_path(private) in listed(client)
    private.view_restrictions.create(restriction_type="login")
    assert not {page_path(draft), page_path(private)} & set(listed(client))
    private.view_restrictions.all().delete()
    assert page_path(private) in listed(client)


def test_a_large_site_has_several_files(
    client: Client, monkeypatch: pytest.MonkeyPatch, scope: PublicScope
) -> None:
    monkeypatch.setattr(sitemap, "LONGEST", 10)
    whole = {page_path(page) for page in scope.pages()}
    index = ET.fromstring(client.get("/sitemap.xml").content)
    files = [element.text or "" for element in index.iterfind("s:sitemap/s:loc", NAMES)]
    assert files[0] == f"{settings.BASE_URL}/sitemap-1.xml"
    found = [path for file in files for path in listed(client, file[len(settings.BASE_URL) :])]
    assert sorted(found) == sorted(whole)
    assert client.get(f"/sitemap-{len(files) + 1}.xml").status_code == 404


def test_its_queries_do_not_grow_with_the_pages(client: Client) -> None:
    home = Page.objects.get(slug="kontakt").get_parent()

    def queries() -> int:
        ContentPageFactory(parent=home)
        with CaptureQueriesContext(connection) as seen:
            listed(client)
        return len(seen)

    few = queries()
    for _number in range(5):
        ContentPageFactory(parent=home)
    assert queries() == few <= 10


def test_a_publication_is_in_the_next_answer(reader: Client) -> None:
    client = reader
    page: Any = Page.objects.get(slug="kontakt").specific
    before = client.get("/sitemap.xml")
    again = client.get("/sitemap.xml", headers={"If-None-Match": before["ETag"]})
    assert again.status_code == 304
    page.slug = "kontakta-oss"
    page.save_revision().publish()
    assert "/kontakta-oss/" in listed(client)
