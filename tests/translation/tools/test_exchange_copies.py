"""Files in which the original was copied into the translation."""

import pytest
from django.test import Client
from wagtail_localize.models import Translation

from tests.translation.tools.exchanging import (
    KINDS,
    confirm,
    exported,
    fates,
    fill,
    give_back,
    planned,
    texts_of,
)

from .conftest import give, segment_of

TITLE = "Provsida om sömn"


@pytest.mark.parametrize("kind", KINDS)
def test_a_copy_of_the_original_counts_as_not_translated(
    desk: Client, translation: Translation, kind: str
) -> None:
    data = exported(desk, translation, kind)
    file = fill(data, kind, {"title": TITLE, "heading": "Welcome."})
    shown = planned(desk, translation, file, kind)
    assert fates(shown) == {"title": "copy", "heading": "new"}
    page = shown.content.decode()
    assert "count as not translated" in page
    assert TITLE in page
    confirm(desk, translation, shown)
    assert texts_of(translation) == {"heading": "Welcome."}


@pytest.mark.parametrize("kind", KINDS)
def test_a_copy_takes_the_place_of_no_translation(
    desk: Client, translation: Translation, kind: str
) -> None:
    data = exported(desk, translation, kind)
    give(translation, segment_of(translation, "title"), "Sleep")
    give_back(desk, translation, fill(data, kind, {"title": TITLE}), kind, follow=True)
    assert texts_of(translation) == {"title": "Sleep"}


@pytest.mark.parametrize("kind", KINDS)
def test_a_text_that_a_person_has_called_the_same_stays_translated(
    desk: Client, translation: Translation, kind: str
) -> None:
    data = exported(desk, translation, kind)
    give(translation, segment_of(translation, "title"), TITLE)
    file = fill(data, kind, {"title": TITLE})
    assert fates(planned(desk, translation, file, kind)) == {"title": "same"}
    assert texts_of(translation) == {"title": TITLE}


@pytest.mark.parametrize("kind", KINDS)
def test_an_address_and_a_number_may_be_the_same(
    desk: Client, translation: Translation, page: object, kind: str
) -> None:
    page.heading = "08-123 456"  # type: ignore[attr-defined]
    page.save_revision().publish()  # type: ignore[attr-defined]
    data = exported(desk, translation, kind)
    file = fill(data, kind, {"slug": "provsida", "heading": "08-123 456"})
    assert give_back(desk, translation, file, kind).status_code == 302
    assert texts_of(translation) == {"slug": "provsida", "heading": "08-123 456"}
