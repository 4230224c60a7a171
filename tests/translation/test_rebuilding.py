"""`rebuild_translation_states`, and the translation states of the demo content."""

from typing import Any

import pytest
from django.core.management import call_command
from wagtail_localize.models import Translation

from cms.translation.models import LiveTexts, TranslationState
from pages.models import ContentPage

from .conftest import publish, state_of
from .desk.reading import Desk, log_in


def states() -> dict[int, Any]:
    fields = ("segments_total", "segments_done", "stale_since", "stale_weight", "edited_directly")
    return {row["pk"]: row for row in TranslationState.objects.values("pk", *fields)}


@pytest.mark.django_db
def test_every_translation_of_the_demo_content_is_current() -> None:
    found = TranslationState.objects.all()
    assert found.count() == Translation.objects.count() > 0
    for state in found:
        assert state.segments_done == state.segments_total, state.translation
        assert state.stale_since is None, state.translation
        assert not state.edited_directly, state.translation
        assert state.published_at is not None, state.translation


@pytest.mark.django_db
def test_rebuilding_from_nothing_gives_the_same(capsys: Any) -> None:
    before = states()
    TranslationState.objects.all().delete()
    LiveTexts.objects.all().delete()
    call_command("rebuild_translation_states", verbosity=0)
    assert states() == before
    call_command("rebuild_translation_states", verbosity=0)
    assert states() == before


def test_rebuilding_keeps_since_when_a_translation_is_behind(
    page: ContentPage, translation: Translation
) -> None:
    publish(page, title="Ny titel")
    before = state_of(translation).stale_since
    call_command("rebuild_translation_states", verbosity=0)
    assert state_of(translation).stale_since == before is not None


def test_rebuilding_from_nothing_knows_a_text_that_was_reworded_since(
    page: ContentPage, translation: Translation
) -> None:
    """What is live is no translation that is stored any more, and was one when it went live."""
    Desk(log_in("translator"), translation).write("title", "Contact us, in other words")
    assert state_of(translation).stale_since is None
    TranslationState.objects.all().delete()
    LiveTexts.objects.all().delete()
    call_command("rebuild_translation_states", verbosity=0)
    assert state_of(translation).stale_since is None
    publish(page, title="Ny titel")
    TranslationState.objects.all().delete()
    LiveTexts.objects.all().delete()
    call_command("rebuild_translation_states", verbosity=0)
    assert state_of(translation).stale_since is not None
