"""Pages and snippets with translations."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from wagtail.models import Page
from wagtail.users.models import UserProfile
from wagtail_localize.models import StringTranslation, Translation

from cms.translation.engine.refreshing import source_of
from cms.translation.engine.segments import segment_rows
from cms.translation.models import TranslationState
from pages.models import ContentPage, SelfTestCallToAction, TherapyMethodPage
from tests.factories import ContentPageFactory

Submit = Callable[[Any], Translation]


def english(text: str) -> str:
    """A text that stands for the translation of another."""
    return f"English: {text}"


def translate(translation: Translation, only: set[str] | None = None) -> None:
    """Give every segment that has none, or those at some paths, a text of the target language."""
    for row in segment_rows(translation):
        if row.translation is None and (only is None or row.path in only):
            text = f"en-{row.source_text}" if row.path == "slug" else english(row.source_text)
            StringTranslation.objects.create(
                translation_of=row.segment.string,
                locale=translation.target_locale,
                context=row.segment.context,
                data=text,
                translation_type="manual",
            )


def state_of(translation: Translation) -> TranslationState:
    return TranslationState.objects.get(translation=translation)


def publish(instance: Any, weight: str = "", **changes: Any) -> Any:
    """Change and publish an object as the editor does; gives it as it is stored then."""
    objects = type(instance)._default_manager
    instance = objects.get(pk=instance.pk)
    for name, value in changes.items():
        setattr(instance, name, value)
    instance.change_weight = weight
    instance.save_revision().publish()
    return objects.get(pk=instance.pk)


def translation_of(instance: Any) -> Translation:
    return Translation.objects.select_related("source__locale", "target_locale").get(
        source__object_id=instance.translation_key
    )


@pytest.fixture
def user(db: None) -> Any:
    return get_user_model().objects.get(username="editor")


@pytest.fixture
def submit(en: Any) -> Submit:
    """Sends an object for translation into English; the target is a draft."""

    def send(instance: Any) -> Translation:
        source = source_of(instance)
        translation: Translation = Translation.objects.create(source=source, target_locale=en)
        translation.save_target(publish=False)
        return translation

    return send


@pytest.fixture
def page(site: Any) -> ContentPage:
    """A page of the demo content, in Swedish and translated into English."""
    return ContentPage.objects.get(slug="kontakt")


@pytest.fixture
def translation(page: ContentPage) -> Translation:
    """The page's translation, live and current."""
    return translation_of(page)


@pytest.fixture
def cta(site: Any) -> SelfTestCallToAction:
    return SelfTestCallToAction.objects.get(heading="Hur har du mått på sistone?")


@pytest.fixture
def cta_translation(cta: SelfTestCallToAction) -> Translation:
    """The invitation's translation, live and current."""
    return translation_of(cta)


@pytest.fixture
def method(site: Any) -> TherapyMethodPage:
    return TherapyMethodPage.objects.get(slug="kbt")


@pytest.fixture
def method_translation(method: TherapyMethodPage) -> Translation:
    """A therapy method's translation, live and current."""
    return translation_of(method)


@pytest.fixture
def untranslated(site: Any) -> ContentPage:
    """A small page in Swedish alone."""
    page: ContentPage = ContentPageFactory(
        parent=Page.objects.get(slug="hem"),
        slug="behandling",
        title="Behandling",
        introduction="<p>Vi lyssnar på dig.</p><p>Du väljer takten.</p>",
    )
    return publish(page)


@pytest.fixture
def publisher(db: None) -> Client:
    """An editor who reads the admin in English."""
    user = get_user_model().objects.get(username="editor")
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": "en"})
    client = Client()
    client.force_login(user)
    return client
