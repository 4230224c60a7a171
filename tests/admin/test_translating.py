"""Translations that are begun in the admin stay drafts until they are published."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from wagtail.models import Locale, Page

from faq.models import FaqEntry, FaqTopic
from tests.factories import ContentPageFactory, FaqEntryFactory
from tests.reading import Api


@pytest.fixture
def translator(db: None) -> Client:
    client = Client()
    client.force_login(get_user_model().objects.get(username="translator"))
    return client


def test_a_page_sent_for_translation_is_a_draft(
    translator: Client, client: Client, api: Api, en: Locale
) -> None:
    page = ContentPageFactory(
        parent=Page.objects.get(slug="hem"), slug="nyhet", title="Nyhet på svenska"
    )
    page.save_revision().publish()
    response = translator.post(f"/admin/localize/submit/page/{page.pk}/", {"locales": [str(en.pk)]})
    assert response.status_code == 302, response.context["form"].errors
    translation = page.get_translation(en)
    assert not translation.live
    assert client.get("/nyhet/").status_code == 200
    assert client.get("/en/nyhet/").status_code == 404
    assert "Nyhet på svenska" not in str(api.get("pages/", locale="en", limit=100))
    assert api.page("/nyhet/")["translations"] == []
    edit = translator.get(f"/admin/pages/{translation.pk}/edit/")
    assert "translation/desk/desk.html" in {template.name for template in edit.templates}


def test_a_question_sent_for_translation_is_a_draft(
    translator: Client, api: Api, en: Locale
) -> None:
    topic = FaqTopic.objects.get(slug="praktiska-fragor", locale__language_code="sv")
    entry = FaqEntryFactory(question="En fråga på svenska?", topic=topic)
    entry.save_revision().publish()
    response = translator.post(
        f"/admin/localize/submit/snippet/faq/faqentry/{entry.pk}/", {"locales": [str(en.pk)]}
    )
    assert response.status_code == 302, response.context["form"].errors
    assert not entry.get_translation(en).live
    assert "En fråga på svenska?" in str(api.page("/vanliga-fragor/"))
    assert "En fråga på svenska?" not in str(api.page("/en/faq/"))


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_page_has_a_preview_in_its_own_language(language: str) -> None:
    for page in Page.objects.filter(locale__language_code=language, depth__gt=1).specific():
        response = page.make_preview_request()
        assert response.status_code == 200
        assert f'<html lang="{language}"' in response.rendered_content


@pytest.mark.django_db
def test_a_preview_shows_the_draft(client: Client) -> None:
    page = Page.objects.get(slug="kontakt").specific
    page.heading = "Ett utkast till rubrik"
    page.save_revision()
    draft = page.get_latest_revision_as_object()
    assert "Ett utkast till rubrik" in draft.make_preview_request().rendered_content
    assert "Ett utkast till rubrik" not in client.get("/kontakt/").content.decode()


def test_a_translated_entry_belongs_to_the_translated_topic(en: Locale) -> None:
    for entry in FaqEntry.objects.filter(locale=en):
        assert entry.topic.locale_id == en.pk
