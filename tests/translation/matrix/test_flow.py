"""A page and a snippet pass through every status by the actions of editors and translators."""

from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page
from wagtail_localize.models import Translation

from cms.translation.engine import targets
from cms.translation.engine.segments import segment_rows
from pages.models import ContentPage, SelfTestCallToAction
from tests.factories import ContentPageFactory
from tests.translation.conftest import Submit, publish, translate
from tests.translation.matrix.reading import cell_of


def english(client: Client, instance: Any) -> str:
    """The status and the details of the English cell."""
    text = cell_of(client, str(instance), "English")
    assert text is not None
    return text


def test_a_new_page(site: Any, submit: Submit, user: Any, english_admin: Client) -> None:
    page = ContentPageFactory(parent=Page.objects.get(slug="hem"), title="Behandling")
    page = publish(page)
    assert english(english_admin, page).startswith("Not started")
    translation = submit(page)
    total = len(segment_rows(translation))
    assert english(english_admin, page).startswith(f"In translation 0 of {total} segments")
    translate(translation, only={"title"})
    assert english(english_admin, page).startswith(f"In translation 1 of {total} segments")
    translate(translation)
    assert english(english_admin, page).startswith("Ready to publish")
    targets.publish(translation, user)
    assert english(english_admin, page).startswith("Live and current")


@pytest.mark.parametrize("weight", ["meaning", "wording"])
def test_a_changed_page(
    weight: str, page: ContentPage, translation: Translation, user: Any, english_admin: Client
) -> None:
    changed = publish(page, weight=weight, title="Vår behandling")
    behind = english(english_admin, changed)
    assert behind.startswith(f"Live but behind The {weight} changed")
    assert "1 segment to translate" in behind
    translate(translation, only={"title"})
    ready = english(english_admin, changed)
    assert ready.startswith(f"Ready to publish The {weight} changed")
    assert "Visitors see the earlier text until you publish." in ready
    targets.publish(translation, user)
    assert english(english_admin, changed).startswith("Live and current")


def test_publishing_an_unchanged_page_leaves_it_current(
    page: ContentPage, translation: Translation, english_admin: Client
) -> None:
    publish(page, show_in_menus=True)
    assert english(english_admin, page).startswith("Live and current")


def test_a_page_whose_source_is_unpublished_and_published_again(
    page: ContentPage, translation: Translation, english_admin: Client
) -> None:
    page.unpublish()
    assert english(english_admin, page).startswith("Live, source unpublished")
    publish(page)
    assert english(english_admin, page).startswith("Live and current")


def test_a_changed_snippet(
    cta: SelfTestCallToAction,
    cta_translation: Translation,
    user: Any,
    english_admin: Client,
) -> None:
    assert english(english_admin, cta).startswith("Live and current")
    changed = publish(cta, weight="meaning", heading="Hur har du det?")
    assert english(english_admin, changed).startswith("Live but behind The meaning changed")
    translate(cta_translation)
    targets.publish(cta_translation, user)
    assert english(english_admin, changed).startswith("Live and current")


def test_stopping_a_translation_leaves_the_page_edited_directly(
    page: ContentPage, translation: Translation, english_admin: Client
) -> None:
    translation.enabled = False
    translation.save()
    assert english(english_admin, page).startswith("Edited directly")


def test_a_translation_that_is_hidden_while_it_is_behind(
    page: ContentPage, translation: Translation, english_admin: Client, monkeypatch: Any
) -> None:
    monkeypatch.setattr(ContentPage, "hides_stale_translations", True)
    changed = publish(page, weight="meaning", title="Vår behandling")
    assert "Hidden from visitors until you publish." in english(english_admin, changed)
    translate(translation)
    assert "Visitors see" not in english(english_admin, changed)
