"""Pages that are published to the end of what follows the commit."""

from typing import Any

import pytest
from wagtail_localize.models import Translation

from cms.translation.engine import targets
from pages.models import ContentPage
from tests.translation.conftest import Submit, translate
from tests.translation.conftest import publish as publish_as_editor
from tests.translation.engine.carrying import BODY, LINKED, Publish


@pytest.fixture
def publish(django_capture_on_commit_callbacks: Any) -> Publish:
    """Publishes as the editor does, to the end of what follows the commit."""

    def to_the_end(instance: Any, weight: str = "", **changes: Any) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            return publish_as_editor(instance, weight, **changes)

    return to_the_end


@pytest.fixture
def linked(untranslated: ContentPage, submit: Submit, user: Any, publish: Publish) -> Translation:
    """A page with a link and blocks, translated and live in both languages."""
    page = publish(
        untranslated, introduction=LINKED.format("https://samtal.example/ett"), body=BODY
    )
    translation = submit(page)
    translate(translation)
    targets.publish(translation, user)
    return translation
