"""How often the matrix asks the database: the same for 10 pages as for 300."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from tests.factories import ConcernFactory
from tests.translation.matrix.bulk import add_families
from tests.translation.matrix.reading import REPORT

# The most that a request may take; the number must not grow with the content.
REPORT_LIMIT = 30
HOME_LIMIT = 40
# What the hint and the side panel add to an edit view.
BESIDE_EDITING_LIMIT = 8


def count_queries(client: Client, address: str) -> int:
    assert client.get(address).status_code == 200  # first: content types and sites
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
        assert response.status_code == 200
        response.getvalue()
    return len(queries)


@pytest.mark.parametrize(
    ("address", "limit"),
    [
        (REPORT, REPORT_LIMIT),
        (f"{REPORT}results/?p=2", REPORT_LIMIT),
        (f"{REPORT}?q=sida&ordering=age&needs_work=true", REPORT_LIMIT),
        (f"{REPORT}?export=csv", REPORT_LIMIT),
        (f"{REPORT}?export=xlsx", REPORT_LIMIT),
        ("/admin/", HOME_LIMIT),
    ],
)
def test_10_or_300_pages(english_admin: Client, address: str, limit: int) -> None:
    add_families(10)
    ConcernFactory()
    few = count_queries(english_admin, address)
    add_families(290)
    ConcernFactory.create_batch(20)
    assert count_queries(english_admin, address) == few <= limit


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
