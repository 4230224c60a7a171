"""The number of queries of pages and API responses does not depend on their content."""

import json
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from pages.models import TherapyMethodConcern, TherapyMethodPage
from tests.factories import (
    ConcernFactory,
    ContentPageFactory,
    FaqEntryFactory,
    FaqTopicFactory,
    SelfTestCallToActionFactory,
    TherapyMethodPageFactory,
)

API = "/api/delivery/v1/"
# The most that a request may take; the number must not grow with the content.
HTML_LIMIT = 38
DETAIL_LIMIT = 26
LIST_LIMIT = 24


def count_queries(client: Client, address: str) -> int:
    assert client.get(address).status_code == 200  # first: renditions and caches
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def block(kind: str, value: Any) -> dict[str, Any]:
    return {"type": kind, "id": str(uuid.uuid4()), "value": value}


@pytest.fixture
def method(site: Any) -> TherapyMethodPage:
    index = Page.objects.get(slug="terapimetoder")
    return TherapyMethodPageFactory(parent=index, slug="provmetod")


def fill(method: TherapyMethodPage, number: int) -> None:
    """Return a body with `number` blocks of each kind that refers to something."""
    topic = FaqTopicFactory()
    others = list(TherapyMethodPage.objects.filter(slug__in=["ipt", "kbt"], locale=method.locale))
    target = Page.objects.get(slug="kontakt")
    blocks = []
    for _number in range(number):
        entry = FaqEntryFactory(
            topic=topic, answer=f'<p><a linktype="page" id="{target.pk}">x</a></p>'
        )
        cta = SelfTestCallToActionFactory(target_page=target, target_url="")
        link = f'<p><a linktype="page" id="{others[0].pk}">länk</a></p>'
        blocks += [
            block("section", {"heading": "Rubrik", "text": link}),
            block("faq_list", {"heading": "Frågor", "entries": [entry.pk]}),
            block("self_test_cta", {"cta": cta.pk}),
            block("related_methods", {"heading": "Mer", "methods": [page.pk for page in others]}),
            block("image", {"image": others[0].image_id, "alt_text": "x", "decorative": False}),
        ]
    method.body = json.dumps(blocks)
    method.save_revision().publish()


def test_a_page_with_1_or_50_blocks_of_each_kind(client: Client, method: TherapyMethodPage) -> None:
    addresses = {
        "/terapimetoder/provmetod/": HTML_LIMIT,
        f"{API}pages/by-path/?path=/terapimetoder/provmetod/": DETAIL_LIMIT,
    }
    fill(method, 1)
    few = {address: count_queries(client, address) for address in addresses}
    fill(method, 50)
    for address, limit in addresses.items():
        assert count_queries(client, address) == few[address] <= limit, address


def add_methods(number: int) -> None:
    """Create published methods with everything that a summary shows, without signals."""
    index = Page.objects.get(slug="terapimetoder")
    image = TherapyMethodPage.objects.filter(image__isnull=False).first().image
    last = index.get_last_child()
    first = int(last.path[-Page.steplen :], 36) + 1
    pages = [
        TherapyMethodPage(
            title=f"Metod {step}",
            draft_title=f"Metod {step}",
            slug=f"metod-{step}",
            url_path=f"{index.url_path}metod-{step}/",
            path=Page._get_path(index.path, index.depth + 1, step),
            depth=index.depth + 1,
            locale_id=index.locale_id,
            content_type=last.content_type,
            show_in_menus=True,
            introduction="<p>En provinledning.</p>",
            image=image,
            image_alt_text="En provbild",
        )
        for step in range(first, first + number)
    ]
    plain = [
        Page(**{field.attname: getattr(page, field.attname) for field in Page._meta.fields})
        for page in pages
    ]
    concern = ConcernFactory()
    for page, base in zip(pages, Page.objects.bulk_create(plain), strict=True):
        page.pk = page.page_ptr_id = base.pk
        page.save_base(raw=True, force_insert=True)
    Page.objects.filter(pk=index.pk).update(numchild=F("numchild") + number)
    TherapyMethodConcern.objects.bulk_create(
        TherapyMethodConcern(page=page, concern=concern, locale_id=index.locale_id)
        for page in pages
    )


def add_questions(number: int) -> None:
    target = Page.objects.get(slug="kontakt")
    answer = f'<p>Kvarkord <a linktype="page" id="{target.pk}">x</a></p>'
    FaqEntryFactory.create_batch(number, topic=FaqTopicFactory(), answer=answer)


def add_calls_to_action(number: int) -> None:
    target = Page.objects.get(slug="kontakt")
    SelfTestCallToActionFactory.create_batch(number, target_page=target, target_url="")


def add_concerns(number: int) -> None:
    ConcernFactory.create_batch(number)


def add_hits(number: int) -> None:
    home = Page.objects.get(slug="hem")
    for _number in range(number):
        cta = SelfTestCallToActionFactory()
        body = [("self_test_cta", {"cta": cta}), ("contact_cta", {"heading": "x", "page": home})]
        ContentPageFactory(parent=home, title="Kvarkord", body=body)
    add_questions(number)


@pytest.mark.django_db
@pytest.mark.sampled
@pytest.mark.parametrize(
    ("add", "addresses"),
    [
        (
            add_questions,
            {
                "/vanliga-fragor/": HTML_LIMIT,
                f"{API}pages/by-path/?path=/vanliga-fragor/": DETAIL_LIMIT,
                f"{API}faqs/?locale=sv&limit=100": LIST_LIMIT,
                f"{API}faqs/?locale=en&fallback=sv&limit=100": LIST_LIMIT,
                f"{API}faqs/topics/?locale=sv": LIST_LIMIT,
            },
        ),
        (add_calls_to_action, {f"{API}self-test-ctas/?locale=sv&limit=100": LIST_LIMIT}),
        (add_concerns, {f"{API}concerns/?locale=sv&limit=100": LIST_LIMIT}),
        (add_hits, {f"{API}search/?locale=sv&q=kvarkord&limit=100": LIST_LIMIT}),
    ],
)
def test_lists_of_1_or_50_more(
    client: Client, add: Callable[[int], None], addresses: dict[str, int]
) -> None:
    add(1)
    few = {address: count_queries(client, address) for address in addresses}
    add(50)
    for address, limit in addresses.items():
        assert count_queries(client, address) == few[address] <= limit, address


@pytest.mark.django_db
def test_10_or_1000_pages(client: Client) -> None:
    addresses = {
        "/terapimetoder/": HTML_LIMIT,
        "/terapimetoder/ipt/": HTML_LIMIT,
        f"{API}pages/by-path/?path=/terapimetoder/": DETAIL_LIMIT,
        f"{API}pages/by-path/?path=/terapimetoder/ipt/": DETAIL_LIMIT,
        f"{API}pages/?locale=sv&limit=100": LIST_LIMIT,
        f"{API}pages/?locale=en&fallback=sv&limit=100": LIST_LIMIT,
        f"{API}pages/?locale=sv&order=title": LIST_LIMIT,
        f"{API}concerns/?locale=sv": LIST_LIMIT,
        f"{API}navigation/?locale=sv": LIST_LIMIT,
        f"{API}locales/": LIST_LIMIT,
    }
    add_methods(10)
    few = {address: count_queries(client, address) for address in addresses}
    add_methods(990)
    for address, limit in addresses.items():
        # A list can ask less, where the thousand leave no room for pages of other types.
        assert count_queries(client, address) <= few[address] <= limit, address


@pytest.mark.django_db
def test_an_address_that_leads_nowhere(client: Client) -> None:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(f"{API}pages/by-path/?path=/no/such/page/").status_code == 404
    assert len(queries) <= LIST_LIMIT
