"""Tests that `manage.py seed` writes once and keeps editors' changes."""

from typing import Any

import pytest
from django.apps import apps
from django.core import serializers
from django.core.management import call_command
from wagtail.images import get_image_model
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation, TranslationSource

from cms.content.models import BasePage, BaseSnippet
from faq.models import FaqEntry, FaqTopic
from pages.models import Concern, SelfTestCallToAction, SiteFurniture, TherapyMethodPage


def database() -> dict[str, str]:
    """Return everything stored, as text, by model."""
    return {
        model._meta.label: serializers.serialize("json", model._base_manager.order_by("pk"))
        for model in apps.get_models()
        if not model._meta.proxy and model._meta.managed
    }


@pytest.mark.django_db
def test_a_second_run_changes_nothing() -> None:
    before = database()
    call_command("seed", verbosity=0)
    after = database()
    assert [name for name in before if before[name] != after[name]] == []


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_promised_content_is_there(language: str) -> None:
    locale = Locale.objects.get(language_code=language)
    live = {"locale": locale, "live": True}
    assert TherapyMethodPage.objects.filter(**live).count() == 8
    assert Concern.objects.filter(**live).count() == 11
    assert FaqTopic.objects.filter(**live).count() == 4
    assert FaqEntry.objects.filter(**live).count() == 22
    assert SelfTestCallToAction.objects.filter(**live).count() == 2
    assert SiteFurniture.objects.filter(**live).count() == 1
    assert Page.objects.filter(**live, depth__gt=1).count() == 28


@pytest.mark.django_db
def test_every_translation_is_finished_in_both_directions() -> None:
    translations = Translation.objects.select_related("source__locale", "target_locale")
    assert {
        (t.source.locale.language_code, t.target_locale.language_code) for t in translations
    } == {
        ("sv", "en"),
        ("en", "sv"),
    }
    for translation in translations:
        total, done = translation.get_progress()
        assert total == done > 0, translation.source
    sources = TranslationSource.objects.filter(
        specific_content_type__model="therapymethodpage"
    ).values_list("locale__language_code", flat=True)
    assert sorted(sources) == ["en"] * 4 + ["sv"] * 4


@pytest.mark.full
@pytest.mark.django_db
def test_every_demo_page_opens_as_a_finished_translation(admin_client: Any) -> None:
    """Editors of a translated page open the translation, not a copy in another language."""
    for translation in Translation.objects.filter(enabled=True):
        target = translation.get_target_instance()
        if isinstance(target, BasePage):
            response = admin_client.get(f"/admin/pages/{target.pk}/edit/")
            assert response.status_code == 200
            assert "translation/desk/desk.html" in {each.name for each in response.templates}


@pytest.mark.full
@pytest.mark.django_db
def test_an_editors_change_stays_without_reset() -> None:
    """A run with `--reset` also describes images in the language of descriptions."""
    page = TherapyMethodPage.objects.get(slug="kbt", locale__language_code="sv")
    demo_heading = page.heading
    page.heading = "En redaktörs rubrik"
    page.save_revision().publish()
    call_command("seed", verbosity=0)
    page.refresh_from_db()
    assert page.heading == "En redaktörs rubrik"
    get_image_model().objects.update(description="")
    call_command("seed", reset=True, verbosity=0)
    page.refresh_from_db()
    assert page.heading == demo_heading
    described = dict(get_image_model().objects.values_list("title", "description"))
    assert described["Samtal – home"].startswith("Två fåtöljer vända mot varandra")
    assert all(described.values())


@pytest.mark.django_db
def test_once_leaves_a_site_alone_even_where_a_demo_page_is_gone() -> None:
    Page.objects.get(slug="emdr", locale__language_code="sv").specific.delete()
    call_command("seed", once=True, verbosity=0)
    assert not Page.objects.filter(slug="emdr", locale__language_code="sv").exists()


@pytest.mark.django_db
def test_snippets_are_translated_too() -> None:
    for model in apps.get_models():
        if issubclass(model, BaseSnippet):
            for snippet in model._default_manager.all():
                assert snippet.get_translations().count() == 1, snippet


@pytest.mark.django_db
def test_once_finishes_a_first_run_that_was_interrupted() -> None:
    Page.objects.get(slug="kbt", locale__language_code="sv").specific.delete()
    Page.objects.get(slug="hem").unpublish()
    call_command("seed", once=True, verbosity=0)
    assert Page.objects.get(slug="kbt", locale__language_code="sv").live
