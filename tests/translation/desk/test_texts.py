"""The desk: each text beside its source, and what a translator can do with it."""

import re
from typing import Any

import pytest
from django.test import Client
from wagtail.admin.icons import get_icons
from wagtail.documents import get_document_model
from wagtail_localize.models import StringTranslation, Translation

from pages.models import ContentPage
from tests.translation.conftest import Submit, english, publish, translate
from tests.translation.desk.reading import Desk, log_in

# The name of an icon in the sprite of the admin.
ICON = re.compile(r'id="icon-([^"]+)"')


@pytest.fixture
def linked(page: ContentPage, submit: Submit) -> Translation:
    """A page that waits for its translation, with bold words and a link in one sentence."""
    text = '<p>Vi <b>lyssnar</b> på <a href="https://samtal.example/">dig</a> &amp; mig.</p>'
    return submit(publish(page, introduction=text))


RIGHT = 'We <b>listen</b> to <a id="a1">you</a> & me.'


def stored(translation: Translation, path: str) -> StringTranslation | None:
    texts = StringTranslation.objects.filter(
        context__path=path, context__object_id=translation.source.object_id
    )
    return texts.order_by("-updated_at").first()


def test_pages_open_on_it(editor: Client, translation: Translation) -> None:
    desk = Desk(editor, translation)
    assert desk.state("title") == "done"
    assert desk.text("title") == english("Behandling")


def test_snippets_open_on_it(editor: Client, cta_translation: Translation) -> None:
    assert Desk(editor, cta_translation).text("heading") == english("Hur mår du?")


def test_texts_come_in_the_order_of_the_form(editor: Client, translation: Translation) -> None:
    desk = Desk(editor, translation)
    headings = [heading.get_text() for heading in desk.soup.find_all("h3", "desk-group__heading")]
    assert headings == ["Title", "Introduction", "Slug"]


def test_both_languages_are_marked_for_screen_readers_and_spelling(
    editor: Client, translation: Translation
) -> None:
    card = Desk(editor, translation).card("title")
    assert card.find(class_="desk-text")["lang"] == "sv"
    assert (card.textarea["lang"], card.textarea["spellcheck"]) == ("en", "true")


def test_a_changed_source_is_shown_with_what_changed(
    editor: Client, page: ContentPage, translation: Translation
) -> None:
    publish(page, title="Vår behandling")
    desk = Desk(editor, translation)
    assert desk.state("title") == "changed"
    assert "removed: Behandling" in desk.said("title")
    assert "added: Vår behandling" in desk.said("title")
    assert desk.text("title") == english("Behandling")


def test_each_change_of_a_sentence_is_shown_where_it_is(
    editor: Client, page: ContentPage, translation: Translation
) -> None:
    publish(page, introduction="<p>Vi lyssnar på dig.</p><p>Du bestämmer takten här.</p>")
    said = Desk(editor, translation).said("introduction", 1)
    assert "Du removed: väljer added: bestämmer takten" in said
    assert said.index("takten") < said.index("added: här")


def test_a_draft_has_no_address_to_look_at(
    editor: Client, page: ContentPage, submit: Submit
) -> None:
    translation = submit(page)
    target = translation.get_target_instance()
    assert target.full_url not in Desk(editor, translation).markup
    translate(translation)
    desk = Desk(editor, translation)
    desk.send("action-publish")
    assert translation.get_target_instance().full_url in desk.markup


def test_an_earlier_translation_that_nobody_touched_is_not_taken_for_a_new_one(
    editor: Client, page: ContentPage, translation: Translation
) -> None:
    publish(page, title="Vår behandling")
    desk = Desk(editor, translation)
    desk.send()
    assert desk.state("title") == "changed"


def test_still_right_keeps_the_earlier_translation(
    editor: Client, page: ContentPage, translation: Translation
) -> None:
    publish(page, title="Vår behandling")
    desk = Desk(editor, translation)
    desk.send("accept", desk.key("title"))
    assert desk.state("title") == "done"
    assert desk.text("title") == english("Behandling")
    assert "by Eva Redaktör" in desk.said("title")


def test_the_same_in_both_languages_is_said_on_purpose(
    editor: Client, page: ContentPage, submit: Submit
) -> None:
    desk = Desk(editor, submit(page))
    assert desk.state("title") == "missing"
    desk.send("copy", desk.key("title"))
    assert (desk.state("title"), desk.text("title")) == ("done", "Behandling")


def test_a_plain_form_saves_all_texts(editor: Client, page: ContentPage, submit: Submit) -> None:
    desk = Desk(editor, submit(page))
    fields = {f"text-{desk.key('introduction', rank)}": f"Sentence {rank}" for rank in (0, 1)}
    desk.send(**fields)
    assert [desk.text("introduction", rank) for rank in (0, 1)] == ["Sentence 0", "Sentence 1"]
    assert "2 of 4 texts are ready." in " ".join(desk.soup.get_text(" ").split())


def test_an_emptied_text_is_missing_again(editor: Client, translation: Translation) -> None:
    desk = Desk(editor, translation)
    desk.write("introduction", "  ")
    assert desk.state("introduction") == "missing"


def test_only_what_needs_work_can_be_shown(
    editor: Client, page: ContentPage, translation: Translation
) -> None:
    publish(page, title="Vår behandling")
    desk = Desk(editor, translation)
    assert (desk.card("title")["data-open"], desk.card("slug")["data-open"]) == ("true", "false")
    (next_open,) = {link["href"] for link in desk.soup.find_all("a", {"data-desk-next": True})}
    assert next_open == f"#text-{desk.key('title')}"
    html = editor.get(f"{desk.url}?show=open").content.decode()
    assert "desk--only-open" in html


def test_plain_texts_are_written_without_entities(
    editor: Client, page: ContentPage, submit: Submit
) -> None:
    translation = submit(publish(page, heading="Frågor & svar"))
    desk = Desk(editor, translation)
    assert "Frågor & svar" in desk.said("heading")
    desk.write("heading", "Questions & <b>answers</b>")
    assert desk.text("heading") == "Questions & <b>answers</b>"
    text = stored(translation, "heading")
    assert text is not None
    assert text.data == "Questions &amp; &lt;b&gt;answers&lt;/b&gt;"


def test_rich_text_keeps_its_tags_and_says_where_links_lead(
    editor: Client, linked: Translation
) -> None:
    desk = Desk(editor, linked)
    assert "link to “https://samtal.example/”" in desk.said("introduction")
    desk.write("introduction", RIGHT)
    assert (desk.state("introduction"), desk.text("introduction")) == ("done", RIGHT)
    text = stored(linked, "introduction")
    assert text is not None
    assert text.data == 'We <b>listen</b> to <a id="a1">you</a> &amp; me.'


@pytest.mark.sampled
@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("We <b>listen to you.", "<b> is opened but not closed"),
        ("We listen</b> to you.", "</b> closes nothing that is open"),
        (
            "We <b>listen</b> to you.",
            'The link <a id="a1">…</a> to https://samtal.example/ is missing',
        ),
        ('<a id="a1">We</a> <a id="a2">listen</a>', '<a id="a2"> leads nowhere'),
        ('<a id="a1">We</a> <u>listen</u>', "<u> cannot be used here"),
        ('<a id="a1">We</a> <b class="x">listen</b>', '<b class="x"> cannot be used here'),
    ],
)
def test_a_wrong_tag_is_told_and_nothing_is_lost(
    editor: Client, linked: Translation, wrong: str, told: str
) -> None:
    desk = Desk(editor, linked)
    desk.write("introduction", wrong)
    assert desk.state("introduction") == "error"
    assert told in desk.said("introduction")
    assert desk.text("introduction") == wrong


def test_a_text_that_is_too_long_is_told_and_stays_in_the_form(
    editor: Client, translation: Translation
) -> None:
    desk = Desk(editor, translation)
    desk.write("title", "long " * 60)
    assert "This text has 299 characters; there is room for 255" in desk.said("title")
    assert desk.text("title") == ("long " * 60).strip()
    assert desk.state("title") == "error"


def test_machine_text_waits_for_somebody_to_confirm_it(
    editor: Client, translation: Translation
) -> None:
    text = stored(translation, "title")
    assert text is not None
    text.translation_type, text.tool_name = "machine", "A machine"
    text.save()
    desk = Desk(editor, translation)
    assert desk.state("title") == "machine"
    desk.send()
    assert desk.state("title") == "machine"
    desk.send("confirm", desk.key("title"))
    assert desk.state("title") == "done"
    assert "with A machine" in desk.said("title")


def icons(card: Any) -> list[str]:
    return [use["href"].removeprefix("#icon-") for use in card.find_all("use")]


def test_each_state_of_a_text_has_its_words_and_its_icon(
    editor: Client, page: ContentPage, translation: Translation
) -> None:
    def told(desk: Desk, path: str) -> tuple[str, str]:
        state = desk.card(path).find(class_="desk-state")
        return icons(state)[0], " ".join(state.get_text().split())

    publish(page, title="Vår behandling", heading="En rubrik")
    machine = StringTranslation.objects.get(data=english("Vi lyssnar på dig."))
    machine.translation_type, machine.tool_name = "machine", "A machine"
    machine.save()
    desk = Desk(editor, translation)
    assert told(desk, "slug") == ("circle-check", "Translated")
    assert told(desk, "title") == ("rotate", "The original has changed: please check")
    assert told(desk, "heading") == ("radio-empty", "Not translated yet")
    assert told(desk, "introduction") == ("cogs", "Machine text that nobody has confirmed")
    Desk(log_in("translator"), translation).write("heading", "Theirs")
    desk.write("heading", "long " * 60, rank=0)
    assert told(desk, "heading") == ("warning", "Somebody else has changed this meanwhile")
    desk = Desk(editor, translation)
    desk.write("heading", "long " * 60)
    assert told(desk, "heading") == ("warning", "Needs correcting")
    assert desk.card("heading").textarea["aria-invalid"] == "true"
    assert not desk.card("slug").textarea.has_attr("aria-invalid")
    assert set(icons(desk.soup)) <= set(ICON.findall(get_icons()))


@pytest.mark.sampled
@pytest.mark.parametrize(
    ("source", "text", "rows"),
    [
        ("x" * 59, "", "1"),
        ("x" * 60, "x", "2"),
        ("x", "x" * 125, "3"),
        ("x", "One\n\nTwo", "3"),
        ("x" * 60, "One\nTwo", "3"),
        ("x" * 2000, "", "12"),
    ],
)
def test_a_field_is_as_high_as_its_texts_need(
    editor: Client, page: ContentPage, submit: Submit, source: str, text: str, rows: str
) -> None:
    translation = submit(publish(page, introduction=f"<p>{source}</p>"))
    desk = Desk(editor, translation)
    if text:
        desk.write("introduction", text)
    assert desk.card("introduction").textarea["rows"] == rows


def test_links_say_which_page_or_document_they_lead_to(
    editor: Client, page: ContentPage, submit: Submit
) -> None:
    document = get_document_model().objects.create(title="En broschyr", file="broschyr.pdf")
    other = ContentPage.objects.exclude(pk=page.pk).filter(locale=page.locale).first()
    assert other is not None
    links = [
        ("page", other.pk, other.title),
        ("document", document.pk, "En broschyr"),
        ("page", 999999, "something that is not there any more"),
    ]
    text = " ".join(f'<a linktype="{kind}" id="{pk}">x</a>' for kind, pk, _title in links)
    desk = Desk(editor, submit(publish(page, introduction=f"<p>Se <b>även</b> {text}</p>")))
    tags = desk.card("introduction").find(class_="desk-tags")
    assert [" ".join(each.get_text(" ").split()) for each in tags.find_all("li")] == [
        "<b>…</b>",
        *(f'<a id="a{at}">…</a> link to “{title}”' for at, (*_, title) in enumerate(links, 1)),
    ]
    buttons = tags.find_all("button")
    assert (buttons[0]["data-opening"], buttons[0]["data-closing"]) == ("<b>", "</b>")
    assert (buttons[1]["data-opening"], buttons[1]["data-closing"]) == ('<a id="a1">', "</a>")
