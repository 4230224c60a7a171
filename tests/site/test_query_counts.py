"""How often a page or an answer asks the database, whatever it holds."""

import json
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from pages.models import TherapyMethodPage
from tests.factories import (
    ConcernFactory,
    FaqEntryFactory,
    FaqTopicFactory,
    SelfTestCallToActionFactory,
    TherapyMethodConcernFactory,
    TherapyMethodPageFactory,
)

API = "/api/delivery/v1/"
# The most that a request may take; the number must not grow with the content.
HTML_LIMIT = 46
DETAIL_LIMIT = 36
LIST_LIMIT = 20


def count_queries(client: Client, address: str) -> int:
    assert client.get(address).status_code == 200  # first: renditions and caches
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def block(kind: str, value: Any) -> dict[str, Any]:
    return {"type": kind, "id": str(uuid.uuid4()), "value": value}


@pytest.fixture
def method(site: Any) -> TherapyMethodPage:
    index = Page.objects.get(slug="terapimetoder")
    return TherapyMethodPageFactory(parent=index, slug="provmetod")


def fill(method: TherapyMethodPage, number: int) -> None:
    """A body with `number` blocks of every kind that refers to something."""
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


@pytest.mark.parametrize(
    ("address", "limit"),
    [
        ("/terapimetoder/provmetod/", HTML_LIMIT),
        (f"{API}pages/by-path/?path=/terapimetoder/provmetod/", DETAIL_LIMIT),
    ],
)
def test_a_page_with_1_or_50_blocks_of_each_kind(
    client: Client, method: TherapyMethodPage, address: str, limit: int
) -> None:
    fill(method, 1)
    few = count_queries(client, address)
    fill(method, 50)
    assert count_queries(client, address) == few <= limit


def add_methods(number: int) -> None:
    index = Page.objects.get(slug="terapimetoder")
    concern = ConcernFactory()
    image = TherapyMethodPage.objects.filter(image__isnull=False).first().image
    for _number in range(number):
        page = TherapyMethodPageFactory(parent=index, image=image, image_alt_text="x")
        TherapyMethodConcernFactory(page=page, concern=concern)


def add_questions(number: int) -> None:
    topic = FaqTopicFactory()
    FaqEntryFactory.create_batch(number, topic=topic)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "add", "limit"),
    [
        ("/terapimetoder/", add_methods, HTML_LIMIT),
        (f"{API}pages/by-path/?path=/terapimetoder/", add_methods, DETAIL_LIMIT),
        (f"{API}pages/?locale=sv&limit=100", add_methods, LIST_LIMIT),
        (f"{API}navigation/?locale=sv", add_methods, LIST_LIMIT),
        (f"{API}locales/", add_methods, LIST_LIMIT),
        ("/vanliga-fragor/", add_questions, HTML_LIMIT),
        (f"{API}pages/by-path/?path=/vanliga-fragor/", add_questions, DETAIL_LIMIT),
    ],
)
def test_lists_of_1_or_40_more(
    client: Client, address: str, add: Callable[[int], None], limit: int
) -> None:
    add(1)
    few = count_queries(client, address)
    add(40)
    assert count_queries(client, address) == few <= limit
