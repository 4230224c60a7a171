"""Files that are imported after the same texts were translated in the admin."""

import re
import time
from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from wagtail_localize.models import StringTranslation, Translation

from cms.translation.exchange.files import TranslationFile, Unit, fingerprint
from tests.translation.desk.reading import Desk, log_in
from tests.translation.tools.exchanging import (
    KINDS,
    WRITERS,
    address,
    confirm,
    exported,
    fates,
    fill,
    give_back,
    planned,
    texts_of,
)

from .conftest import give, segment_of

pytestmark = pytest.mark.sampled


@pytest.fixture
def translated(translation: Translation) -> Translation:
    """A translation of which the translator has written two texts."""
    translator = get_user_model().objects.get(username="translator")
    for path, text in (("title", "Sleep"), ("heading", "Welcome.")):
        made = give(translation, segment_of(translation, path), text)
        type(made).objects.filter(pk=made.pk).update(last_translated_by=translator)
    return translation


def type_at_desk(translation: Translation, path: str, text: str, user: str = "editor") -> None:
    """A person writes one text at the desk, as its form sends it."""
    page = Desk(log_in(user), translation)
    page.send(**{f"text-{page.key(path)}": text})
    assert texts_of(translation)[path] == text


def changed(data: str, kind: str, **texts: str) -> bytes:
    """The file with other targets at some paths, as a translator's program saves it."""
    content = WRITERS[kind].read(data.encode())
    content.units[:] = [
        replace(unit, target=texts.get(unit.path, unit.target), finished=True)
        for unit in content.units
    ]
    written: bytes = WRITERS[kind].write(content)
    return written


@pytest.mark.parametrize("kind", KINDS)
def test_a_text_that_the_file_does_not_change_stays_as_it_is_here(
    desk: Client, translated: Translation, kind: str
) -> None:
    data = exported(desk, translated, kind)
    type_at_desk(translated, "title", "A colleague's title")
    file = changed(data, kind, heading="You are welcome.")
    shown = planned(desk, translated, file, kind)
    assert fates(shown) == {"title": "kept", "heading": "changed"}
    confirm(desk, translated, shown)
    assert texts_of(translated) == {"title": "A colleague's title", "heading": "You are welcome."}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("before", ["Sleep", ""], ids=["translated", "untranslated"])
def test_a_text_that_both_have_changed_is_shown_and_left_alone(
    desk: Client, translated: Translation, kind: str, before: str
) -> None:
    if not before:
        type_at_desk(translated, "title", "x")
        StringTranslation.objects.filter(data="x").delete()
    data = exported(desk, translated, kind)
    type_at_desk(translated, "title", "A colleague's title")
    file = changed(data, kind, title="The file's title", heading="You are welcome.")
    shown = planned(desk, translated, file, kind)
    page = shown.content.decode()
    assert "The file&#x27;s title" in page
    assert "A colleague&#x27;s title" in page
    assert texts_of(translated) == {"title": "A colleague's title", "heading": "Welcome."}
    confirm(desk, translated, shown)
    assert texts_of(translated) == {"title": "A colleague's title", "heading": "You are welcome."}
    give_back(desk, translated, file, kind, take=["title"])
    assert texts_of(translated)["title"] == "The file's title"


@pytest.mark.parametrize("kind", KINDS)
def test_an_older_file_undoes_a_newer_one_only_where_that_is_chosen(
    desk: Client, translated: Translation, kind: str
) -> None:
    data = exported(desk, translated, kind)
    first, second = (changed(data, kind, title=title) for title in ("First", "Second"))
    give_back(desk, translated, first, kind)
    give_back(desk, translated, second, kind, take=["title"])
    assert texts_of(translated)["title"] == "Second"
    shown = planned(desk, translated, first, kind)
    assert fates(shown)["title"] == "newer"
    confirm(desk, translated, shown)
    assert texts_of(translated)["title"] == "Second"
    confirm(desk, translated, shown, take=["title"])
    assert texts_of(translated)["title"] == "First"


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_written_after_the_plan_was_shown_is_shown_first(
    desk: Client, translated: Translation, kind: str
) -> None:
    file = changed(exported(desk, translated, kind), kind, title="In the file")
    shown = planned(desk, translated, file, kind)
    assert fates(shown)["title"] == "changed"
    type_at_desk(translated, "title", "A colleague's title")
    again = confirm(desk, translated, shown)
    assert fates(again)["title"] == "newer"
    told = [str(message).strip() for message in again.context["messages"]]
    assert told == ["Texts have changed here meanwhile: look once more."]
    assert texts_of(translated)["title"] == "A colleague's title"


def test_a_plan_is_confirmed_within_a_day(
    desk: Client, translated: Translation, monkeypatch: Any
) -> None:
    shown = planned(
        desk, translated, changed(exported(desk, translated, "po"), "po", title="In the file"), "po"
    )
    now = time.time()
    for hours, written in [(25, "Sleep"), (23, "In the file")]:
        monkeypatch.setattr(time, "time", lambda hours=hours: now + hours * 3600)
        confirm(desk, translated, shown)
        assert texts_of(translated)["title"] == written


def test_a_plan_that_was_tampered_with_writes_nothing(
    desk: Client, translated: Translation
) -> None:
    form = {"plan": "x" * 40, "shown": "y"}
    response = desk.post(address(translated, "import"), form)
    assert response.context["told"] == "Too much time has passed. Give the file again."
    assert texts_of(translated) == {"title": "Sleep", "heading": "Welcome."}


@pytest.mark.parametrize("kind", KINDS)
def test_what_the_same_person_typed_since_is_not_overwritten_either(
    desk: Client, translated: Translation, kind: str
) -> None:
    data = exported(desk, translated, kind)
    type_at_desk(translated, "title", "Typed later", user="translator")
    give_back(desk, translated, changed(data, kind, title="In the file"), kind)
    assert texts_of(translated)["title"] == "Typed later"


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_from_before_the_fingerprints_replaces_no_text_of_another(
    desk: Client, translated: Translation, kind: str
) -> None:
    content = WRITERS[kind].read(exported(desk, translated, kind).encode())
    data = WRITERS[kind].write(replace(content, exported=())).decode()
    type_at_desk(translated, "title", "A colleague's title")
    shown = planned(desk, translated, changed(data, kind, heading="You are welcome."), kind)
    assert fates(shown) == {"title": "newer", "heading": "newer"}
    confirm(desk, translated, shown, take=["heading"])
    assert texts_of(translated) == {"title": "A colleague's title", "heading": "You are welcome."}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "text",
    ['"A" &amp; <b>b</b> &lt; 5', "one<br/>two\xa0three", "tab\there\nline", "a &quot;b&quot;"],
)
def test_a_fingerprint_outlives_the_file_format(kind: str, text: str) -> None:
    unit = Unit("heading", text, text)
    content = TranslationFile("", "sv", "en", "", [unit], (fingerprint(unit),))
    back = WRITERS[kind].read(WRITERS[kind].write(content))
    own: Any = replace(back.units[0], source=text)
    assert back.exported == (fingerprint(own),)


@pytest.mark.parametrize("kind", KINDS)
def test_a_text_that_was_deleted_here_comes_back_only_where_that_is_chosen(
    desk: Client, translated: Translation, kind: str
) -> None:
    data = exported(desk, translated, kind)
    page = Desk(log_in("editor"), translated)
    page.send(**{f"text-{page.key('title')}": ""})
    shown = planned(desk, translated, changed(data, kind, title="Sleep well"), kind)
    assert fates(shown)["title"] == "newer"
    confirm(desk, translated, shown)
    assert "title" not in texts_of(translated)


@pytest.mark.parametrize("kind", KINDS)
def test_a_text_whose_links_led_elsewhere_at_the_export_has_no_place(
    desk: Client, translated: Translation, page: Any, kind: str
) -> None:
    data = exported(desk, translated, kind)
    texts = {"introduction": 'Read <b>more</b> at <a id="a1">our place</a>.'}
    file = fill(data, kind, texts)
    # The order in which a program writes the attributes of a link says nothing.
    other = re.sub(r'(linktype="page") (id="\d+")', r"\2 \1", page.introduction)
    assert other != page.introduction
    for introduction in (page.introduction, other):
        page.introduction = introduction
        page.save_revision().publish()
        assert fates(planned(desk, translated, file, kind))["introduction"] == "new"
    home = page.get_parent()
    page.introduction = re.sub(r'id="\d+"', f'id="{home.pk}"', page.introduction)
    page.save_revision().publish()
    shown = planned(desk, translated, file, kind)
    assert fates(shown)["introduction"] == "gone"
    assert shown.context["plan"].is_older
