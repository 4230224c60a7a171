"""Tests that only answers for everybody are cached, and that nobody can fill the cache."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client, RequestFactory
from wagtail.models import Page, PageViewRestriction

from cms.caching.answer_store import answers
from cms.caching.keys import cache_key
from cms.core.release import release
from pages.models import Concern
from tests.reading import API


def kept() -> int:
    return len(answers.memory)


def test_a_reader_with_a_session_is_answered_apart(reader: Client, admin_client: Any) -> None:
    response = admin_client.get("/")
    assert response["Cache-Control"] == "private, no-cache"
    assert "ETag" not in response.headers
    assert "wagtail-userbar" in response.content.decode()
    assert "wagtail-userbar" not in reader.get("/").content.decode()
    reader.cookies["sessionid"] = "made-up"
    before = kept()
    assert reader.get("/kontakt/").status_code == 200
    assert reader.get("/robots.txt").status_code == 200
    assert kept() == before


def test_public_answers_do_not_vary_by_cookie(reader: Client) -> None:
    response = reader.get("/")
    assert "Cookie" not in response.get("Vary", "")
    assert not response.cookies


def test_an_authorization_is_answered_apart(reader: Client) -> None:
    assert reader.get("/", headers={"authorization": "Bearer x"}).status_code == 200
    assert kept() == 0


@pytest.mark.parametrize("kind", ["password", "login", "groups"])
def test_a_private_page_is_never_kept(reader: Client, kind: str) -> None:
    page = Page.objects.get(slug="kontakt")
    PageViewRestriction.objects.create(page=page, restriction_type=kind, password="x")
    response = reader.get("/kontakt/")
    assert "no-store" in response["Cache-Control"]
    assert kept() == 0


@pytest.mark.parametrize(
    "address",
    [
        "/no-such-page/",
        "/admin/login/",
        f"{API}pages/?locale=xx",
        f"{API}pages/4711/",
        f"{API}preview/?token=x",
        f"{API}pages?locale=sv",
        f"{API}search/?locale=sv&q=samtal",
        f"{API}pages/?locale=sv&offset=500",
        "/terapimetoder/?concern=pahittad",
    ],
)
def test_what_is_not_kept(reader: Client, address: str) -> None:
    reader.get(address)
    assert kept() == 0


def test_invented_parameters_are_no_addresses_of_their_own(reader: Client) -> None:
    Concern.objects.update(page=None)
    first = reader.get("/")
    for number in range(20):
        again = reader.get("/", {"utm_source": str(number), f"x{number}": "y"})
        assert again.content == first.content
        assert again["ETag"] == first["ETag"]
    reader.get("/terapimetoder/", {"concern": "sorg", "fbclid": "1"})
    reader.get("/terapimetoder/", {"fbclid": "2", "concern": "sorg"})
    assert kept() == 2


def test_one_question_has_one_address_however_it_is_written(reader: Client) -> None:
    first = reader.get(f"{API}pages/?locale=sv&limit=5")
    for query in ("limit=5&locale=sv", "locale=%73v&limit=5", "limit=%35&locale=s%76"):
        assert reader.get(f"{API}pages/?{query}")["ETag"] == first["ETag"]
    assert kept() == 1


def test_known_parameters_still_count(reader: Client) -> None:
    Concern.objects.update(page=None)
    everything = reader.get("/terapimetoder/").content.decode()
    some = reader.get("/terapimetoder/?concern=sorg").content.decode()
    assert everything != some
    assert kept() == 2


def test_hosts_are_kept_apart(reader: Client, settings: Any) -> None:
    for host in ("testserver", "localhost"):
        assert reader.get("/", headers={"host": host}).status_code == 200
    assert kept() == 2
    assert reader.get("/", headers={"host": "evil.example"}).status_code == 400


@pytest.mark.parametrize(
    "name",
    ["cms/a.py", "faq/static/a.css", "pages/static/a.js", "templates/a.html", "locale/sv/a.mo"],
)
def test_a_new_release_uses_no_older_answer(settings: Any, tmp_path: Path, name: str) -> None:
    settings.BASE_DIR = tmp_path

    def key() -> str | None:
        # As a process that starts now.
        release.cache_clear()
        return cache_key(RequestFactory().get("/"))

    path = tmp_path / name
    path.parent.mkdir(parents=True)
    path.write_text("old")
    before = key()
    path.with_suffix(".po").write_text("of what the catalogue is made")
    assert key() == before
    path.write_text("newer")
    assert key() != before


def test_head_alone_keeps_nothing(reader: Client) -> None:
    assert reader.head("/").status_code == 200
    assert kept() == 0


def test_how_long_others_may_keep_it_is_a_setting(reader: Client, settings: Any) -> None:
    settings.PUBLIC_CACHE_CONTROL = "public, s-maxage=60, stale-while-revalidate=600"
    for address in ("/", f"{API}locales/"):
        assert reader.get(address)["Cache-Control"] == settings.PUBLIC_CACHE_CONTROL


def test_a_kept_answer_says_of_each_spelling_how_long(reader: Client, settings: Any) -> None:
    """Networks cache each spelling of an address separately, and purge only some."""
    settings.PUBLIC_CACHE_CONTROL = "public, s-maxage=60"
    path = f"{API}pages/by-path/"
    for purged, others in (
        ("/", ("/?utm_source=x", "/?%75tm=")),
        (f"{path}?path=/en/", (f"{path}?path=%2fen%2f", f"{path}?path=/e%6e/")),
        (
            f"{path}?path=/en/&rich_text=markdown",
            (f"{path}?rich_text=markdown&path=/en/", f"{path}?path=/en/&rich_text=html"),
        ),
    ):
        for _made_then_kept in range(2):
            assert "s-maxage" in reader.get(purged)["Cache-Control"]
            for other in others:
                assert "s-maxage" not in reader.get(other)["Cache-Control"], other


def test_a_page_is_tagged_for_networks(reader: Client) -> None:
    page = Page.objects.get(slug="kontakt")
    for address in ("/kontakt/", f"{API}pages/{page.pk}/", f"{API}pages/by-path/?path=/kontakt/"):
        response = reader.get(address)
        assert response["Cache-Tag"] == f"page-{page.pk},locale-sv"
        assert response["Surrogate-Key"] == f"page-{page.pk} locale-sv"


def test_turned_off_every_answer_is_made_anew(reader: Client, settings: Any) -> None:
    settings.RESPONSE_CACHE = False
    assert reader.get("/").status_code == 200
    assert reader.get(f"{API}locales/")["ETag"]
    assert kept() == 0


@pytest.mark.parametrize("address", ["/sok/", "/en/search/"])
def test_searches_are_answered_and_not_kept(reader: Client, address: str) -> None:
    empty = reader.get(address)
    assert "public" in empty["Cache-Control"]
    before = kept()
    assert before == 1
    found = reader.get(address, {"q": "ipt"})
    assert "no-store" in found["Cache-Control"]
    assert "search-hit" in found.content.decode()
    assert reader.get(address, {"campaign": "x"}).status_code == 200
    assert reader.get(f"{API}search/", {"locale": "sv", "q": "ipt"}).json()["count"]
    assert kept() == before
    assert reader.get(address).content == empty.content
