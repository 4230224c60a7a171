"""The same words twice in one rich text are two texts where their links lead to other places."""

import re
from importlib import import_module
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.core.management import call_command
from django.test import Client
from wagtail.models import Revision
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from cms.translation.engine.segments import segment_rows
from pages.models import ContentPage
from tests.translation.conftest import Submit, publish, state_of, translate
from tests.translation.desk.reading import Desk, log_in
from tests.translation.desk.reading_versions import Version
from tests.translation.tools.exchanging import KINDS, address, give_back

RING = '<p><a href="tel:{}">Ring</a></p>'
EITHER = '<p><a href="tel:{}">Ring</a> eller <a href="tel:{}">läs</a></p>'


def introduce(page: ContentPage, *numbers: str) -> ContentPage:
    text = "".join(RING.format(number) for number in numbers)
    return publish(page, introduction=text)  # type: ignore[no-any-return]  # a page


def fields(translation: Translation) -> dict[str, Any]:
    """The cards of the calls at the desk, by where their links lead."""
    desk = Desk(log_in("editor"), translation)
    leading = {
        str(row.key): re.findall(r'"(tel:\d+)"', row.segment.attrs)
        for row in segment_rows(translation)
    }
    return {
        " ".join(leading[card.textarea["name"].removeprefix("text-")]): card
        for card in desk.soup.find_all("article", {"data-desk-card": True})
        if leading[card.textarea["name"].removeprefix("text-")]
    }


def texts(translation: Translation) -> dict[str, tuple[str, str]]:
    """State and words of each call, by where its link leads."""
    return {
        number: (
            str(card["data-state"]),
            BeautifulSoup(card.textarea.get_text(), "html.parser").get_text().strip(),
        )
        for number, card in fields(translation).items()
    }


def write(translation: Translation, number: str, words: str) -> None:
    field = fields(translation)[f"tel:{number}"].textarea["name"]
    ids = re.findall(
        r'id="(a\d+)"',
        next(
            row.source_text
            for row in segment_rows(translation)
            if str(row.key) == field.removeprefix("text-")
        ),
    )
    Desk(log_in("editor"), translation).send(**{field: f'<a id="{ids[0]}">{words}</a>'})


@pytest.fixture
def called(page: ContentPage, submit: Submit) -> Translation:
    """A page with the same words for two numbers, and its published translation."""
    translation = submit(introduce(page, "112", "1177"))
    write(translation, "112", "Call 112")
    write(translation, "1177", "Call 1177")
    translate(translation)
    Desk(log_in("editor"), translation).send("action-publish")
    return translation


def test_each_link_has_its_own_text_and_leads_where_it_leads(called: Translation) -> None:
    assert texts(called) == {
        "tel:112": ("done", "Call 112"),
        "tel:1177": ("done", "Call 1177"),
    }
    html = Client().get(called.get_target_instance().url).content.decode()
    assert re.search(r'href="tel:112"[^>]*>\s*Call 112<', html)
    assert re.search(r'href="tel:1177"[^>]*>\s*Call 1177<', html)


@pytest.mark.sampled
@pytest.mark.parametrize(
    "now",
    [("1177", "112"), ("1177",), ("112",), ("113", "112", "1177"), ("112", "112", "1177")],
)
def test_a_text_follows_its_link(called: Translation, page: ContentPage, now: Any) -> None:
    introduce(page, *now)
    for number in now:
        found = ("done", f"Call {number}") if number in ("112", "1177") else ("missing", "")
        assert texts(called)[f"tel:{number}"] == found
    live = called.get_target_instance()
    words = re.findall(r'<a href="tel:(\d+)"[^>]*>Call (\d+)<', live.introduction)
    assert all(number == said for number, said in words)


def test_a_text_comes_back_with_its_link(called: Translation, page: ContentPage) -> None:
    introduce(page, "1177")
    introduce(page, "113", "1177")
    # Offered without its link, which has to be placed.
    assert texts(called)["tel:113"] == ("changed", "Call 112")
    introduce(page, "1177", "113", "112")
    assert texts(called)["tel:112"] == ("done", "Call 112")
    assert texts(called)["tel:1177"] == ("done", "Call 1177")


def test_a_link_of_removed_words_gives_no_other_link_its_text(
    called: Translation, page: ContentPage
) -> None:
    publish(page, introduction="<p>Hej.</p>")
    introduce(page, "113")
    assert texts(called)["tel:113"][0] == "changed"


def test_an_earlier_text_is_offered_with_the_links_of_its_own_place(
    page: ContentPage, submit: Submit
) -> None:
    body = EITHER.format("112", "1177") + EITHER.format("1177", "112")
    translation = submit(publish(page, introduction=body))
    desk = Desk(log_in("editor"), translation)
    for card in fields(translation).values():
        source = card.find(class_="desk-text").get_text()
        first, second = re.findall(r'<a id="(a\d+)">', source)
        desk.send(
            **{card.textarea["name"]: f'<a id="{first}">Call</a> or <a id="{second}">read</a>'}
        )
    publish(page, introduction=body.replace("eller", "eller bara"))
    for row in segment_rows(translation):
        if "eller bara" in row.source_text:
            before = re.findall(r'<a id="(a\d+)">', row.source_text)
            now = re.findall(r'<a id="(a\d+)">', row.previous_text or "")
            assert now == before


def test_a_new_link_is_told_what_the_same_words_were_where_they_led_elsewhere(
    called: Translation, page: ContentPage
) -> None:
    introduce(page, "112", "1177", "113")
    card = " ".join(fields(called)["tel:113"].get_text(" ").split())
    assert "Its links led to other places" in card


@pytest.fixture
def shared(page: ContentPage, submit: Submit) -> Translation:
    """A translation from before, in which both links had one text."""
    translation = submit(introduce(page, "112", "1177", "112"))
    first, second, _third = (
        row.segment for row in segment_rows(translation) if row.path == "introduction"
    )
    links = second.attrs.replace('"a2"', '"a1"')
    StringSegment.objects.filter(pk=second.pk).update(string=first.string_id, attrs=links)
    translate(translation, only={"title", "slug"})
    Desk(log_in("editor"), translation).write("introduction", '<a id="a1">Call</a>')
    translate(translation)
    Desk(log_in("editor"), translation).send("action-publish")
    return translation


def test_what_was_one_text_becomes_two_that_say_the_same(
    shared: Translation, page: ContentPage
) -> None:
    assert {row.source_text for row in segment_rows(shared) if row.path == "introduction"} == {
        '<a id="a1">Ring</a>'
    }
    before = state_of(shared)
    written = StringTranslation.objects.get(data='<a id="a1">Call</a>')
    migration = import_module("cms.translation.migrations.0010_same_words_other_links")
    migration.part_strings(apps, None)
    migration.part_strings(apps, None)
    assert texts(shared) == {"tel:112": ("done", "Call"), "tel:1177": ("done", "Call")}
    copy = StringTranslation.objects.get(data='<a id="a2">Call</a>')
    assert (copy.updated_at, copy.last_translated_by) == (
        written.updated_at,
        written.last_translated_by,
    )
    call_command("rebuild_translation_states", verbosity=0)
    after = state_of(shared)
    assert (after.segments_done, after.stale_since, after.parts) == (
        before.segments_total,
        None,
        [],
    )
    write(shared, "1177", "Call 1177")
    introduce(page, "1177", "112")
    assert texts(shared) == {"tel:112": ("done", "Call"), "tel:1177": ("done", "Call 1177")}


def test_a_version_gives_each_link_its_earlier_text(called: Translation, page: ContentPage) -> None:
    old = Revision.objects.for_instance(called.get_target_instance()).latest("pk")
    introduce(page, "1177", "112")
    for number in ("112", "1177"):
        write(called, number, f"Ring up {number}")
    offers = Version(log_in("editor"), called, old).offers()
    assert sorted(offers) == [
        ('<a id="a1">Call 112</a>', True),
        ('<a id="a2">Call 1177</a>', True),
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_has_a_text_for_each_link(called: Translation, page: ContentPage, kind: str) -> None:
    client = log_in("editor")
    data = client.get(address(called, f"export/{kind}")).content.decode()
    introduce(page, "1177", "112")
    for number in ("112", "1177"):
        assert data.count(f">Call {number}<") == 1
        data = data.replace(f">Call {number}<", f">Dial {number}<")
    give_back(client, called, data.encode(), kind)
    assert texts(called) == {
        "tel:112": ("done", "Dial 112"),
        "tel:1177": ("done", "Dial 1177"),
    }
