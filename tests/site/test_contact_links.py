"""Tests that phone numbers and mail addresses are links, on pages and in the API."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.models import Page

from faq.models import FaqEntry
from pages.models import SiteFurniture
from tests.factories import ContentPageFactory
from tests.reading import Api, Walks, soup_of

pytestmark = pytest.mark.django_db
PHONE, MAIL = 'a[href="tel:+46846500420"]', 'a[href="mailto:hej@samtal.example"]'


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/kontakt/", {"tel:112", "tel:1177", "tel:90101", "mailto:boka@samtal.example"}),
        ("/en/self-test/", {"tel:112", "tel:1177", "tel:90101"}),
        ("/vanliga-fragor/", {"tel:+46846500420", "mailto:boka@samtal.example"}),
        ("/en/therapy-methods/dbt/", {"tel:112", "tel:90101"}),
    ],
)
def test_the_demo_s_are(path: str, expected: set[str], walks: Walks, answers: Any) -> None:
    page = walks[answers[path]["locale"]][path]
    assert expected <= {link["href"] for link in page.main.find_all("a", href=True)}
    for url in expected:
        assert f'href=\\"{url}\\"' in str(answers[path]).replace('"', '\\"')


def test_no_number_of_the_seeded_site_is_mistaken(walks: Walks) -> None:
    known = {"+46846500420", "112", "1177", "90101", "116111"}
    for pages in walks.values():
        for page in pages.values():
            links = {link["href"] for link in page.select('a[href^="tel:"]')}
            assert links <= {f"tel:{number}" for number in known}


def test_rich_text_and_plain_blocks(client: Client, api: Api) -> None:
    ContentPageFactory(
        parent=Page.objects.get(slug="hem"),
        slug="nummer",
        introduction="<p>08-465 004 20 eller hej@samtal.example</p>",
        body=[
            ("list", {"heading": "Lista", "items": ["Ring 08-465 004 20", "Sedan 1970, 500 kr"]}),
            ("quote", {"text": "Skriv till\nhej@samtal.example", "attribution": ""}),
        ],
    )
    main = soup_of(client, "/nummer/").main
    assert len(main.select(PHONE)) == len(main.select(MAIL)) == 2
    assert len(main.select("a")) == 4
    content = api.page("/nummer/")["content"]
    introduction = BeautifulSoup(content["introduction"]["html"], "html.parser")
    assert introduction.select(PHONE)
    assert introduction.select(MAIL)
    assert content["body"][0]["value"]["items"][0] == "Ring 08-465 004 20"
    markdown = api.get("pages/by-path/", path="/nummer/", rich_text="markdown")
    said = markdown["content"]["introduction"]["markdown"]
    assert "[08-465 004 20](tel:+46846500420)" in said
    assert "mailto:hej@samtal.example" in said


def test_shared_content_and_the_frame(client: Client, api: Api) -> None:
    FaqEntry.objects.filter(locale__language_code="sv").update(answer="<p>08-465 004 20</p>")
    furniture = SiteFurniture.objects.get(locale__language_code="sv")
    furniture.crisis_text = furniture.footer_text = "<p>08-465 004 20</p>"
    furniture.contact_phone = "08-465 004 20"
    furniture.save()
    page = soup_of(client, "/vanliga-fragor/")
    for place in ("details .prose", ".crisis", ".footer-ways", ".footer-text"):
        assert page.select_one(f"{place} {PHONE}"), place
    assert "tel:+46846500420" in api.get("faqs/", locale="sv")["items"][0]["answer"]["html"]
    navigation = api.get("navigation/", locale="sv")
    assert "tel:+46846500420" in navigation["crisis"]["text"]["html"]
    assert navigation["contact"]["phone"] == "08-465 004 20"
