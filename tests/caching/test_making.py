"""Tests that answers are made before anybody waits for them."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, Site

from cms.caching.making import own_addresses
from cms.caching.models import KeptAnswer
from faq.models import FaqEntry
from tests.reading import API

from .test_table import is_made_anew, restart


@pytest.fixture
def site(reader: Client, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Site:
    # The end of a request would close the connection that holds the test's transaction.
    monkeypatch.setattr("django.http.response.signals.request_finished.send", lambda **_: None)
    monkeypatch.setattr("django.core.signals.request_started.send", lambda *_, **__: None)
    settings.BASE_URL = "http://testserver"
    return Site.objects.get(is_default_site=True)


def make() -> str:
    out = StringIO()
    call_command("make_answers", rest=0, stdout=out)
    return out.getvalue()


def test_everything_is_there_for_the_first_visitor(reader: Client, site: Site) -> None:
    addresses = list(own_addresses(site))
    told = make()
    # Two spellings of an address have one answer.
    assert f"{len(addresses)} answers: {KeptAnswer.objects.count()} made" in told
    restart()
    for address in ("/terapimetoder/ipt/", "/en/", f"{API}navigation/?locale=en"):
        assert address in addresses
        assert not is_made_anew(reader, address)
    restart()
    assert ": 0 made" in make()


@pytest.mark.full
def test_after_a_change_what_shows_it_is_made(reader: Client, site: Site) -> None:
    make()
    entry = FaqEntry.objects.filter(live=True, locale__language_code="sv").first()
    assert entry is not None
    entry.answer = "<p>Ett annat svar.</p>"
    entry.save_revision().publish()
    restart()
    made = int(make().split(" answers: ")[1].split(" made")[0])
    assert 0 < made < KeptAnswer.objects.count() / 2


def test_the_most_linked_comes_first_after_what_is_on_every_page(site: Site) -> None:
    addresses = list(own_addresses(site))
    assert addresses[0].startswith(API)
    assert len(addresses) == len(set(addresses))
    pages = [address for address in addresses if not address.startswith("/api/")]
    assert set(pages) == {page.url for page in Page.objects.live().public() if page.depth > 1}
    assert pages.index("/terapimetoder/kbt/") < pages.index("/om-webbplatsen/")


def test_the_addresses_of_many_pages_take_few_queries(site: Site) -> None:
    with CaptureQueriesContext(connection) as queries:
        list(own_addresses(site))
    assert len(queries) <= 12
