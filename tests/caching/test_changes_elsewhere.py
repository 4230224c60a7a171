"""Tests that answers stay cached when other pages change, and that they stay correct."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page

from cms.caching import change_log
from cms.journal.models import ContentChange
from pages.models import SiteFurniture
from tests.journal.branches import rename_home_elsewhere
from tests.reading import API

from .edits import rewrite

CONTACT = "/kontakt/"
PAGES = ["/", "/terapimetoder/", "/terapimetoder/ipt/", "/vanliga-fragor/", "/sjalvtest/", CONTACT]


def addresses(language: str) -> list[str]:
    """Return the web page and the API's answer of every public page of a language."""
    items = Client().get(f"{API}pages/", {"locale": language, "limit": 100}).json()["items"]
    assert len(items) > 10
    by_path = [f"{API}pages/by-path/?path={item['path']}" for item in items]
    return [*(item["path"] for item in items), *by_path, f"{API}pages/{items[0]['id']}/"]


def page_at(path: str) -> Any:
    return next(page for page in Page.objects.live() if page.url == path).specific


def is_kept(reader: Client, address: str) -> bool:
    with CaptureQueriesContext(connection) as queries:
        assert reader.get(address).status_code == 200
    return len(queries) == 1


def compare(reader: Client, settings: Any, language: str) -> int:
    """Compare each answer with a new one; return how many stayed cached after the last change."""
    outlived = 0
    reader.get(f"{API}locales/")
    for address in addresses(language):
        settings.RESPONSE_CACHE = False
        anew = reader.get(address).content
        settings.RESPONSE_CACHE = True
        with CaptureQueriesContext(connection) as queries:
            assert reader.get(address).content == anew, address
        outlived += len(queries) == 1
    return outlived


@pytest.mark.sampled
@pytest.mark.parametrize("path", PAGES)
def test_everything_on_a_page_is_rewritten(reader: Client, settings: Any, path: str) -> None:
    every = addresses("sv")
    before = {address: reader.get(address).content for address in every}
    rewrite(page_at(path))
    assert compare(reader, settings, "sv") > len(every) / 3
    assert reader.get(path).content != before[path]


def test_translations_hear_of_a_change_of_meaning(reader: Client, settings: Any) -> None:
    for address in addresses("en"):
        reader.get(address)
    rewrite(page_at("/terapimetoder/ipt/"))
    answer = reader.get(f"{API}pages/by-path/?path=/en/therapy-methods/ipt/").json()
    assert answer["stale_since"]
    assert compare(reader, settings, "en")


def test_who_has_an_answer_keeps_it_whatever_else_changes(reader: Client, settings: Any) -> None:
    tags = {path: reader.get(path)["ETag"] for path in (CONTACT, "/en/contact/")}
    rewrite(page_at("/terapimetoder/ipt/"))
    furniture = SiteFurniture.objects.get(locale__language_code="sv")
    furniture.footer_text = "<p>En annan fot.</p>"
    furniture.save_revision().publish()
    statuses = {
        path: reader.get(path, headers={"if-none-match": tag}).status_code
        for path, tag in tags.items()
    }
    assert statuses == {CONTACT: 200, "/en/contact/": 304}


def test_a_list_tells_of_every_change_by_its_version(reader: Client) -> None:
    lists = [f"{API}pages/?locale=sv", f"{API}navigation/?locale=sv", f"{API}faqs/?locale=sv"]
    for address in lists:
        reader.get(address)
        assert is_kept(reader, address)
    rewrite(page_at("/terapimetoder/ipt/"))
    reader.get(f"{API}locales/")
    assert [is_kept(reader, address) for address in lists] == [False, True, False]


def test_an_answer_that_follows_its_pages_change_is_kept(reader: Client) -> None:
    rewrite(page_at(CONTACT))
    reader.get(CONTACT)
    rewrite(page_at("/terapimetoder/ipt/"))
    reader.get(f"{API}locales/")
    assert is_kept(reader, CONTACT)


def test_a_change_elsewhere_costs_a_kept_answer_three_queries(reader: Client) -> None:
    reader.get(CONTACT)
    rewrite(page_at("/terapimetoder/ipt/"))
    with CaptureQueriesContext(connection) as queries:
        assert reader.get(CONTACT).status_code == 200
    # The version three times, since a thread may have waited, and the changes once.
    assert len(queries) == 4
    assert is_kept(reader, CONTACT)


def test_the_log_of_changes_stays_small(reader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(change_log, "MAX_NODES", 5)
    sizes = []
    for page in [page_at(path) for path in PAGES[1:5]]:
        rewrite(page)
        reader.get(f"{API}locales/")
        sizes.append(len(change_log.latest().nodes))
    # A method touches the lists of each of its concerns.
    assert 0 < max(sizes) < 20
    assert min(sizes) == 0


def test_a_thread_with_an_older_version_gets_the_newer_log(reader: Client) -> None:
    reader.get(CONTACT)
    older = change_log.latest()
    rewrite(page_at("/terapimetoder/ipt/"))
    reader.get(CONTACT)
    newer = change_log.latest()
    assert change_log.catch_up(older.version) is newer
    assert older.version < newer.version


@pytest.mark.parametrize("loss", ["pruned", "too many"])
def test_where_the_changes_are_not_known_nothing_outlives_them(
    reader: Client, monkeypatch: pytest.MonkeyPatch, loss: str
) -> None:
    reader.get(CONTACT)
    rewrite(page_at("/terapimetoder/ipt/"))
    if loss == "pruned":
        ContentChange.objects.all().delete()
    else:
        monkeypatch.setattr(change_log, "MAX_CHANGES", 0)
    reader.get(f"{API}locales/")
    assert not is_kept(reader, CONTACT)


def test_an_older_version_gives_nothing_of_a_newer_one(reader: Client) -> None:
    reader.get(CONTACT)
    rewrite(page_at("/terapimetoder/ipt/"))
    reader.get(f"{API}locales/")
    before = change_log.latest()
    assert is_kept(reader, CONTACT)
    # As after the restoring of a backup: the version is an older one.
    ContentChange.objects.all().delete()
    connection.cursor().execute("UPDATE journal_journalcounter SET number = 1")
    reader.get(f"{API}locales/")
    assert change_log.latest().version == 1 < before.version
    assert not is_kept(reader, CONTACT)


def test_what_expired_and_is_given_more_time_is_listed_at_once(
    reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = timezone.now()
    parent = page_at("/terapimetoder/")
    first, second = Page.objects.child_of(parent).live().order_by("path").specific()[:2]
    for hours, page in ((1, first), (2, second)):
        page.expire_at = now + timedelta(hours=hours)
        page.save_revision().publish()
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(hours=3))
    assert first.url not in reader.get(parent.url).content.decode()
    first.expire_at = None
    first.save_revision().publish()
    text = reader.get(parent.url).content.decode()
    assert first.url in text
    assert second.url not in text


def test_a_home_page_renamed_by_another_process_still_has_its_pages(reader: Client) -> None:
    address = f"{API}pages/?locale=sv"
    count = reader.get(address).json()["count"]
    rename_home_elsewhere()
    assert reader.get(address).json()["count"] == count > 10
