"""`cms.upstream.row_checks` and `choosers` save queries and change no answer of Wagtail's.

What upstream does is in Django's `Model.full_clean`, in `BaseLogEntry.save` and in
`ChooserBlock.bulk_to_python`.
"""

from typing import Any

import pytest
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.blocks.field_block import ChooserBlock
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageChooserBlock
from wagtail.log_actions import log
from wagtail.models.audit_log import BaseLogEntry

from cms.upstream.choosers import choices_read_once
from pages.models import ContentPage, TherapyMethodPage
from tests.upstream.comparing import check_source

CLEAN = "It validates an entry before each save."
BULK = "It gives an object for each key, in their order, and None for one that is gone."


@pytest.fixture
def method(site: Any) -> TherapyMethodPage:
    found: TherapyMethodPage = TherapyMethodPage.objects.get(slug="ipt", locale__language_code="sv")
    return found


def test_the_code_that_they_stand_beside_is_known() -> None:
    check_source(BaseLogEntry.save, "859fdba5b598", CLEAN)
    check_source(ChooserBlock.bulk_to_python.__wrapped__, "db19b0173430", BULK)


def test_a_page_is_validated_in_few_queries(method: TherapyMethodPage) -> None:
    with CaptureQueriesContext(connection) as queries:
        method.full_clean()
    # The foreign keys, the parent and its children with the slug, what must be unique.
    assert len(queries) == 4, [each["sql"][:90] for each in queries]


def test_a_key_that_refers_to_nothing_is_told_by_its_field(method: TherapyMethodPage) -> None:
    method.image_id = 10**6
    with pytest.raises(ValidationError) as error:
        method.full_clean()
    assert set(error.value.message_dict) == {"image"}


def test_a_value_that_another_page_has_is_told(method: TherapyMethodPage) -> None:
    other = ContentPage.objects.filter(locale=method.locale).first()
    assert other is not None
    method.translation_key = other.translation_key
    with pytest.raises(ValidationError) as error:
        method.validate_unique()
    assert set(error.value.message_dict) == {NON_FIELD_ERRORS}


def test_a_page_of_a_revision_is_not_asked_for_what_it_was_checked_for(
    method: TherapyMethodPage,
) -> None:
    page = method.save_revision().as_object()
    with CaptureQueriesContext(connection) as queries:
        page.clean_fields(exclude={"latest_revision"})
    assert not queries.captured_queries
    page.image_id = 10**6
    with pytest.raises(ValidationError):
        page.clean_fields()


def test_the_log_takes_one_query_for_an_entry(method: TherapyMethodPage) -> None:
    log(instance=method, action="wagtail.edit")  # reads content types
    with CaptureQueriesContext(connection) as queries:
        entry = log(instance=method, action="wagtail.edit")
    assert [each["sql"].split()[0] for each in queries] == ["INSERT"]
    assert entry.page_id == method.pk


def test_choosers_read_an_object_once(site: Any) -> None:
    image, block = get_image_model().objects.first(), ImageChooserBlock()
    assert image is not None
    with CaptureQueriesContext(connection) as queries, choices_read_once():
        first = block.bulk_to_python([image.pk, None, image.pk, 10**6])
        again = block.bulk_to_python([image.pk])
    assert len(queries) == 1
    assert first == [image, None, image, None]
    assert again == [image]
    assert len({id(each) for each in (first[0], first[2], again[0])}) == 3
    with CaptureQueriesContext(connection) as queries:
        assert block.bulk_to_python([image.pk]) == [image]
    assert len(queries) == 1
