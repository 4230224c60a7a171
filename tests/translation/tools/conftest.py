"""A translated page, and its translators."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation
from wagtail_localize.operations import TranslationCreator

from tests.factories import ContentPageFactory


@pytest.fixture
def translator_user(db: None) -> Any:
    return get_user_model().objects.get(username="translator")


@pytest.fixture
def desk(translator_user: Any) -> Client:
    client = Client()
    client.force_login(translator_user)
    return client


@pytest.fixture
def page(db: None) -> Any:
    """A published Swedish page with a link, bold words and a repeated text."""
    contact = Page.objects.get(slug="kontakt")
    page = ContentPageFactory(
        parent=Page.objects.get(slug="hem"),
        slug="provsida",
        title="Provsida om sömn",
        introduction=(
            f'<p>Läs <b>mer</b> hos <a linktype="page" id="{contact.pk}">oss</a>.</p>'
            "<p>Du är välkommen.</p>"
        ),
        heading="Du är välkommen.",
    )
    page.save_revision().publish()
    return page


@pytest.fixture
def translation(page: Any, translator_user: Any) -> Translation:
    """Its translation into English, with nothing translated."""
    english = Locale.objects.get(language_code="en")
    TranslationCreator(translator_user, [english]).create_translations(page)
    found: Translation = Translation.objects.get(source__object_id=page.translation_key)
    return found


def segment_of(translation: Translation, path: str, begins: str = "") -> StringSegment:
    return StringSegment.objects.get(
        source=translation.source, context__path=path, string__data__startswith=begins
    )


def give(translation: Translation, segment: StringSegment, text: str) -> StringTranslation:
    """A person translates a segment."""
    made, _created = StringTranslation.objects.update_or_create(
        translation_of=segment.string,
        context=segment.context,
        locale=translation.target_locale,
        defaults={"data": text, "translation_type": "manual"},
    )
    return made
