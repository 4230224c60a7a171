"""What is the same in all languages goes live in all of them, or the others are behind."""

import html
import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.contrib.messages.storage.fallback import FallbackStorage
from django.utils.translation import override
from wagtail_factories import ImageFactory
from wagtail_localize.models import (
    OverridableSegment,
    SegmentOverride,
    Translation,
)

from cms.translation.engine import targets
from cms.translation.engine.parts import parts_of
from cms.translation.engine.segments import segment_rows
from cms.translation.matrix.after_publishing import tell
from faq.models import FaqEntry
from pages.models import ContentPage, SiteFurniture, TherapyMethodPage
from tests.factories import FaqTopicFactory
from tests.reading import Api
from tests.translation.desk.reading import Desk, edit_url, log_in

from ..conftest import Submit, english, state_of, translate, translation_of
from ..conftest import publish as publish_as_editor

LINKED = '<p>Läs <a href="{}">här</a>.</p>'
BODY = [
    ("quote", {"text": "Jag sover.", "attribution": "Ett barn"}),
    ("list", {"heading": "Ta med", "items": ["Vatten", "Kläder"]}),
    ("quote", {"text": "Jag vilar.", "attribution": "Någon"}),
]


Publish = Callable[..., Any]


@pytest.fixture
def publish(django_capture_on_commit_callbacks: Any) -> Publish:
    """Publishes as the editor does, to the end of what follows the commit."""

    def to_the_end(instance: Any, weight: str = "", **changes: Any) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            return publish_as_editor(instance, weight, **changes)

    return to_the_end


@pytest.fixture
def linked(untranslated: ContentPage, submit: Submit, user: Any, publish: Publish) -> Translation:
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
    site: Any, api: Api, name: str, value: str, publish: Publish
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
    linked: Translation, publish: Publish
) -> None:
    words = target(linked).introduction.replace("/ett", "/två")
    publish(source(linked), "meaning", introduction=LINKED.format("https://samtal.example/två"))
    live = target(linked)
    assert live.introduction == words
    assert live.stale_since is None
    assert not live.has_unpublished_changes
    assert state_of(linked).carried_parts == ["introduction#form"]


def test_the_order_of_blocks_is_carried_over(linked: Translation, publish: Publish) -> None:
    page = source(linked)
    publish(page, body=json.dumps(raw(page)[::-1]))
    assert [
        block.value["text"] for block in target(linked).body if block.block_type == "quote"
    ] == [
        english("Jag vilar."),
        english("Jag sover."),
    ]
    assert state_of(linked).stale_since is None


def test_a_block_that_is_gone_is_gone_in_both(linked: Translation, publish: Publish) -> None:
    page = source(linked)
    publish(page, body=json.dumps(raw(page)[1:]))
    # Its words are still live in English: what is behind is told.
    state = state_of(linked)
    live = len(target(linked).body)
    assert (live == 2 and state.stale_since is None) or (live == 3 and state.stale_since)


def test_a_text_that_waits_is_not_published_with_a_part(
    linked: Translation, publish: Publish
) -> None:
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


def test_an_own_value_of_the_translation_stays(site: Any, publish: Publish) -> None:
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


def test_a_new_text_leaves_it_behind_with_its_parts(linked: Translation, publish: Publish) -> None:
    page = source(linked)
    blocks = raw(page)
    new = {"type": "quote", "value": {"text": "Ett nytt citat."}, "id": str(uuid4())}
    publish(page, body=json.dumps([*blocks, new]))
    assert len(target(linked).body) == len(blocks)
    state = state_of(linked)
    assert state.stale_since is not None
    assert "body#order" in state.parts


def test_an_older_revision_that_goes_live_has_the_parts_that_it_was_made_with(
    linked: Translation, user: Any, publish: Publish
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


def test_what_is_edited_directly_is_left_alone(linked: Translation, publish: Publish) -> None:
    page = target(linked)
    linked.enabled = False
    linked.save()
    publish(page, title="Own title")
    publish(source(linked), introduction=LINKED.format("https://samtal.example/två"))
    assert "/ett" in target(linked).introduction
    assert state_of(linked).stale_since is not None


def test_pasted_blocks_are_no_difference(linked: Translation, publish: Publish) -> None:
    page = source(linked)
    publish(page, body=[(b.block_type, b.value) for b in page.body])
    state = state_of(linked)
    assert (state.stale_since, state.parts) == (None, [])


def test_content_from_before_parts_were_known_is_current_until_it_changes(
    linked: Translation, publish: Publish
) -> None:
    linked.live_texts.parts = None
    linked.live_texts.save()
    publish(source(linked))
    assert state_of(linked).stale_since is None
    linked.live_texts.refresh_from_db()
    linked.live_texts.parts = None
    linked.live_texts.save()
    Desk(log_in("translator"), linked).write("title", "Waits")
    publish(source(linked), introduction=LINKED.format("https://samtal.example/två"))
    assert state_of(linked).parts == ["introduction#form"]


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "Carried over into English: Phone number."),
        ("sv", "Fört över till engelska: Telefonnummer."),
    ],
)
def test_who_publishes_is_told_what_was_carried_over(
    site: Any, publish: Publish, rf: Any, language: str, told: str
) -> None:
    """The hook of Wagtail's editors: their transaction ends before their answer does."""
    furniture = SiteFurniture.objects.get(locale__language_code="sv")
    request = rf.post(edit_url(furniture), {"action-publish": "yes"})
    request.session = {}
    request._messages = FallbackStorage(request)
    with override(language):
        publish(furniture, contact_phone="08-999 99 99")
        tell(request, furniture)
    assert [str(message).strip() for message in request._messages] == [told]


def test_matrix_and_desk_name_what_differs(linked: Translation, publish: Publish) -> None:
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


# --- What waits stays where it is --------------------------------------------------------------


def other_link(linked: Translation, publish: Publish) -> Any:
    """Publish another address; returns the live translation afterwards."""
    publish(source(linked), introduction=LINKED.format("https://samtal.example/två"))
    return target(linked)


def test_an_address_that_waits_does_not_go_live(linked: Translation, publish: Publish) -> None:
    before = target(linked).slug
    Desk(log_in("translator"), linked).write("slug", "waiting-slug")
    live = other_link(linked, publish)
    assert (live.slug, "/ett" in live.introduction) == (before, True)
    assert state_of(linked).parts == ["introduction#form"]


def test_words_that_change_places_at_the_desk_do_not_go_live(
    linked: Translation, publish: Publish
) -> None:
    quotes = [row for row in segment_rows(linked) if row.source_text.startswith("Jag ")]
    desk = Desk(log_in("translator"), linked)
    desk.send(**{f"text-{quotes[0].key}": english("Jag vilar.")})
    desk.send(**{f"text-{quotes[1].key}": english("Jag sover.")})
    before = target(linked).body.get_prep_value()
    assert other_link(linked, publish).body.get_prep_value() == before


def test_an_own_value_whose_removal_waits_stays(site: Any, publish: Publish) -> None:
    translated = translation_of(SiteFurniture.objects.get(locale__language_code="sv"))
    desk = Desk(log_in("editor"), translated)
    name = next(
        each["name"]
        for each in desk.soup.find_all("input", {"type": "email"})
        if each["name"].startswith("override-")
    )
    desk.send("action-publish", **{name: "english@samtal.example"})
    Desk(log_in("editor"), translated).send(**{name: ""})
    publish(source(translated), contact_phone="08-1")
    assert target(translated).contact_email == "english@samtal.example"
    assert target(translated).contact_phone != "08-1"
    assert state_of(translated).parts == ["contact_phone"]


def test_a_locked_translation_is_left_alone(linked: Translation, publish: Publish) -> None:
    page = target(linked)
    page.locked, page.locked_by = True, get_user_model().objects.get(username="translator")
    page.save()
    assert "/ett" in other_link(linked, publish).introduction


def test_a_draft_of_the_translation_stays_the_latest(linked: Translation, publish: Publish) -> None:
    page = target(linked)
    page.title = "A draft"
    draft = page.save_revision()
    live = other_link(linked, publish)
    assert live.latest_revision_id == draft.pk
    assert "/ett" in live.introduction


def test_an_own_image_that_was_deleted_stops_no_publication(
    linked: Translation, publish: Publish, user: Any
) -> None:
    one, two = ImageFactory(), ImageFactory()
    publish(source(linked), image=one, image_alt_text="Ett träd")
    segment = OverridableSegment.objects.get(source=linked.source, context__path="image")
    SegmentOverride.objects.create(
        locale=linked.target_locale, context=segment.context, data_json=json.dumps(two.pk)
    )
    translate(linked)
    targets.publish(translation_of(source(linked)), user)
    two.delete()
    other_link(linked, publish)
    assert "/två" in source(linked).introduction
    assert state_of(linked).stale_since is not None


def test_a_number_that_the_words_of_a_link_name_is_not_changed_under_them(
    linked: Translation, publish: Publish, user: Any
) -> None:
    publish(source(linked), introduction='<p>Ring <a href="tel:1177">vården</a>.</p>')
    Desk(log_in("editor"), linked).write(
        "introduction", 'Call <a id="a1">1177</a>.', "action-publish"
    )
    assert '<a href="tel:1177">1177</a>' in target(linked).introduction
    publish(source(linked), introduction='<p>Ring <a href="tel:112">vården</a>.</p>')
    assert '<a href="tel:1177">1177</a>' in target(linked).introduction
    assert state_of(linked).parts == ["introduction#form"]


# --- Nothing is silently different --------------------------------------------------------------


def test_paragraphs_that_change_places_follow(
    untranslated: ContentPage, submit: Submit, user: Any, publish: Publish
) -> None:
    page = publish(untranslated, introduction="<p>Ett.</p><p>Två.</p>")
    translation = submit(page)
    translate(translation)
    targets.publish(translation, user)
    publish(page, introduction="<p>Två.</p><p>Ett.</p>")
    text = target(translation).introduction
    assert text.index("Två") < text.index("Ett.")
    assert state_of(translation).stale_since is None


def test_paragraphs_that_change_places_are_behind_where_they_cannot_follow(
    untranslated: ContentPage, submit: Submit, user: Any, publish: Publish
) -> None:
    page = publish(untranslated, introduction="<p>Ett.</p><p>Två.</p>")
    translation = submit(page)
    translate(translation)
    targets.publish(translation, user)
    Desk(log_in("translator"), translation).write("title", "Waits")
    publish(page, introduction="<p>Två.</p><p>Ett.</p>")
    state = state_of(translation)
    assert state.parts == ["introduction#order"]
    assert state.stale_since is not None


def test_a_topic_without_a_translation_is_told_until_it_has_one(
    site: Any, publish: Publish, user: Any
) -> None:
    keys = FaqEntry.objects.filter(live=True).values("translation_key")
    translated = Translation.objects.filter(
        source__object__in=keys, source__locale__language_code="sv"
    ).first()
    assert translated is not None
    topic = publish(FaqTopicFactory())
    publish(source(translated), topic=topic)
    assert state_of(translated).parts == ["topic"]
    assert state_of(translated).stale_since is not None


@pytest.mark.parametrize(("name", "value"), [("show_in_menus", True)])
def test_a_setting_of_the_page_is_a_part(
    linked: Translation, publish: Publish, name: str, value: Any
) -> None:
    publish(source(linked), **{name: value})
    assert getattr(target(linked), name) == value


def test_no_sessions_are_not_the_same_as_an_unknown_number() -> None:
    model = TherapyMethodPage
    assert parts_of(model, {"sessions_minimum": 0}) != parts_of(model, {"sessions_minimum": None})


def test_what_was_published_by_other_means_is_not_taken_for_current(
    linked: Translation, publish: Publish
) -> None:
    Desk(log_in("translator"), linked).write("title", "Waits")
    other_link(linked, publish)
    page = target(linked)
    page.save_revision().publish()
    assert state_of(linked).parts == ["introduction#form"]
