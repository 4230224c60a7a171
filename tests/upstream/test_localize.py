"""Segments, views and the beginning of translations in wagtail-localize."""

import inspect
from typing import Any

import pytest
from wagtail import hooks
from wagtail_localize.fields import copy_synchronised_fields
from wagtail_localize.models import Translation, TranslationSource
from wagtail_localize.operations import translate_object, translate_page_subtree
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.segments.ingest import ingest_segments
from wagtail_localize.views.submit_translations import SubmitTranslationView

from cms.translation.engine import creating
from cms.upstream import localize_segments, localize_views

from .comparing import check_methods, check_signature, check_source

OURS_INSTEAD = "cms.translation.engine does the same in its own way."


@pytest.mark.parametrize(
    ("function", "code"),
    [
        (TranslationSource.update_from_db, "a64e6cf99299"),
        (TranslationSource.refresh_segments, "dbc959970755"),
        (TranslationSource.create_or_update_translation, "e8635ecd790b"),
        (Translation.save_target, "ff1efb12c5dd"),
    ],
)
def test_what_ours_stands_in_for_is_the_code_we_know(function: Any, code: str) -> None:
    check_source(function, code, OURS_INSTEAD)


@pytest.mark.parametrize(
    ("function", "signature", "code"),
    [
        (extract_segments, "(instance)", "640e2a73e35f"),
        (
            ingest_segments,
            "(original_obj, translated_obj, src_locale, tgt_locale, segments)",
            "82107ef81008",
        ),
    ],
)
def test_segments_are_read_and_written_as_we_know(function: Any, signature: str, code: str) -> None:
    reliance = "cms.upstream.localize_segments calls it."
    check_signature(function, signature, reliance)
    check_source(function, code, reliance)


def test_synchronised_fields_are_copied_from_source_to_target() -> None:
    reliance = "localize_segments.copy_synchronised_values calls it."
    check_signature(copy_synchronised_fields, "(source, target)", reliance)


@pytest.mark.parametrize(
    ("value_type", "signature"),
    [
        (localize_segments.StringSegmentValue, "(self, path, string, attrs=None, **kwargs)"),
        (
            localize_segments.TemplateSegmentValue,
            "(self, path, format, template, string_count, **kwargs)",
        ),
        (
            localize_segments.RelatedObjectSegmentValue,
            "(self, path, content_type, translation_key, **kwargs)",
        ),
        (localize_segments.OverridableSegmentValue, "(self, path, data, **kwargs)"),
    ],
)
def test_values_of_segments_are_made_of_these(value_type: Any, signature: str) -> None:
    check_signature(value_type.__init__, signature, "cms.translation.engine.targets makes it.")


def test_attributes_of_tags_are_kept_apart_under_ids() -> None:
    value, attributes = localize_segments.StringValue.from_source_html(
        'Read <a href="https://example.com/">this</a>'
    )
    assert value.data == 'Read <a id="a1">this</a>'
    assert attributes == {"a1": {"href": "https://example.com/"}}
    assert localize_segments.ids_of_tags(value.data) == {"a1"}


def test_only_these_tags_stay_inside_a_string() -> None:
    known = {"a", "abbr", "acronym", "b", "code", "em", "i", "strong", "br"}
    assert set(localize_segments.INLINE_TAGS) == known


def test_translations_begin_in_our_function() -> None:
    creator = localize_views.TranslationCreator
    assert creator.create_translations is creating.create_translations
    assert set(vars(creator(None, []))) == {"user", "target_locales", "seen_objects", "mappings"}


@pytest.mark.parametrize("caller", [translate_object, translate_page_subtree])
def test_upstream_begins_translations_by_the_class_that_we_change(caller: Any) -> None:
    source = inspect.getsource(inspect.unwrap(caller))
    assert "TranslationCreator(" in source, f"{caller.__name__} begins translations by itself now."


def test_views_have_the_methods_that_ours_override() -> None:
    reliance = "cms.review.views.submitting or cms.translation.update_view overrides it."
    check_methods(
        SubmitTranslationView,
        {"form_valid": "(self, form)", "get_form": "(self)"},
        reliance,
    )
    check_methods(
        localize_views.UpdateTranslationsView,
        {
            "form_valid": "(self, form)",
            "get_default_success_url": "(self)",
            "get_form": "(self)",
            "get_success_url": "(self)",
        },
        reliance,
    )


def test_buttons_of_pages_are_the_ones_that_ours_filter() -> None:
    buttons = localize_views.page_translation_buttons()
    check_source(buttons, "b08066995cd8", "cms.review.translate_buttons filters its buttons.")
    for name in ("register_page_header_buttons", "register_page_listing_more_buttons"):
        assert buttons not in hooks.get_hooks(name), f"The original is still registered for {name}."
