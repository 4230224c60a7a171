"""Values that are the same in all languages, and those that a language has of its own."""

import json
from typing import Any

import pytest
from django.test import Client
from wagtail.images import get_image_model
from wagtail_localize.models import SegmentOverride, Translation

from pages.models import ContentPage
from tests.translation.conftest import Submit, publish
from tests.translation.desk.reading import Desk


def test_a_wrong_value_is_not_published_over(editor: Client, cta_translation: Translation) -> None:
    desk = Desk(editor, cta_translation)
    field = desk.soup.find("input", {"name": lambda name: name and name.startswith("override-")})
    desk.send(**{field["name"]: "no address"})
    assert desk.button("action-publish").has_attr("disabled")
    desk.send("action-publish")
    assert desk.messages() == "Correct the values that are marked first."


def image_field(desk: Desk) -> str:
    """Return the name of the field for an image of this language's own."""
    (name,) = (
        each["name"]
        for each in desk.soup.find_all("input", {"type": "hidden"})
        if each.get("name", "").startswith("override-")
    )
    return str(name)


@pytest.fixture
def illustrated(page: ContentPage, submit: Submit) -> Translation:
    image = get_image_model().objects.first()
    return submit(publish(page, image=image, image_alt_text="Ett rum"))


@pytest.mark.sampled
@pytest.mark.parametrize("value", ["abc", "[]", "null", "9" * 30, "-1", "999999"])
def test_what_cannot_be_chosen_is_refused(
    editor: Client, illustrated: Translation, value: str
) -> None:
    desk = Desk(editor, illustrated)
    desk.send(**{image_field(desk): value})
    assert desk.messages() == "Some texts could not be saved: see below."
    assert "It is not saved: this cannot be chosen here." in desk.soup.get_text(" ")
    assert not SegmentOverride.objects.exists()
    assert editor.get(desk.url).status_code == 200


def test_what_cannot_be_chosen_keeps_nothing_else_from_being_saved(
    editor: Client, page: ContentPage, submit: Submit
) -> None:
    link = '<p>Läs <a href="https://samtal.example/{}">mer</a>.</p>'
    page = publish(
        page,
        introduction=link.format(1),
        image=get_image_model().objects.first(),
        image_alt_text="Ett rum",
        body=[("section", {"heading": number, "text": link.format(number)}) for number in "23"],
    )
    translation = submit(page)
    desk = Desk(editor, translation)
    first, second, third = (
        each["name"]
        for each in desk.soup.find_all("input", {"type": "text"})
        if each.get("name", "").startswith("override-")
    )
    given = {first: "/en/1", second: "/en/2", third: "/en/3"}
    desk.send(**given, **{image_field(desk): "abc"})
    told = desk.soup.get_text(" ")
    assert told.count("It is not saved:") == told.count("this cannot be chosen here.") == 1
    assert {name: desk.form()[name] for name in given} == given
    # One is taken back, one changed, one left.
    given = {first: "", second: "/en/changed"}
    desk.send(**given)
    assert {name: desk.form()[name] for name in (first, second, third)} == {
        **given,
        third: "/en/3",
    }


@pytest.mark.sampled
@pytest.mark.parametrize("value", ["abc", "9" * 30, [], {}])
def test_a_stored_value_that_is_no_key_is_ignored(
    editor: Client, illustrated: Translation, value: Any
) -> None:
    name = image_field(Desk(editor, illustrated))
    SegmentOverride.objects.create(
        locale=illustrated.target_locale,
        context_id=int(name.removeprefix("override-")),
        data_json=json.dumps(value),
        has_error=True,
        field_error="Wrong",
    )
    desk = Desk(editor, illustrated)
    assert desk.soup.find("input", {"name": name}).get("value", "") == ""
    desk.send()
    assert not SegmentOverride.objects.exists()


def test_an_address_of_its_own_is_kept_and_given_back(
    editor: Client, cta_translation: Translation
) -> None:
    desk = Desk(editor, cta_translation)
    (name,) = [
        field["name"]
        for field in desk.soup.find_all("input", {"type": "url"})
        if field["name"].startswith("override-")
    ]
    desk.send("action-publish", **{name: "https://test.example/en/"})
    assert cta_translation.get_target_instance().target_url == "https://test.example/en/"
    desk.send("action-publish", **{name: ""})
    assert cta_translation.get_target_instance().target_url == "https://prov.example/"


def test_a_value_says_whether_it_is_the_same_and_what_is_wrong_with_it(
    editor: Client, page: ContentPage, submit: Submit
) -> None:
    link = '<p>Läs <a href="https://samtal.example/">mer</a>.</p>'
    translation = submit(publish(page, introduction=link))
    desk = Desk(editor, translation)

    def card() -> Any:
        (found,) = desk.soup.find_all("details", class_="desk-card", id=False)
        return found

    def said() -> str:
        return " ".join(card().get_text(" ").split())

    hint = "Another one for English. Leave it empty to have the same."
    same = f"Link address: the same in both languages Svenska: https://samtal.example/ {hint}"
    assert (said(), card()["data-open"], card().has_attr("open")) == (same, "false", False)
    (name,) = (name for name in desk.form() if name.startswith("override-"))
    assert card().find("label")["for"] == card().find("input", {"name": name})["id"] == name
    desk.send(**{name: " not-an-address "})
    other = same.replace("the same in both", "not the same in both")
    fault = "Write an address that begins with https://, mailto:, tel: or /."
    assert (said(), card()["data-open"]) == (f"{other} {fault}", "true")
    assert card().find("input", {"name": name})["value"] == "not-an-address"
    for address in ("mailto:x@samtal.example", "tel:112", "/en/", "#here", "http://x.example"):
        desk.send(**{name: address})
        assert (said(), card()["data-open"], card().has_attr("open")) == (other, "false", True)
    desk.send(**{name: "see https://samtal.example/"})
    assert fault in said()
    SegmentOverride.objects.update(field_error="")
    desk = Desk(editor, translation)
    assert said() == f"{other} This value cannot be used as it stands."
    desk.send(**{name: "/en/"})
    target = translation.get_target_instance()
    type(target).objects.filter(pk=target.pk).update(locked=True)
    desk = Desk(editor, translation)
    assert said() == other.replace(hint, "English: /en/")
    assert name not in desk.form()
