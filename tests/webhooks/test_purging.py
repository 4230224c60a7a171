"""Tests purges of networks: after the commit, and again until they succeed."""

import logging
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django.fixtures import Settings
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Page, PageViewRestriction, Site

from cms.delivery.api import delivery_api
from cms.journal.models import ContentChange, JournalCounter
from cms.journal.version import current_version
from cms.webhooks.models import NetworkPurge
from cms.webhooks.purging import purge
from faq.models import FaqEntry
from pages.models import SiteFurniture
from tests.journal.branches import rename_home_elsewhere
from tests.reading import API, Api
from tests.webhooks.conftest import MakePage
from tests.webhooks.network import Network, end_the_pause
from tests.webhooks.receiver import Receiver, receiving

# Operations whose addresses hold what a reader typed, or are for one reader alone.
UNKNOWABLE = {"search/", "changes/", "preview/"}
# Operations that programs ask for, now and then: networks ask whether they are as before each time.
REVALIDATED = {"export/", "redirects/", "urls/"}


@pytest.fixture
def proxy(settings: Settings, site: Site) -> Iterator[Receiver]:
    """Yield a proxy that understands PURGE."""
    with receiving() as receiver:
        settings.WAGTAILFRONTENDCACHE = {
            "proxy": {
                "BACKEND": "cms.webhooks.purging.network.PurgeBackend",
                "LOCATION": f"http://127.0.0.1:{receiver.port}",
            }
        }
        NetworkPurge.objects.create(pk=1, cursor=current_version())
        yield receiver


def dropped() -> set[str]:
    """Return the URLs that a purge now sends, without the host."""
    Network.heard.clear()
    purge()
    assert all(url.startswith("http://testserver/") for url in Network.heard)
    return {url.removeprefix("http://testserver") for url in Network.heard}


def web_pages(addresses: set[str]) -> set[str]:
    return {address for address in addresses if not address.startswith("/api/")}


def test_nothing_is_told_where_there_is_no_network(make_page: MakePage) -> None:
    make_page("sida")
    assert purge() is None
    assert not NetworkPurge.objects.exists()


def test_a_page_in_html_and_api(network: type[Network], make_page: MakePage) -> None:
    page = make_page("sida")
    addresses = dropped()
    assert web_pages(addresses) == {"/", "/sida/"}
    assert {
        f"{API}pages/{page.pk}/",
        f"{API}pages/{page.pk}/?rich_text=markdown",
        f"{API}pages/by-path/?path=/sida/",
        f"{API}pages/by-path/?path=%2Fsida%2F",
        f"{API}pages/by-path/?path=/sida/&rich_text=markdown",
        f"{API}pages/?locale=sv",
        f"{API}navigation/?locale=sv",
        f"{API}locales/",
    } <= addresses
    assert not [address for address in addresses if "locale=en" in address]
    assert dropped() == set()


def test_every_address_that_is_told_answers(
    network: type[Network], make_page: MakePage, client: Client
) -> None:
    make_page("sida")
    for address in dropped():
        assert client.get(address).status_code == 200, address


def test_every_operation_of_the_api_is_known(network: type[Network], make_page: MakePage) -> None:
    make_page("sida")
    paths = {urlsplit(address).path for address in dropped()}
    for path in delivery_api.get_openapi_schema()["paths"]:
        if path.removeprefix(API) in UNKNOWABLE | REVALIDATED:
            continue
        start = path.partition("{")[0]
        assert any(known.startswith(start) for known in paths), path


def test_a_snippet_on_every_page_that_shows_it(
    network: type[Network], api: Api, sv: Locale
) -> None:
    entry = FaqEntry.objects.filter(locale=sv, live=True).first()
    start = current_version()
    entry.save()
    (item,) = api.get("changes/", since=start)["items"]
    addresses = dropped()
    assert web_pages(addresses) == set(item["paths"]) > {"/vanliga-fragor/"}
    assert {f"{API}faqs/?locale=sv", f"{API}faqs/topics/?locale=sv"} <= addresses


def test_the_frame_of_a_language_on_every_page_of_it(network: type[Network], sv: Locale) -> None:
    SiteFurniture.objects.get(locale=sv).save()
    addresses = web_pages(dropped())
    assert len(addresses) > 10
    assert not [address for address in addresses if address.startswith("/en/")]


@pytest.mark.parametrize("how", ["delete", "unpublish", "move", "restrict"])
def test_pages_below_one_that_has_gone_are_dropped_where_they_were(
    network: type[Network], make_page: MakePage, how: str
) -> None:
    top = make_page("topp")
    below = make_page("under", top)
    target = make_page("mal")
    purge()
    top = Page.objects.get(pk=top.pk)
    if how == "delete":
        top.delete()
    elif how == "unpublish":
        top.unpublish()
    elif how == "restrict":
        PageViewRestriction.objects.create(page=top, restriction_type="login")
    else:
        top.move(target, pos="last-child")
    addresses = dropped()
    assert {"/topp/", "/topp/under/", f"{API}pages/{below.pk}/"} <= addresses
    assert f"{API}pages/by-path/?path=/topp/under/" in addresses
    assert ("/mal/topp/under/" in addresses) is (how == "move")


def test_a_home_page_renamed_by_another_process(
    network: type[Network], make_page: MakePage
) -> None:
    make_page("sida")
    rename_home_elsewhere()
    assert {"/", "/sida/"} <= web_pages(dropped())


def test_a_redirect(network: type[Network]) -> None:
    Redirect.objects.create(old_path="/gammal", redirect_link="https://example.org/")
    assert {"/gammal", f"{API}pages/by-path/?path=/gammal"} <= dropped()


def test_drafts_are_told_to_nobody(network: type[Network], make_page: MakePage) -> None:
    page = make_page("sida")
    purge()
    page.save_revision()
    assert dropped() == set()


def test_a_journal_with_a_gap_means_everything(network: type[Network], make_page: MakePage) -> None:
    make_page("sida")
    JournalCounter.objects.update(floor=current_version())
    ContentChange.objects.all().delete()
    addresses = web_pages(dropped())
    assert {"/", "/en/", "/sida/"} <= addresses
    assert len(addresses) > 20


def test_a_network_that_fails_is_told_again(network: type[Network], make_page: MakePage) -> None:
    def fail() -> None:
        raise ConnectionError("away")

    make_page("sida")
    network.before = staticmethod(fail)
    again_at = purge()
    assert again_at is not None
    assert again_at > timezone.now()
    make_page("senare")
    network.before = staticmethod(lambda: None)
    assert dropped() == set(), "not before the pause is over"
    end_the_pause()
    assert {"/sida/", "/senare/"} <= dropped()


def test_an_error_that_a_backend_only_logs_is_heard(
    network: type[Network], make_page: MakePage, caplog: pytest.LogCaptureFixture
) -> None:
    """As Wagtail's backends for Cloudflare and CloudFront do."""
    make_page("sida")
    logger = logging.getLogger("wagtail.frontendcache")
    network.before = staticmethod(lambda: logger.error("Couldn't purge"))
    assert purge() is not None
    assert "Couldn't purge" in caplog.messages[-1]
    network.before = staticmethod(lambda: None)
    end_the_pause()
    assert "/sida/" in dropped()


def test_one_process_tells_at_a_time(network: type[Network], make_page: MakePage) -> None:
    make_page("sida")
    reader = NetworkPurge.objects.get()
    assert reader.take_claim()
    assert dropped() == set()
    reader.release_claim()
    assert "/sida/" in dropped()


def test_the_journal_waits_for_the_network(network: type[Network], make_page: MakePage) -> None:
    start = current_version()
    make_page("sida")
    call_command("prune_journal", days=0, verbosity=0)
    assert ContentChange.objects.filter(version=start + 1).exists()
    purge()
    call_command("prune_journal", days=0, verbosity=0)
    assert not ContentChange.objects.exists()


def test_the_number_of_queries_does_not_grow(network: type[Network], make_page: MakePage) -> None:
    def count(pages: int) -> int:
        for number in range(pages):
            make_page(f"sida-{pages}-{number}")
        with CaptureQueriesContext(connection) as queries:
            purge()
        return len(queries)

    assert count(2) == count(6)


def test_a_proxy_is_sent_purges(proxy: Receiver, make_page: MakePage) -> None:
    page = make_page("sida")
    assert purge() is None
    assert {(request.method, request.headers["host"]) for request in proxy.requests} == {
        ("PURGE", "testserver")
    }
    assert {"/sida/", f"{API}pages/{page.pk}/", f"{API}pages/by-path/?path=%2Fsida%2F"} <= {
        request.path for request in proxy.requests
    }


@pytest.mark.parametrize(
    ("answer", "fails"), [(200, False), (404, False), (405, True), (None, True)]
)
def test_what_a_proxy_answers(
    proxy: Receiver, make_page: MakePage, answer: int | None, fails: bool
) -> None:
    make_page("sida")
    proxy.behaviour = lambda number: answer
    assert (purge() is not None) is fails
    if fails:
        proxy.requests.clear()
        proxy.behaviour = lambda number: 200
        end_the_pause()
        purge()
        assert "/sida/" in {request.path for request in proxy.requests}


def test_cron_tells_what_has_waited(
    network: type[Network], make_page: MakePage, capsys: pytest.CaptureFixture[str]
) -> None:
    make_page("sida")
    call_command("deliver_webhooks")
    version = current_version()
    assert f"network: told up to {version} of {version}" in capsys.readouterr().out
    assert "http://testserver/sida/" in Network.heard
    assert NetworkPurge.objects.get().claimed_until is None
