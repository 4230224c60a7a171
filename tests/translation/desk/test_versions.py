"""Earlier versions of a translation: listed, and shown text by text beside the desk."""

import json

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import PageLogEntry, Revision
from wagtail_localize.models import StringTranslation, Translation

from pages.models import ContentPage
from tests.translation.conftest import Submit, english, publish, translate
from tests.translation.desk.reading import Desk, log_in
from tests.translation.desk.reading_versions import Version, latest, url_of


def test_the_desk_leads_to_a_list_of_versions_with_who_saved_them(
    editor: Client, translator: Client, translation: Translation
) -> None:
    Desk(translator, translation).write("title", "Our care")
    desk = Desk(editor, translation)
    url = reverse("translation_versions", args=[translation.pk])
    assert desk.soup.find("a", href=url)
    listed = BeautifulSoup(editor.get(url).content.decode(), "html.parser")
    first = listed.find("li", class_="desk-card")
    assert first.a["href"] == url_of(translation, latest(translation))
    assert "Latest draft" in first.get_text()
    assert "Our care" in first.get_text()
    saved_by = latest(translation).user
    assert saved_by is not None
    assert f"saved by {saved_by.get_full_name() or saved_by.username}" in first.get_text()
    assert "Live" in listed.find_all("li", class_="desk-card")[1].get_text()


def test_the_list_says_what_it_is_for_when_it_is_empty(
    editor: Client, translation: Translation
) -> None:
    Revision.objects.for_instance(translation.get_target_instance()).delete()
    said = editor.get(reverse("translation_versions", args=[translation.pk])).content.decode()
    assert "There is no version yet." in said


def test_a_version_is_shown_beside_the_desk_text_by_text(
    editor: Client, translation: Translation
) -> None:
    old = latest(translation)
    Desk(editor, translation).write("title", "Our care")
    version = Version(editor, translation, old)
    assert version.pairs() == [(english("Behandling"), "Our care")]
    said = " ".join(version.cards[0].get_text(" ").split())
    assert "Title" in said
    assert "Behandling" in said
    assert "Now: by" in said
    everything = Version(editor, translation, old, "?show=all")
    assert len(everything.cards) == 4
    assert (english("Vi lyssnar på dig."), english("Vi lyssnar på dig.")) in everything.pairs()


def test_the_version_that_the_desk_has_differs_in_nothing(
    editor: Client, translation: Translation
) -> None:
    version = Version(editor, translation, latest(translation))
    assert version.cards == []
    assert "The texts are the same now as in this version." in version.said()
    assert version.soup.find("button", class_="button", string="Restore the chosen texts") is None


def test_paragraphs_are_found_where_they_have_moved(
    editor: Client, page: ContentPage, translation: Translation
) -> None:
    """Also when other words were written since, which rank alone would mix up."""
    old = latest(translation)
    publish(page, introduction="<p>Du väljer takten.</p><p>Nytt här.</p><p>Vi lyssnar på dig.</p>")
    desk = Desk(editor, translation)
    desk.write("introduction", "At your own speed.")
    desk.write("introduction", "What is new.", rank=1)
    desk.write("introduction", "All ears.", rank=2)
    version = Version(editor, translation, old)
    assert version.pairs() == [
        (english("Du väljer takten."), "At your own speed."),
        ("", "What is new."),
        (english("Vi lyssnar på dig."), "All ears."),
    ]
    version.restore()
    desk = Desk(editor, translation)
    assert [desk.text("introduction", rank) for rank in range(3)] == [
        english("Du väljer takten."),
        "What is new.",
        english("Vi lyssnar på dig."),
    ]


def test_links_lead_where_they_led(editor: Client, page: ContentPage, submit: Submit) -> None:
    link = '<a href="tel:{0}">{0}</a>'
    one, other = link.format(112), link.format(1177)
    translation = submit(publish(page, introduction=f"<p>Ring {one} eller {other}.</p>"))
    translate(translation)
    desk = Desk(editor, translation)
    desk.write("introduction", 'Call <a id="a1">112</a> or <a id="a2">1177</a>.')
    old = latest(translation)
    publish(page, introduction=f"<p>Ring {other} eller {one}.</p>")
    Desk(editor, translation).write(
        "introduction", 'Dial <a id="a1">1177</a> or <a id="a2">112</a>.'
    )
    version = Version(editor, translation, old)
    assert version.offers() == [('Call <a id="a2">112</a> or <a id="a1">1177</a>.', False)]
    version.restore(["Call"])
    target = latest(translation).as_object()
    assert 'href="tel:112">112<' in target.introduction
    assert 'href="tel:1177">1177<' in target.introduction


def test_a_link_to_an_address_of_the_languages_own_stays_a_link(
    editor: Client, page: ContentPage, submit: Submit
) -> None:
    text = '<p>Läs <a href="https://samtal.example/">mer</a>.</p>'
    translation = submit(publish(page, introduction=text))
    translate(translation)
    desk = Desk(editor, translation)
    name = next(name for name in desk.form() if name.startswith("override-"))
    desk.send(**{name: "https://samtal.example/en/"})
    desk.write("introduction", 'Read <a id="a1">more</a>.')
    old = latest(translation)
    assert 'href="https://samtal.example/en/"' in old.content["introduction"]
    Desk(editor, translation).write("introduction", '<a id="a1">More</a>.')
    version = Version(editor, translation, old)
    assert version.offers() == [('Read <a id="a1">more</a>.', True)]
    version.restore()
    assert "/en/" in latest(translation).content["introduction"]


def test_a_section_that_was_cut_and_pasted_keeps_its_earlier_texts(
    editor: Client, page: ContentPage, submit: Submit
) -> None:
    def body(key: str) -> str:
        value = {"heading": "Så går det till", "text": "<p>Vi börjar med ett samtal.</p>"}
        return json.dumps([{"type": "section", "value": value, "id": key}])

    translation = submit(publish(page, body=body("0b5ab2e9-8a24-4ba0-9a3e-6d7d2b2a9d10")))
    translate(translation)
    Desk(editor, translation).send()
    old = latest(translation)
    publish(page, body=body("7c2a3f1e-1111-4ba0-9a3e-6d7d2b2a9d11"))
    path = "body.7c2a3f1e-1111-4ba0-9a3e-6d7d2b2a9d11.heading"
    Desk(editor, translation).write(path, "How it goes")
    version = Version(editor, translation, old)
    assert version.offers() == [(english("Så går det till"), True)]


def test_a_source_without_a_history_is_no_hindrance(
    editor: Client, page: ContentPage, translation: Translation
) -> None:
    """Then the translations that are stored say what a text was the translation of."""
    PageLogEntry.objects.filter(page=page.pk).delete()
    old = latest(translation)
    desk = Desk(editor, translation)
    desk.write("title", "Our care")
    desk.write("introduction", "We hear you.")
    version = Version(editor, translation, old)
    assert version.offers() == [
        (english("Behandling"), True),
        (english("Vi lyssnar på dig."), False),
    ]
    assert "It is not known what the original said then." in version.said()
    version.restore(["We hear you."])
    assert Desk(editor, translation).text("introduction") == english("Vi lyssnar på dig.")


def test_a_text_whose_original_has_changed_is_not_chosen_by_itself(
    editor: Client, page: ContentPage, translation: Translation
) -> None:
    old = latest(translation)
    publish(page, title="Behandling för vuxna")
    Desk(editor, translation).write("title", "Treatment for adults")
    version = Version(editor, translation, old)
    assert version.offers() == [(english("Behandling"), False)]
    assert "The original has changed since." in version.said()
    version.restore([english("Behandling")])
    assert Desk(editor, translation).text("title") == english("Behandling")


def test_a_text_without_a_place_is_shown(
    editor: Client, page: ContentPage, translation: Translation
) -> None:
    old = latest(translation)
    publish(page, introduction="<p>Vi lyssnar på dig.</p>")
    version = Version(editor, translation, old)
    card = version.card(english("Du väljer takten."))
    assert "has no place for this any more" in card.get_text()
    assert "Du väljer takten." in card.get_text()
    assert card.find("input") is None


def test_the_originals_own_words_are_never_restored_as_a_translation(
    editor: Client, page: ContentPage, submit: Submit
) -> None:
    translation = submit(page)
    old = latest(translation)
    assert old.content["title"] == "Behandling"
    translate(translation)
    version = Version(editor, translation, old)
    assert version.offers() == []
    assert "Not translated in this version" in version.said()


def test_what_is_no_text_is_named(
    editor: Client, page: ContentPage, translation: Translation
) -> None:
    old = latest(translation)
    body = [{"type": "section", "value": {"heading": "Nytt", "text": "<p>Mer.</p>"}}]
    publish(page, body=json.dumps(body))
    translate(translation)
    Desk(editor, translation).send()
    assert "and not restored" in Version(editor, translation, old).said()


def test_only_who_may_edit_the_target_sees_and_restores(translation: Translation) -> None:
    old = latest(translation)
    url = url_of(translation, old)
    for client in (Client(), log_in("reviewer")):
        for response in (client.get(url), client.post(url, {"shown": "", "take": []})):
            assert response.status_code in (302, 403)
            assert "/versions/" not in response.headers.get("Location", "").split("?")[0]


def test_a_version_of_something_else_is_not_found(
    editor: Client, translation: Translation, cta_translation: Translation
) -> None:
    other = latest(cta_translation)
    assert editor.get(url_of(translation, other)).status_code == 404


@pytest.mark.parametrize("paragraphs", [1, 60])
def test_a_version_takes_the_same_queries_however_long_it_is(
    editor: Client, page: ContentPage, submit: Submit, paragraphs: int
) -> None:
    words = [f'<p>Stycke {at} om <a href="/{at}/">något</a>.</p>' for at in range(paragraphs)]
    translation = submit(publish(page, introduction="".join(words)))
    translate(translation)
    Desk(editor, translation).send()
    old = latest(translation)
    StringTranslation.objects.filter(
        context__object_id=translation.source.object_id, context__path="introduction"
    ).update(data="Something else")
    with CaptureQueriesContext(connection) as queries:
        version = Version(editor, translation, old)
    assert len(version.offers()) == paragraphs
    assert len(queries) <= 42, len(queries)
    with CaptureQueriesContext(connection) as queries:
        assert editor.get(reverse("translation_versions", args=[translation.pk])).status_code == 200
    assert len(queries) <= 26, len(queries)
