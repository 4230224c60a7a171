"""Tests addresses with any characters, through everything before and after the cache."""

from unicodedata import normalize
from urllib.parse import quote

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.test import Client, override_settings
from django.test.client import ClientHandler
from wagtail.documents import get_document_model
from wagtail.models import Page

from cms.wsgi import application, served
from pages.models import Concern, TherapyMethodConcern
from tests.factories import ContentPageFactory
from tests.reading import API

pytestmark = pytest.mark.sampled

NAMES = {
    "emoji": "%F0%9F%98%80",
    "decomposed": quote(normalize("NFD", "ångest")),
    "composed": quote("ångest"),
    "NUL": "%00",
    "slash": "a%2Fb",
    "invalid UTF-8": "a%FF%C3",
    "half a letter and the rest": "%C3/%A5",
    "escaped escape": "%2525C3",
    "Latin-1": "%E5ngest",
    "long": quote("å" * 500),
    "line feed": "a%0Ab",
    "bracket": "/%5B%C3%A5",
}
PLACES = ["", "en/", "admin/", "admin/pages/", "documents/1/", "media/", "static/"]
PLACES += ["api/delivery/v1/", "api/v2/pages/", "api/v3-preview/", "_util/"]
ENDINGS = ["/", "", "/?q=%FF%C3", "/?%F0%9F%98%80=%00"]


def asking_django() -> Client:
    client = Client()
    client.handler = ClientHandler()
    return client


@pytest.mark.parametrize("name", NAMES)
def test_a_server_gets_what_django_says(reader: Client, name: str) -> None:
    for number, place in enumerate(PLACES):
        address = f"/{place}{NAMES[name]}{ENDINGS[number % len(ENDINGS)]}"
        answer, bare = reader.get(address), asking_django().get(address)
        assert answer.status_code < 500, address
        assert answer.status_code == bare.status_code, address
        for header in ("Location", "Content-Type", "Content-Language"):
            assert answer.get(header) == bare.get(header), address


def test_who_reads_a_page_with_swedish_letters_gets_it_in_each_way(reader: Client) -> None:
    page = ContentPageFactory(parent=Page.objects.get(slug="hem"), slug="ångest-på-natten")
    for address in ("/ångest-på-natten/", f"{API}pages/by-path/?path={quote(page.url)}"):
        first = reader.get(address)
        assert first.status_code == 200
        assert page.heading in first.content.decode()
        assert reader.get(address).content == first.content
        head = reader.head(address)
        assert (head.status_code, head.content, head["ETag"]) == (200, b"", first["ETag"])
        known = reader.get(address, headers={"if-none-match": first["ETag"]})
        assert (known.status_code, known.content) == (304, b"")


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_document_is_at_the_address_that_it_has(reader: Client, form: str) -> None:
    name = normalize(form, "Övningsblad för ångest (1) 😀.pdf")
    document = get_document_model()(title="Övningsblad")
    document.file.save(name, ContentFile(b"%PDF-1.4"))
    response = reader.get(document.url)
    assert response.status_code == 200
    assert b"".join(response.streaming_content) == b"%PDF-1.4"


def test_what_is_kept_is_of_the_query_as_django_reads_it(reader: Client) -> None:
    """Unescaped bytes change how Django parses a query, and a charset of no content does not."""
    link = TherapyMethodConcern.objects.filter(page__locale__language_code="sv").first()
    assert link is not None
    Concern.objects.filter(pk=link.concern_id).update(slug="å")

    def found(query: str, **headers: str) -> int:
        answer = reader.get(f"{API}pages/?locale=sv&concern={query}", **headers)
        return len(answer.json()["items"])

    assert found("%C3%83%C2%A5") == 0
    assert found("%C3%A5") == found("å") > 0
    assert found("%C3%A5", CONTENT_TYPE="text/plain; charset=iso-8859-1") == found("å")


def test_too_many_parameters_are_refused_in_words(reader: Client) -> None:
    query = "&".join(f"p{number}=1" for number in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1))
    for address in ("/kontakt/", f"{API}locales/"):
        response = reader.get(f"{address}?{query}")
        assert response.status_code == 400, address
        assert response.content


@override_settings(RESPONSE_CACHE=False)
def test_nothing_is_decoded_twice_where_nothing_is_kept(reader: Client) -> None:
    assert reader.get("/%F0%9F%98%80/").status_code == 404


def test_the_suite_asks_what_is_served() -> None:
    assert type(served(lambda *_: [])) is type(application)
    assert isinstance(Client().handler._application, type(application))  # type: ignore[attr-defined]
