"""A small page and an invitation of one's own, translated and live."""

from typing import Any

import pytest
from django.test import Client
from wagtail_localize.models import Translation

from cms.content.clinical_review import without_review
from cms.translation.engine import targets
from pages.models import ContentPage, SelfTestCallToAction
from tests.factories import SelfTestCallToActionFactory
from tests.translation.conftest import Submit, publish, translate
from tests.translation.desk.reading import Desk, log_in
from tests.translation.desk.reading_comments import QUESTION

KINDS = ("page", "snippet")


@pytest.fixture
def editor(db: None) -> Client:
    return log_in("editor")


@pytest.fixture
def translator(db: None) -> Client:
    return log_in("translator")


@pytest.fixture
def page(untranslated: ContentPage) -> ContentPage:
    return untranslated


@pytest.fixture
def translation(page: ContentPage, submit: Submit, user: Any) -> Any:
    translation = submit(page)
    translate(translation)
    targets.publish(translation, user)
    return translation


@pytest.fixture
def draft(page: ContentPage, submit: Submit) -> Translation:
    """A translation that is complete and was never live."""
    translation = submit(page)
    translate(translation)
    return translation


@pytest.fixture
def cta(db: None) -> SelfTestCallToAction:
    with without_review():
        return publish(SelfTestCallToActionFactory(heading="Hur mår du?", text="<p>Prova här.</p>"))


@pytest.fixture
def cta_translation(cta: SelfTestCallToAction, submit: Submit, user: Any) -> Any:
    translation = submit(cta)
    translate(translation)
    with without_review():
        targets.publish(translation, user)
    return translation


@pytest.fixture
def ask(translator: Client) -> Any:
    """Asks at the desk about the text at a path."""

    def send(translation: Translation, path: str, text: str = QUESTION, rank: int = 0) -> Desk:
        desk = Desk(translator, translation)
        key = desk.key(path, rank)
        desk.send("comment", key, **{f"comment-{key}": text})
        return desk

    return send


@pytest.fixture(params=[pytest.param(kind, marks=pytest.mark.sampled) for kind in KINDS])
def talked(request: pytest.FixtureRequest) -> tuple[Translation, str]:
    """A translation, and the path of one of its texts."""
    if request.param == "page":
        return request.getfixturevalue("translation"), "title"
    return request.getfixturevalue("cta_translation"), "heading"
