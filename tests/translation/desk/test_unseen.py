"""Buttons beside a text act on the text that was seen; a faulty text outlives its original."""

from typing import Any

import pytest
from wagtail_localize.models import StringTranslation, Translation

from cms.translation.engine.segments import segment_rows
from pages.models import ContentPage
from tests.translation.conftest import Submit, publish
from tests.translation.desk.reading import Desk, log_in

LONG = "hour of work " * 60


@pytest.fixture
def translation(page: ContentPage, submit: Submit) -> Translation:
    found = submit(publish(page, title="Provsida om sömn"))
    StringTranslation.objects.filter(context__object=found.source.object_id).delete()
    return found


def stored(translation: Translation) -> Any:
    return next(row.translation for row in segment_rows(translation) if row.path == "title")


@pytest.mark.sampled
@pytest.mark.parametrize("button", ["copy", "accept", "confirm"])
def test_a_button_leaves_anothers_newer_text_alone(translation: Translation, button: str) -> None:
    mine = Desk(log_in("translator"), translation)
    Desk(log_in("editor"), translation).write("title", LONG)
    mine.send(button, mine.key("title"))
    assert stored(translation).data == LONG.strip()
    assert mine.state("title") == "conflict"
    assert "hour of work" in mine.said("title")


def test_a_button_acts_on_what_the_same_form_has_just_stored(translation: Translation) -> None:
    desk = Desk(log_in("translator"), translation)
    key = desk.key("title")
    desk.send("copy", key, **{f"text-{key}": LONG})
    assert stored(translation).data == "Provsida om sömn"
    assert desk.state("title") == "done"


def test_a_button_that_is_pressed_twice_is_no_conflict(translation: Translation) -> None:
    desk = Desk(log_in("translator"), translation)
    again = Desk(log_in("translator"), translation)
    desk.send("copy", desk.key("title"))
    again.send("copy", again.key("title"))
    assert again.state("title") == "done"


@pytest.mark.parametrize("is_newer", [True, False])
def test_a_leftover_is_taken_away_as_it_was_seen(
    translation: Translation, page: ContentPage, is_newer: bool
) -> None:
    publish(page, introduction="<p>Ett är här.</p><p>Två går dit.</p>")
    desk = Desk(log_in("translator"), translation)
    first, key = desk.key("introduction"), desk.key("introduction", 1)
    publish(page, introduction="<p>Ett är här.</p>")
    desk.send(**{f"text-{key}": "Written late", f"text-{first}": "One is here."})
    desk = Desk(log_in("translator"), translation)
    assert desk.button("discard")["value"] == key
    text = StringTranslation.objects.get(data="Written late")
    if is_newer:
        text.data = "Better said"
        text.save()
    desk.send("discard", key)
    assert StringTranslation.objects.filter(pk=text.pk).exists() is is_newer


def test_a_faulty_text_is_offered_when_its_original_changes(
    translation: Translation, page: ContentPage
) -> None:
    Desk(log_in("translator"), translation).write("title", LONG)
    publish(page, title="Provsida om sömnen")
    desk = Desk(log_in("translator"), translation)
    assert desk.text("title") == LONG.strip()
    assert desk.state("title") == "changed"
    desk.send()
    target = translation.get_target_instance()
    assert "hour of work" not in target.get_latest_revision_as_object().title
    desk.send("accept", desk.key("title"))
    assert desk.state("title") == "error"
