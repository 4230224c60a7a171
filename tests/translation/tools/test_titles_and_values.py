"""What wagtail-localize's own views and receivers store beside the desk."""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from wagtail.models import Page
from wagtail_localize.models import OverridableSegment, SegmentOverride, Translation

from tests.translation.desk.reading import Desk, log_in
from tests.translation.tools.test_one_door import by_localize, stored

FORM = "application/x-www-form-urlencoded"


def draft_title(translation: Translation) -> str:
    return Page.objects.get(pk=translation.get_target_instance().pk).draft_title


def test_a_right_title_is_that_of_the_draft_in_lists(translation: Translation) -> None:
    Desk(log_in("translator"), translation).write("title", "Sleep & rest")
    assert draft_title(translation) == "Sleep & rest"


@pytest.mark.parametrize("way", ["form", "localize"])
def test_a_wrong_title_is_none_of_the_draft(translation: Translation, way: str) -> None:
    before = draft_title(translation)
    if way == "form":
        Desk(log_in("translator"), translation).write("title", "hour of work " * 60)
    else:
        by_localize(translation, "title", "hour of work " * 60)
    text = stored(translation, "title")
    assert text is not None
    assert text.has_error
    assert draft_title(translation) == before


@pytest.mark.parametrize("text", ["Sleep&#10;well", "Sleep&#8232;well"])
def test_a_character_by_its_number_ends_no_line_in_a_title(
    translation: Translation, text: str
) -> None:
    address = reverse(
        "wagtail_localize:edit_string_translation",
        args=[
            translation.pk,
            translation.source.stringsegment_set.get(context__path="title").pk,
        ],
    )
    log_in("editor").put(address, urlencode({"value": text}), content_type=FORM)
    found = stored(translation, "title")
    assert found is not None
    assert found.data == "Sleep well"


@pytest.fixture
def link(translation: Translation, page: Any) -> OverridableSegment:
    """The address of a link, which a language can have of its own."""
    page.introduction = '<p>Läs <b>mer</b> hos <a href="https://a.example/">oss</a>.</p>'
    page.save_revision().publish()
    found: OverridableSegment = OverridableSegment.objects.get(
        source=translation.source, context__path__contains="a.example"
    )
    return found


def put(translation: Translation, segment: OverridableSegment, value: str) -> Any:
    address = reverse("wagtail_localize:edit_override", args=[translation.pk, segment.pk])
    return log_in("translator").put(address, urlencode({"value": value}), content_type=FORM)


def test_a_wrong_address_is_marked(translation: Translation, link: OverridableSegment) -> None:
    assert put(translation, link, "javascript:alert(1)").status_code < 300
    override = SegmentOverride.objects.get(context=link.context)
    assert override.has_error
    assert "https://" in override.field_error
    assert put(translation, link, "https://b.example/").status_code < 300
    override.refresh_from_db()
    assert (override.data, override.has_error) == ("https://b.example/", False)
    put(translation, link, " ")
    assert not SegmentOverride.objects.filter(context=link.context).exists()


def test_what_cannot_be_chosen_leaves_what_was(translation: Translation) -> None:
    segment = OverridableSegment.objects.filter(
        source=translation.source, context__path="image"
    ).first()
    if segment is None:
        pytest.skip("This page has no image.")
    assert put(translation, segment, "word").status_code == 400
    assert not SegmentOverride.objects.filter(context=segment.context).exists()
