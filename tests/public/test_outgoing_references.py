"""Tests which targets of references readers of a language get."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.models import Collection, CollectionViewRestriction, Locale, Page

from faq.models import FaqEntry
from pages.models import Concern, ContentPage, SelfTestCallToAction, SiteFurniture
from tests.factories import ContentPageFactory, FaqEntryFactory
from tests.reading import Api, soup_of

pytestmark = pytest.mark.sampled

IPT = "/terapimetoder/ipt/"


def unpublish(snippet: Any) -> None:
    snippet.unpublish()


def expire(snippet: Any) -> None:
    past = timezone.now() - timedelta(minutes=1)
    type(snippet)._default_manager.filter(pk=snippet.pk).update(expire_at=past)


def delete(snippet: Any) -> None:
    snippet.delete()


@pytest.fixture(params=[unpublish, expire, delete], ids=lambda way: way.__name__)
def hide(request: pytest.FixtureRequest) -> Any:
    return request.param


@pytest.mark.django_db
def test_a_hidden_faq_entry_is_left_out(api: Api, client: Client, hide: Any) -> None:
    entry = FaqEntry.objects.get(question="Är IPT samtalsterapi?")
    assert entry.question in str(api.page(IPT))
    hide(entry)
    for path in (IPT, "/vanliga-fragor/"):
        assert entry.question not in str(api.page(path))
        assert entry.question not in client.get(path).content.decode()


@pytest.mark.django_db
def test_a_hidden_call_to_action_is_left_out(api: Api, client: Client, hide: Any) -> None:
    for cta in SelfTestCallToAction.objects.filter(locale__language_code="sv"):
        hide(cta)
    assert "self_test_cta" not in {block["type"] for block in api.page(IPT)["content"]["body"]}
    assert client.get(IPT).status_code == 200


@pytest.mark.django_db
def test_a_hidden_concern_is_left_out(api: Api, client: Client, hide: Any) -> None:
    hide(Concern.objects.get(slug="sorg", locale__language_code="sv"))
    assert "sorg" not in {concern["slug"] for concern in api.page(IPT)["content"]["concerns"]}
    index = api.page("/terapimetoder/")["content"]
    assert "sorg" not in {concern["slug"] for concern in index["concerns"]}
    assert client.get("/terapimetoder/?concern=sorg").status_code == 200


@pytest.mark.django_db
def test_without_furniture_the_site_still_works(api: Api, client: Client, hide: Any) -> None:
    # As where no page about health has been published yet.
    SiteFurniture.objects.filter(locale__language_code="sv").update(crisis_contacts="[]")
    hide(SiteFurniture.objects.get(locale__language_code="sv"))
    navigation = api.get("navigation/", locale="sv")
    assert navigation["crisis"] is navigation["contact"] is None
    assert navigation["menu"]
    assert client.get(IPT).status_code == 200


@pytest.mark.django_db
def test_a_deleted_image_is_left_out(api: Api, client: Client) -> None:
    get_image_model().objects.all().delete()
    answer = api.page(IPT)
    assert answer["content"]["image"] is None
    assert "image" not in {block["type"] for block in answer["content"]["body"]}
    assert client.get(IPT).status_code == 200


@pytest.mark.django_db
def test_an_image_of_a_private_collection_is_left_out(api: Api) -> None:
    collection = Collection.get_first_root_node().add_child(name="Privat")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    get_image_model().objects.update(collection=collection)
    answer = api.page(IPT)
    assert answer["content"]["image"] is None
    assert answer["seo"]["image"] is None
    assert "image" not in {block["type"] for block in answer["content"]["body"]}


@pytest.mark.django_db
def test_an_entry_without_translation_is_not_shown_in_the_wrong_language(
    api: Api, en: Locale
) -> None:
    """A chooser that still has the source's entry shows nothing."""
    swedish = FaqEntryFactory(question="Bara på svenska?")
    home = Page.objects.get(slug="home")
    ContentPageFactory(
        parent=home,
        slug="english-only",
        body=[("faq_list", {"heading": "Questions", "entries": [swedish]})],
    )
    answer = api.page("/en/english-only/")
    assert answer["content"]["body"] == []


@pytest.mark.django_db
def test_a_link_to_an_untranslated_page_is_marked(api: Api, client: Client) -> None:
    swedish = ContentPageFactory(parent=Page.objects.get(slug="hem"), slug="bara-svenska")
    link = f'<p>See <a linktype="page" id="{swedish.pk}">the rules</a>.</p>'
    ContentPageFactory(
        parent=Page.objects.get(slug="home"),
        slug="links",
        introduction=link,
        body=[
            ("contact_cta", {"heading": "H", "text": link, "button_label": "Go", "page": swedish})
        ],
    )
    answer = api.page("/en/links/")
    assert answer["content"]["introduction"]["html"] == (
        '<p>See <a href="/bara-svenska/" hreflang="sv">the rules '
        '<span lang="sv">(Svenska)</span></a>.</p>'
    )
    target = answer["content"]["body"][0]["value"]["target"]
    assert (target["locale"], target["is_fallback"]) == ("sv", True)
    button = soup_of(client, "/en/links/").select_one("a.button")
    assert button["hreflang"] == "sv"
    assert button.find("span", lang="sv").get_text(strip=True) == "(Svenska)"


@pytest.mark.django_db
def test_a_link_to_a_translated_page_leads_to_the_translation(api: Api) -> None:
    swedish = Page.objects.get(slug="kontakt")
    ContentPageFactory(
        parent=Page.objects.get(slug="home"),
        slug="links",
        introduction=f'<p><a linktype="page" id="{swedish.pk}">Contact</a></p>',
    )
    html = api.page("/en/links/")["content"]["introduction"]["html"]
    assert html == '<p><a href="/en/contact/">Contact</a></p>'


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ('<p><a linktype="page" id="999999">x</a></p>', "<p>x</p>"),
        ('<p><a linktype="page" id="abc">x</a></p>', "<p>x</p>"),
        ('<p><a linktype="document" id="999999">x</a></p>', "<p>x</p>"),
        ('<p><embed embedtype="image" id="1" format="left" alt="x"/>y</p>', "<p>y</p>"),
        (
            '<p><a href="https://a.example/?b=1&amp;c=2">x</a></p>',
            '<p><a href="https://a.example/?b=1&amp;c=2">x</a></p>',
        ),
        ('<p><a href="mailto:a@b.example">x</a></p>', '<p><a href="mailto:a@b.example">x</a></p>'),
    ],
)
def test_rich_text_of_any_age(api: Api, stored: str, shown: str) -> None:
    ContentPageFactory(parent=Page.objects.get(slug="hem"), slug="gammal", introduction=stored)
    assert api.page("/gammal/")["content"]["introduction"]["html"] == shown


@pytest.mark.django_db
def test_a_block_with_unfit_data_takes_no_page_down(api: Api, client: Client) -> None:
    page = ContentPageFactory(parent=Page.objects.get(slug="hem"), slug="gammal")
    stored = [
        {"type": "quote", "id": "a", "value": {"attribution": "Utan text"}},
        {"type": "steps", "id": "b", "value": {"heading": "H", "items": [{"title": None}]}},
        {"type": "faq_list", "id": "c", "value": {"heading": "H", "entries": [None, 999999]}},
        {"type": "related_methods", "id": "d", "value": {"heading": "H", "methods": [999999]}},
        {"type": "contact_cta", "id": "e", "value": {"heading": "H", "page": 999999}},
        {"type": "callout", "id": "f", "value": {"tone": "old", "heading": "H", "text": "x"}},
        {"type": "gone", "id": "g", "value": "x"},
        {"type": "section", "id": "h", "value": {"heading": "Kvar", "text": "<p>Text.</p>"}},
    ]
    ContentPage.objects.filter(pk=page.pk).update(body=json.dumps(stored))
    shown = [block["id"] for block in api.page("/gammal/")["content"]["body"]]
    assert shown == ["f", "h"]
    assert client.get("/gammal/").status_code == 200
