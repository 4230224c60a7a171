"""Tests that nothing that waits goes live when parts are carried over."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone
from wagtail.models import Locale
from wagtail_factories import ImageFactory
from wagtail_localize.models import (
    OverridableSegment,
    SegmentOverride,
    Translation,
)

from cms.translation.engine import targets
from cms.translation.engine.segments import segment_rows
from cms.translation.models import RevisionParts
from pages.models import SiteFurniture
from tests.translation.desk.reading import Desk, log_in

from ..conftest import english, state_of, translate, translation_of
from .carrying import Publish, other_link, source, target


def test_an_address_that_waits_does_not_go_live(linked: Translation, publish: Publish) -> None:
    before = target(linked).slug
    Desk(log_in("translator"), linked).write("slug", "waiting-slug")
    live = other_link(linked, publish)
    assert (live.slug, "/ett" in live.introduction) == (before, True)
    assert state_of(linked).parts == ["introduction#form"]


@pytest.mark.parametrize("weight", ["wording", "meaning"])
def test_visitors_are_told_of_a_part_that_waits_as_the_editor_said(
    linked: Translation, publish: Publish, weight: str
) -> None:
    Desk(log_in("translator"), linked).write("title", "A title that waits")
    introduction = source(linked).introduction.replace("/ett", "/två")
    publish(source(linked), weight, introduction=introduction)
    assert state_of(linked).stale_weight == weight
    assert (target(linked).stale_since is not None) is (weight == "meaning")


def test_an_address_that_was_only_kept_does_not_wait(linked: Translation, publish: Publish) -> None:
    before = target(linked).slug
    introduction = source(linked).introduction.replace("/ett", "/två")
    publish(source(linked), slug="ny-adress", introduction=introduction)
    live = target(linked)
    assert (live.slug, "/två" in live.introduction) == (before, True)


def test_a_title_that_waits_does_not_go_live_though_it_is_spelt_like_the_address(
    linked: Translation, publish: Publish
) -> None:
    before = target(linked)
    Desk(log_in("translator"), linked).write("title", before.slug)
    live = other_link(linked, publish)
    assert (live.title, "/ett" in live.introduction) == (before.title, True)


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


def test_a_new_value_of_another_language_does_not_wait_here(
    linked: Translation, publish: Publish
) -> None:
    """A revision from before its values were noted knows of new ones by their time."""
    RevisionParts.objects.filter(revision=target(linked).live_revision).delete()
    SegmentOverride.objects.create(
        locale=Locale.objects.create(language_code="fi"),
        context=OverridableSegment.objects.filter(source=linked.source).first().context,
        data_json=json.dumps("https://samtal.example/fi"),
    )
    assert "/två" in other_link(linked, publish).introduction


def test_a_locked_translation_is_left_alone(linked: Translation, publish: Publish) -> None:
    page = target(linked)
    page.locked, page.locked_by = True, get_user_model().objects.get(username="translator")
    page.save()
    assert "/ett" in other_link(linked, publish).introduction


@pytest.mark.parametrize(("hours", "follows"), [(-1, True), (1, False)], ids=["past", "to come"])
def test_only_a_publication_that_is_to_come_waits(
    linked: Translation, publish: Publish, hours: int, follows: bool
) -> None:
    page = target(linked)
    page.go_live_at = timezone.now() + timedelta(hours=hours)
    page.save()
    assert ("/två" in other_link(linked, publish).introduction) is follows


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


@pytest.mark.parametrize(("number", "other"), [("1177", "112"), ("112", "1177")])
def test_a_number_that_the_words_of_a_link_name_is_not_changed_under_them(
    linked: Translation, publish: Publish, number: str, other: str
) -> None:
    text = '<p>Ring <a href="tel:{}">vården</a>.</p>'
    publish(source(linked), introduction=text.format(number))
    Desk(log_in("editor"), linked).write(
        "introduction", f'Call <a id="a1">{number}</a>.', "action-publish"
    )
    live = f'<a href="tel:{number}">{number}</a>'
    assert live in target(linked).introduction
    publish(source(linked), introduction=text.format(other))
    assert live in target(linked).introduction
    assert state_of(linked).parts == ["introduction#form"]
