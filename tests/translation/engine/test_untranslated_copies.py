"""Tests that texts of an untranslated draft go live nowhere without a translation."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail_localize.models import StringTranslation, Translation

from cms.translation.engine.segments import segment_rows
from pages.models import ContentPage

from ..conftest import Submit, translate
from ..desk.reading import log_in
from .test_aliases import copy_in_admin, delete

Way = Callable[[Client, ContentPage], ContentPage]


def copied(editor: Client, target: ContentPage) -> ContentPage:
    copy_in_admin(editor, target, target.get_parent())
    return ContentPage.objects.get(slug="kopia")


def copied_twice(editor: Client, target: ContentPage) -> ContentPage:
    copy = copied(editor, target)
    copy_in_admin(editor, copy, copy.get_parent(), new_slug="igen")
    return ContentPage.objects.get(slug="igen")


def copied_as_an_alias(editor: Client, target: ContentPage) -> ContentPage:
    copy_in_admin(editor, target, target.get_parent(), alias="on")
    alias = ContentPage.objects.get(slug="kopia")
    assert alias.alias_of_id == target.pk
    assert editor.post(f"/admin/pages/{alias.pk}/convert_alias/").status_code == 302
    alias.refresh_from_db()
    assert alias.alias_of_id is None
    return alias


def copied_from_an_alias(editor: Client, target: ContentPage) -> ContentPage:
    copy_in_admin(editor, target, target.get_parent(), alias="on", new_slug="alias")
    return copied(editor, ContentPage.objects.get(slug="alias"))


def left_by_its_page(editor: Client, target: ContentPage) -> ContentPage:
    copy_in_admin(editor, target, target.get_parent(), alias="on")
    delete(editor, target)
    return ContentPage.objects.get(slug="kopia", alias_of=None)


def left_without_its_original(editor: Client, target: ContentPage) -> ContentPage:
    original = ContentPage.objects.get(slug="behandling", locale__language_code="sv")
    delete(editor, original)
    assert not Translation.objects.filter(source__object_id=target.translation_key).exists()
    return ContentPage.objects.get(pk=target.pk)


@pytest.mark.sampled
@pytest.mark.parametrize(
    "way",
    [
        copied,
        copied_twice,
        copied_as_an_alias,
        copied_from_an_alias,
        left_by_its_page,
        left_without_its_original,
    ],
)
def test_the_texts_of_an_untranslated_draft_are_refused(
    untranslated: ContentPage, submit: Submit, way: Way
) -> None:
    translation = submit(untranslated)
    translate(translation, only={"title"})
    page = way(log_in("editor"), translation.get_target_instance())
    page.title = "Treatment"
    with pytest.raises(ValidationError, match="Vi lyssnar"):
        page.save_revision().publish()
    page.introduction = "<p>We listen to you.</p>"
    page.save_revision().publish()
    page.refresh_from_db()
    assert page.live


def test_what_a_machine_wrote_is_refused_in_a_copy_as_well(
    untranslated: ContentPage, submit: Submit
) -> None:
    translation = submit(untranslated)
    translate(translation)
    text = StringTranslation.objects.get(
        pk=next(row.translation.pk for row in segment_rows(translation) if row.path == "title")
    )
    text.translation_type = StringTranslation.TRANSLATION_TYPE_MACHINE
    text.save()
    translation.save_target(publish=False)
    page = copied(log_in("editor"), translation.get_target_instance())
    page.title = text.data
    revision = page.save_revision()
    with pytest.raises(ValidationError, match=text.data):
        revision.publish()
    text.translation_type = StringTranslation.TRANSLATION_TYPE_MANUAL
    text.save()
    revision.publish()
