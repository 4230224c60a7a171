"""A page in the usual parts is built in the admin, translated at the desk and read everywhere."""

import re
from itertools import pairwise
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page
from wagtail_localize.models import Translation

from cms.translation.engine.segments import segment_rows
from faq.models import FaqEntry
from pages.models import SelfTestCallToAction, TherapyMethodPage
from tests.reading import Api, soup_of, squeeze, words
from tests.site.reference_page import TEXTS, form
from tests.site.test_parity import said
from tests.site.test_query_counts import DETAIL_LIMIT, HTML_LIMIT
from tests.translation.desk.reading import Desk, log_in

PATHS = {"sv": "/terapimetoder/gft/", "en": "/en/therapy-methods/ift/"}
PARTS = [
    "list",
    "self_test_cta",
    "steps",
    "list",
    "key_points",
    "section",
    "callout",
    "faq_list",
]


@pytest.fixture
def editor(db: None) -> Client:
    return log_in("editor")


@pytest.fixture
def built(editor: Client, en: Any) -> TherapyMethodPage:
    """The page, published in Swedish by its form and in English at the desk."""
    index = Page.objects.get(slug="terapimetoder")
    swedish = {"locale__language_code": "sv"}
    data = form(
        cta=SelfTestCallToAction.objects.filter(**swedish).first().pk,
        entries=[entry.pk for entry in FaqEntry.objects.filter(**swedish)[:5]],
    )
    response = editor.post(f"/admin/pages/add/pages/therapymethodpage/{index.pk}/", data)
    assert response.status_code == 302, response.context["form"].errors
    page: TherapyMethodPage = TherapyMethodPage.objects.get(slug="gft")
    begun = editor.post(f"/admin/localize/submit/page/{page.pk}/", {"locales": [str(en.pk)]})
    assert begun.status_code == 302
    translation = Translation.objects.get(source__object_id=page.translation_key)
    rows = segment_rows(translation)
    assert {row.source_text for row in rows} == TEXTS.keys()
    texts = {f"text-{row.key}": TEXTS[row.source_text] for row in rows}
    Desk(editor, translation).send("action-publish", **texts)
    return page


@pytest.mark.parametrize("language", PATHS)
def test_every_part_is_typed(built: TherapyMethodPage, api: Api, language: str) -> None:
    content = api.page(PATHS[language])["content"]
    assert [block["type"] for block in content["body"]] == PARTS
    parts = [block["value"] for block in content["body"]]
    helps, _invites, steps, suits, apart, begins, _calls, asks = parts
    with_items = (helps, steps, suits, apart)
    assert [len(part["items"]) for part in with_items] == [5, 4, 5, 3]
    assert all(part["text_before"] and part["text_after"] for part in with_items)
    assert begins["text"]["html"].count("<p>") == 2
    assert content["introduction"]["html"].count("<p>") == 3
    assert content["session_count"] == {"minimum": 6, "maximum": 10}
    assert (asks["heading"], len(asks.pop("entries"))) == ("", 5)
    # Nothing of the page's own that could be items or a heading is hidden in rich text.
    assert re.findall(r"<(?:ul|ol|li|dl|h\d)\b", str(content)) == []


@pytest.mark.parametrize("language", PATHS)
def test_page_and_api_read_the_same(
    built: TherapyMethodPage, api: Api, client: Client, language: str
) -> None:
    own, other = (TEXTS, TEXTS.values()) if language == "sv" else (TEXTS.values(), TEXTS)
    answer = api.page(PATHS[language])
    given = squeeze(" ".join([answer["title"], answer["heading"], *said(answer["content"])]))
    main = soup_of(client, PATHS[language]).main
    shown = squeeze(main.get_text(" ")).replace(" ", "")
    for text in own:
        if text not in ("gft", "ift"):
            assert text in given, text
            assert text.replace(" ", "") in shown or text == answer["title"], text
    assert [text for text in other if len(text) > 4 and text in given] == []
    places = order_of(main, [block["value"] for block in answer["content"]["body"]])
    assert places == sorted(places)
    levels = [int(each.name[1]) for each in main.find_all(re.compile("^h[1-6]$"))]
    assert all(below <= above + 1 for above, below in pairwise(levels)), levels


def order_of(main: BeautifulSoup, parts: list[Any]) -> list[int]:
    """Return where the page says the first words of each part, in the order of the parts."""
    text = words(str(main))
    firsts = [part["heading"] or part["entries"][0]["question"] for part in parts]
    return [text.index(first) for first in firsts]


def test_reading_it_costs_what_every_page_does(built: TherapyMethodPage, client: Client) -> None:
    for path in PATHS.values():
        detail = f"/api/delivery/v1/pages/by-path/?path={path}"
        for address, limit in ((path, HTML_LIMIT), (detail, DETAIL_LIMIT)):
            assert client.get(address).status_code == 200
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            assert len(queries) <= limit, address


def test_it_is_found_by_what_stands_around_its_items(built: TherapyMethodPage, api: Api) -> None:
    for language, word in (("sv", "fantasi"), ("en", "imagination")):
        hits = api.get("search/", locale=language, q=word)["items"]
        assert PATHS[language] in {hit["path"] for hit in hits}


def test_its_preview_shows_what_stands_around_its_items(built: TherapyMethodPage) -> None:
    for language, text in (("sv", "Framför allt:"), ("en", "Above all:")):
        page = built if language == "sv" else built.get_translations().get().specific
        assert text in page.make_preview_request().rendered_content
