"""The matrix takes as many queries for 300 pages as for 10."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from tests.factories import ConcernFactory
from tests.translation.matrix.bulk import add_families
from tests.translation.matrix.reading import REPORT, RESULTS

# The most that a request may take; the number must not grow with the content.
LIMITS = {
    REPORT: 30,
    f"{RESULTS}?p=2": 30,
    f"{RESULTS}?q=sida&ordering=age&needs_work=true": 30,
    f"{REPORT}?export=csv": 30,
    f"{REPORT}?export=xlsx": 30,
    "/admin/": 70,
}


def count_queries(client: Client, address: str) -> int:
    assert client.get(address).status_code == 200  # first: content types and sites
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
        assert response.status_code == 200
        response.getvalue()
    return len(queries)


def test_10_or_300_pages(english_admin: Client) -> None:
    add_families(10)
    ConcernFactory()
    few = {address: count_queries(english_admin, address) for address in LIMITS}
    add_families(290)
    ConcernFactory.create_batch(20)
    many = {address: count_queries(english_admin, address) for address in LIMITS}
    assert many == few
    assert [address for address in LIMITS if many[address] > LIMITS[address]] == []


def test_an_edit_view_asks_no_more_for_its_languages(english_admin: Client) -> None:
    page = Page.objects.get(slug="ipt", locale__language_code="sv")
    address = f"/admin/pages/{page.pk}/edit/"
    assert english_admin.get(address).status_code == 200
    with CaptureQueriesContext(connection) as queries:
        english_admin.get(address)
    ours = [
        query["sql"]
        for query in queries
        if "stale_weight" in query["sql"] and "edited_directly" in query["sql"]
    ]
    assert 1 <= len(ours) <= 2
