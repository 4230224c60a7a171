"""What is the same in all languages goes live in all of them, or the others are behind."""

import html
import json
from typing import Any
from uuid import uuid4

import pytest
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield
from wagtail.users.models import UserProfile
from wagtail_localize.models import StringTranslation, Translation

from cms.translation.engine import targets
from pages.models import ContentPage, SiteFurniture
from tests.reading import Api
from tests.translation.desk.reading import Desk, edit_url, log_in

from ..conftest import Submit, english, publish, state_of, translate, translation_of

LINKED = '<p>Läs <a href="{}">här</a>.</p>'
BODY = [
    ("quote", {"text": "Jag sover.", "attribution": "Ett barn"}),
    ("list", {"heading": "Ta med", "items": ["Vatten", "Kläder"]}),
    ("quote", {"text": "Jag vilar.", "attribution": "Någon"}),
]


@pytest.fixture
def linked(untranslated: ContentPage, submit: Submit, user: Any) -> Translation:
    """A page with a link and blocks, translated and live in both languages."""
    page = publish(
        untranslated, introduction=LINKED.format("https://samtal.example/ett"), body=BODY
    )
    translation = submit(page)
    translate(translation)
    targets.publish(translation, user)
    return translation


def target(translation: Translation) -> Any:
    return translation.get_target_instance()


def source(translation: Translation) -> Any:
    return translation.source.get_source_instance()


def raw(page: Any) -> list[dict[str, Any]]:
    """The blocks of a page as they are stored."""
    blocks: list[dict[str, Any]] = json.loads(page.get_latest_revision().content["body"])
    return blocks


@pytest.mark.parametrize(
    ("name", "value"),
    [("contact_phone", "08-999 99 99"), ("contact_email", "ny@samtal.example")],
)
def test_a_value_of_the_furniture_is_carried_over(
    site: Any, api: Api, name: str, value: str
) -> None:
    furniture = SiteFurniture.objects.get(locale__language_code="sv")
    publish(furniture, **{name: value})
    translated = translation_of(furniture)
    assert getattr(target(translated), name) == value
    state = state_of(translated)
    assert (state.stale_since, state.parts, state.carried_parts) == (None, [], [name])
    contact = api.get("navigation/?locale=en")["contact"]
    assert value in (contact["phone"], contact["email"])


def test_the_address_of_a_link_is_carried_over_with_the_words_that_are_live(
    linked: Translation,
) -> None:
    words = target(linked).introduction.replace("/ett", "/två")
    publish(source(linked), "meaning", introduction=LINKED.format("https://samtal.example/två"))
    live = target(linked)
    assert live.introduction == words
    assert live.stale_since is None
    assert not live.has_unpublished_changes
    assert state_of(linked).carried_parts == ["introduction#form"]


def test_the_order_of_blocks_is_carried_over(linked: Translation) -> None:
    page = source(linked)
    publish(page, body=json.dumps(raw(page)[::-1]))
    assert [
        block.value["text"] for block in target(linked).body if block.block_type == "quote"
    ] == [
        english("Jag vilar."),
        english("Jag sover."),
    ]
    assert state_of(linked).stale_since is None


def test_a_block_that_is_gone_is_gone_in_both(linked: Translation) -> None:
    page = source(linked)
    publish(page, body=json.dumps(raw(page)[1:]))
    # Its words are still live in English: what is behind is told.
    state = state_of(linked)
    live = len(target(linked).body)
    assert (live == 2 and state.stale_since is None) or (live == 3 and state.stale_since)


def test_a_reworded_text_that_waits_is_not_published_with_a_part(linked: Translation) -> None:
    Desk(log_in("translator"), linked).write("title", "A title that waits")
    publish(source(linked), introduction=LINKED.format("https://samtal.example/två"))
    live = target(linked)
    assert "/ett" in live.introduction
    assert live.title != "A title that waits"
    state = state_of(linked)
    assert state.stale_since is not None
    assert state.parts == ["introduction#form"]
    Desk(log_in("editor"), linked).send("action-publish")
    assert "/två" in target(linked).introduction
    assert state_of(linked).stale_since is None


def test_an_own_value_of_the_translation_stays(site: Any) -> None:
    furniture = SiteFurniture.objects.get(locale__language_code="sv")
    translated = translation_of(furniture)
    desk = Desk(log_in("editor"), translated)
    name = next(
        field["name"]
        for field in desk.soup.find_all("input", {"name": True})
        if field["name"].startswith("override-") and field.get("type") == "email"
    )
    desk.send("action-publish", **{name: "english@samtal.example"})
    assert target(translated).contact_email == "english@samtal.example"
    publish(source(translated), contact_email="svenska@samtal.example")
    assert target(translated).contact_email == "english@samtal.example"
    assert state_of(translated).stale_since is None


def test_a_new_text_leaves_the_translation_behind_with_its_parts(linked: Translation) -> None:
    page = source(linked)
    blocks = raw(page)
    new = {"type": "quote", "value": {"text": "Ett nytt citat."}, "id": str(uuid4())}
    publish(page, body=json.dumps([*blocks, new]))
    assert len(target(linked).body) == len(blocks)
    state = state_of(linked)
    assert state.stale_since is not None
    assert "body#order" in state.parts


def test_an_older_revision_that_goes_live_has_the_parts_that_it_was_made_with(
    linked: Translation, user: Any
) -> None:
    older = target(linked).live_revision
    publish(source(linked), introduction=LINKED.format("https://samtal.example/två"))
    assert "/två" in target(linked).introduction
    older.refresh_from_db()
    older.publish(user=user)
    assert "/ett" in target(linked).introduction
    state = state_of(linked)
    assert state.parts == ["introduction#form"]
    assert state.stale_since is not None


def test_what_is_edited_directly_is_left_alone(linked: Translation) -> None:
    page = target(linked)
    linked.enabled = False
    linked.save()
    publish(page, title="Own title")
    publish(source(linked), introduction=LINKED.format("https://samtal.example/två"))
    assert "/ett" in target(linked).introduction
    assert state_of(linked).stale_since is not None


def test_pasted_blocks_with_new_ids_are_no_difference(linked: Translation) -> None:
    page = source(linked)
    publish(page, body=[(b.block_type, b.value) for b in page.body])
    state = state_of(linked)
    assert (state.stale_since, state.parts) == (None, [])


def test_content_from_before_parts_were_known_is_current_until_it_changes(
    linked: Translation,
) -> None:
    linked.live_texts.parts = None
    linked.live_texts.save()
    publish(source(linked))
    assert state_of(linked).stale_since is None
    linked.live_texts.refresh_from_db()
    linked.live_texts.parts = None
    linked.live_texts.save()
    StringTranslation.objects.filter(context__path="title", locale=linked.target_locale).update(
        data="Waits"
    )
    publish(source(linked), introduction=LINKED.format("https://samtal.example/två"))
    assert state_of(linked).parts == ["introduction#form"]


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "Carried over into English: Phone number"),
        ("sv", "Fört över till engelska: Telefonnummer"),
    ],
)
def test_who_publishes_is_told_what_was_carried_over(site: Any, language: str, told: str) -> None:
    client = log_in("editor")
    UserProfile.objects.filter(user__username="editor").update(preferred_language=language)
    furniture = SiteFurniture.objects.get(locale__language_code="sv")
    data = nested_form_data(
        {
            "crisis_heading": furniture.crisis_heading,
            "crisis_text": rich_text(furniture.crisis_text),
            "crisis_contacts": streamfield(
                [(block.block_type, dict(block.value)) for block in furniture.crisis_contacts]
            ),
            "contact_heading": furniture.contact_heading,
            "contact_text": rich_text(furniture.contact_text),
            "contact_phone": "08-999 99 99",
            "contact_email": furniture.contact_email,
            "footer_text": rich_text(furniture.footer_text),
            "footer_pages": streamfield([]),
            "change_weight": "wording",
            "action-publish": "yes",
        }
    )
    page = client.post(edit_url(furniture), data, follow=True).content.decode()
    assert told in html.unescape(page)


def test_matrix_and_desk_name_what_differs(linked: Translation) -> None:
    Desk(log_in("translator"), linked).write("title", "A title that waits")
    page = source(linked)
    publish(
        page,
        introduction=LINKED.format("https://samtal.example/två"),
        body=json.dumps(raw(page)[::-1]),
    )
    client = log_in("editor")
    report = html.unescape(client.get("/admin/reports/translations/").content.decode())
    assert "Not the same yet: Introduction: links and form; Body: what there is" in report
    desk = Desk(client, linked)
    parts = desk.soup.find(class_="desk-parts").get_text(" ", strip=True)
    assert "Introduction: links and form" in parts
    desk.send("action-publish")
    assert desk.soup.find(class_="desk-parts") is None
