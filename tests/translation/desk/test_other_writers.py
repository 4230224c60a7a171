"""Two people write the same text at the desk: neither writes over the other one unseen."""

from django.test import Client
from wagtail_localize.models import StringTranslation, Translation

from pages.models import ContentPage
from tests.translation.conftest import publish
from tests.translation.desk.reading import Desk, log_in
from tests.translation.desk.test_meanwhile import (
    field,
    fields,
    leftovers,
    paragraphs,
    text,
    twofold,
)

__all__ = ["twofold"]


def test_another_ones_newer_text_is_not_written_over(
    editor: Client, translation: Translation
) -> None:
    mine = Desk(editor, translation)
    Desk(log_in("translator"), translation).write("title", "Theirs")
    mine.write("title", "Mine")
    assert mine.state("title") == "conflict"
    assert mine.text("title") == "Mine"
    assert "Tom Translator has written another one meanwhile. It says: Theirs" in mine.said("title")
    mine.send()
    assert mine.state("title") == "conflict"
    newest = mine.card("title").find("input", {"type": "checkbox"})
    mine.send(**{newest["name"]: newest["value"]})
    assert (mine.state("title"), mine.text("title")) == ("done", "Mine")


def test_another_ones_newer_text_can_be_taken(editor: Client, translation: Translation) -> None:
    mine = Desk(editor, translation)
    Desk(log_in("translator"), translation).write("title", "Theirs")
    mine.write("title", "Mine")
    mine.send("drop", mine.key("title"))
    assert (mine.state("title"), mine.text("title")) == ("done", "Theirs")


def test_a_text_says_who_wrote_it_and_when(editor: Client, translation: Translation) -> None:
    desk = Desk(editor, translation)
    assert desk.card("title").find(class_="desk-by").get_text(strip=True) == "Just now"
    desk.write("title", "Ours")
    by = desk.card("title").find(class_="desk-by").get_text(" ")
    assert " ".join(by.split()) == "by Eva Redaktör, Just now"
    StringTranslation.objects.filter(data="Ours").update(tool_name="PO file")
    by = Desk(log_in("translator"), translation).card("title").find(class_="desk-by").get_text(" ")
    assert " ".join(by.split()) == "by Eva Redaktör, with PO file, Just now"
    desk.write("introduction", "", rank=0)
    assert desk.card("introduction").find(class_="desk-by") is None


def test_somebody_elses_text_for_words_that_are_gone_is_not_written_over(
    editor: Client, page: ContentPage, twofold: Translation
) -> None:
    mine, theirs = Desk(editor, twofold), Desk(log_in("translator"), twofold)
    name = field(mine, "Två går dit.")
    publish(page, introduction=paragraphs("Ett är här."))
    theirs.send(**{name: "Theirs"})
    mine.send(**{name: "Mine"})
    assert "Theirs" in leftovers(mine) + fields(mine)
    assert "Mine" in leftovers(mine)
    assert "not saved" in leftovers(mine)


def test_a_text_that_nobody_touched_is_no_answer_to_another_ones(
    editor: Client, twofold: Translation
) -> None:
    Desk(editor, twofold).write("introduction", "First", rank=1)
    mine = Desk(editor, twofold)
    Desk(log_in("translator"), twofold).write("introduction", "Second", rank=1)
    mine.write("title", "Treatment")
    assert text(mine, "Två går dit.") == "Second"
    assert mine.messages() == "The draft of “Treatment” is saved."
