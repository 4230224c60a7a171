"""Translations with the progress that a test sets."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation

from cms.translation.models import TranslationState

# Changes how far the English translation of the page with a Swedish slug has come.
SetState = Callable[..., Page]


@pytest.fixture
def all_current(db: None) -> None:
    """Every translation of the demo content says what its original says."""
    TranslationState.objects.all().delete()
    TranslationState.objects.bulk_create(
        TranslationState(translation=translation, segments_total=10, segments_done=10)
        for translation in Translation.objects.all()
    )


@pytest.fixture
def set_state(all_current: None, sv: Locale, en: Locale) -> SetState:
    def change(slug: str, *, live: bool = True, **fields: Any) -> Page:
        page = Page.objects.get(slug=slug, locale=sv)
        state = TranslationState.objects.filter(
            translation__source__object_id=page.translation_key, translation__target_locale=en
        )
        assert state.update(**fields) == 1 if fields else state.exists()
        english = Page.objects.filter(translation_key=page.translation_key, locale=en)
        english.update(live=live)
        return english.get()

    return change


@pytest.fixture
def english_admin(english_editor: Client) -> Client:
    return english_editor
