"""Tests that a live translation that differs from its source is not called current."""

from typing import Any

import pytest
from wagtail_localize.models import (
    Translation,
)

from cms.translation.engine import targets
from cms.translation.engine.parts import parts_of
from faq.models import FaqEntry
from pages.models import ContentPage, TherapyMethodPage
from tests.factories import FaqTopicFactory
from tests.translation.desk.reading import Desk, log_in

from ..conftest import Submit, state_of, translate
from .carrying import Publish, other_link, source, target


@pytest.fixture
def ordered(untranslated: ContentPage, submit: Submit, user: Any, publish: Publish) -> Translation:
    """A page with two paragraphs, translated and live in both languages."""
    translation = submit(publish(untranslated, introduction="<p>Ett.</p><p>Två.</p>"))
    translate(translation)
    targets.publish(translation, user)
    return translation


def test_paragraphs_that_change_places_follow(ordered: Translation, publish: Publish) -> None:
    publish(source(ordered), introduction="<p>Två.</p><p>Ett.</p>")
    text = target(ordered).introduction
    assert text.index("Två") < text.index("Ett.")
    assert state_of(ordered).stale_since is None


def test_paragraphs_that_change_places_are_behind_where_they_cannot_follow(
    ordered: Translation, publish: Publish
) -> None:
    Desk(log_in("translator"), ordered).write("title", "Waits")
    publish(source(ordered), introduction="<p>Två.</p><p>Ett.</p>")
    state = state_of(ordered)
    assert state.parts == ["introduction#order"]
    assert state.stale_since is not None


@pytest.fixture
def answered(site: Any) -> Translation:
    """The translation of a question of the demo content, live and current."""
    keys = FaqEntry.objects.filter(live=True).values("translation_key")
    translations = Translation.objects.filter(source__object__in=keys)
    return translations.filter(source__locale__language_code="sv").earliest("pk")


def test_a_topic_without_a_translation_is_told_until_it_has_one(
    answered: Translation, publish: Publish
) -> None:
    topic = publish(FaqTopicFactory())
    publish(source(answered), topic=topic)
    assert state_of(answered).parts == ["topic"]
    assert state_of(answered).stale_since is not None


def test_a_topic_is_that_of_the_language_whichever_was_made_first(
    answered: Translation, publish: Publish, en: Any
) -> None:
    english = publish(FaqTopicFactory(locale=en))
    publish(
        source(answered), topic=publish(FaqTopicFactory(translation_key=english.translation_key))
    )
    assert target(answered).topic == english
    assert state_of(answered).parts == []


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
