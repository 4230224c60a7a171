"""Tests that rich text has only the attributes that readers need, in every output."""

import re
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from wagtail.models import Page

from cms.delivery.envelope import page_envelope
from cms.public.rich_text import without_attributes
from cms.public.visibility import PublicScope
from faq.models import FaqEntry
from pages.models import SiteFurniture
from tests.delivery.test_wagtail_v3 import client_with, token_of
from tests.factories import ContentPageFactory
from tests.reading import API, Api

pytestmark = pytest.mark.sampled

KEYED = (
    '<p data-block-key="k1a2b">Ord &lt;b data-block-key&gt; <b class="MsoNormal">fet</b></p>'
    '<hr data-block-key="k2"/>'
    '<ul><li data-block-key="k3" style="color: red" title="a > b"><i>ett</i></li></ul>'
    '<h3 id="privat" data-block-key="k4">Rubrik</h3>'
    '<p data-block-key="k5"><a data-note="x" href="https://example.org/?a=1&amp;b=2">länk</a></p>'
)
PRIVATE = ("data-block-key=", "data-note", "MsoNormal", "privat", "color: red", "a > b")


@pytest.fixture
def page(db: None) -> Any:
    """Return a page with the editor's and pasted attributes in each kind of rich text."""
    entry = FaqEntry.objects.filter(locale__language_code="sv", live=True).first()
    FaqEntry.objects.filter(pk=entry.pk).update(answer=KEYED)
    SiteFurniture.objects.filter(locale__language_code="sv").update(crisis_text=KEYED)
    return ContentPageFactory(
        parent=Page.objects.get(slug="hem"),
        slug="nycklar",
        introduction=KEYED,
        body=[
            ("section", {"heading": "Avsnitt", "text": KEYED}),
            ("steps", {"heading": "Steg", "items": [{"title": "Ett", "text": KEYED}]}),
            ("faq_list", {"heading": "Frågor", "entries": [entry]}),
        ],
    )


def check(text: str) -> None:
    assert "Rubrik" in text
    for private in PRIVATE:
        assert private not in text, private


@pytest.mark.parametrize(
    "address",
    [
        "/nycklar/",
        "/vanliga-fragor/",
        f"{API}pages/by-path/?path=/nycklar/",
        f"{API}pages/by-path/?path=/nycklar/&rich_text=markdown",
        f"{API}faqs/?locale=sv&limit=100",
        f"{API}navigation/?locale=sv",
        f"{API}search/?locale=sv&q=nycklar",
        "/api/v2/pages/?slug=nycklar&type=pages.ContentPage&fields=*",
        "/api/v2/pages/?slug=nycklar&type=pages.ContentPage&fields=*&rich_text_format=html",
        "/api/v2/pages/?slug=nycklar&type=pages.ContentPage&fields=*&rich_text_format=db_markdown",
        "/api/v2/faqs/?locale=sv&fields=*&limit=20",
    ],
)
def test_nothing_of_the_editor_is_read(page: Any, client: Client, address: str) -> None:
    page.title = "Nycklar"
    page.save()
    check(client.get(address).content.decode())


def test_nor_in_a_draft(page: Any, scope: PublicScope) -> None:
    check(page_envelope(page, scope).model_dump_json())


def test_nor_in_the_finished_html_of_v3(page: Any) -> None:
    client = client_with(token_of(get_user_model().objects.get(username="admin")))
    address = f"/api/v3-preview/pages/{page.pk}/"
    finished = client.get(address, {"rich_text_format": "html"}).content.decode()
    assert "<h3>Rubrik</h3>" in finished
    assert "data-block-key=" not in finished
    sent_back = client.get(address, {"rich_text_format": "db_html"}).content.decode()
    assert "data-block-key=" in sent_back


def test_words_links_and_empty_tags_stay(page: Any, api: Api) -> None:
    html = api.page("/nycklar/")["content"]["introduction"]["html"]
    assert "Ord &lt;b data-block-key&gt; <b>fet</b>" in html
    assert "<hr/>" in html
    assert '<a href="https://example.org/?a=1&amp;b=2">länk</a>' in html
    assert set(re.findall(r"<\w+ ([\w-]+)=", html)) == {"href"}


@pytest.mark.parametrize(
    ("html", "bare"),
    [
        ("<p>a</p>", "<p>a</p>"),
        ("<p\ndata-block-key='a>b'>a</p>", "<p>a</p>"),
        ("<br data-x/>", "<br/>"),
        ('<P DATA-BLOCK-KEY="a">a</P>', "<P>a</P>"),
        ('<a id="1" linktype="page">a</a>', '<a id="1" linktype="page">a</a>'),
        ('<abbr title="t">a</abbr>', "<abbr>a</abbr>"),
        ("1 < 2 and x > y", "1 < 2 and x > y"),
    ],
)
def test_attributes_of_tags(html: str, bare: str) -> None:
    assert without_attributes(html) == bare
