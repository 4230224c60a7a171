"""Pages and snippets with translations, made the way editors and translators make them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from cms.translation import targets
from cms.translation.models import TranslationState
from pages.models import ContentPage, SelfTestCallToAction, TherapyMethodPage
from tests.factories import (
    ContentPageFactory,
    SelfTestCallToActionFactory,
    TherapyMethodPageFactory,
)

Submit = Callable[[Any], Translation]


def english(text: str) -> str:
    """A text that stands for the translation of another."""
    return f"English: {text}"


def translate(translation: Translation, only: set[str] | None = None) -> None:
    """Give every segment, or those at some paths, a text of the target language."""
    for segment in StringSegment.objects.filter(source=translation.source):
        path = segment.context.path
        if only is None or path in only:
            text = f"en-{segment.string.data}" if path == "slug" else english(segment.string.data)
            StringTranslation.objects.update_or_create(
                translation_of=segment.string,
                locale=translation.target_locale,
                context=segment.context,
                defaults={"data": text, "translation_type": "manual", "has_error": False},
            )


def state_of(translation: Translation) -> TranslationState:
    return TranslationState.objects.get(translation=translation)


def publish(instance: Any, weight: str = "", **changes: Any) -> Any:
    """Change and publish an object as the editor does; gives it as it is stored then."""
    instance = type(instance)._default_manager.get(pk=instance.pk)
    for name, value in changes.items():
        setattr(instance, name, value)
    instance.change_weight = weight
    instance.save_revision().publish()
    instance.refresh_from_db()
    return instance


@pytest.fixture
def user(db: None) -> Any:
    return get_user_model().objects.get(username="editor")


@pytest.fixture
def submit(en: Any) -> Submit:
    """Sends an object for translation into English; the target is a draft."""

    def send(instance: Any) -> Translation:
        source, _created = TranslationSource.get_or_create_from_instance(instance)
        translation: Translation = Translation.objects.create(source=source, target_locale=en)
        translation.save_target(publish=False)
        return translation

    return send


@pytest.fixture
def page(site: Any) -> ContentPage:
    home = Page.objects.get(slug="hem")
    page: ContentPage = ContentPageFactory(
        parent=home,
        slug="behandling",
        title="Behandling",
        introduction="<p>Vi lyssnar på dig.</p><p>Du väljer takten.</p>",
    )
    return publish(page)


@pytest.fixture
def translation(page: ContentPage, submit: Submit, user: Any) -> Translation:
    """The page's translation, live and current."""
    translation = submit(page)
    translate(translation)
    targets.publish(translation, user)
    return translation


@pytest.fixture
def cta(db: None) -> SelfTestCallToAction:
    return publish(SelfTestCallToActionFactory(heading="Hur mår du?", text="<p>Prova här.</p>"))


@pytest.fixture
def cta_translation(cta: SelfTestCallToAction, submit: Submit, user: Any) -> Translation:
    """The invitation's translation, live and current."""
    translation = submit(cta)
    translate(translation)
    targets.publish(translation, user)
    return translation


@pytest.fixture
def method(site: Any) -> TherapyMethodPage:
    index = Page.objects.get(slug="terapimetoder")
    page = TherapyMethodPageFactory(parent=index, slug="provmetod", title="Provmetod")
    return publish(page)


@pytest.fixture
def method_translation(method: TherapyMethodPage, submit: Submit, user: Any) -> Translation:
    """A therapy method's translation, live and current."""
    translation = submit(method)
    translate(translation)
    targets.publish(translation, user)
    return translation
