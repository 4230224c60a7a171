"""Pins the translatable fields of each model: a forgotten field would stay untranslated."""

import pytest
from django.apps import apps
from wagtail.models import Page, TranslatableMixin
from wagtail_localize.fields import TranslatableField, get_translatable_fields

from cms.content.models import BaseSnippet
from cms.upstream.localize_segments import OwnField

PAGE = {"title", "slug", "seo_title", "search_description", "heading", "introduction"} | {
    "image_alt_text"
}
PAGE_SYNCHRONISED = {"show_in_menus", "image", "image_is_decorative"}
OWN = {"first_published_at", "go_live_at", "expire_at"}

CONTRACT = {
    "pages.HomePage": (
        PAGE | {"button_label", "body"},
        PAGE_SYNCHRONISED | {"button_page"},
    ),
    "pages.ContentPage": (PAGE | {"body"}, PAGE_SYNCHRONISED),
    "pages.TherapyMethodIndexPage": (PAGE, PAGE_SYNCHRONISED),
    "pages.TherapyMethodPage": (
        PAGE | {"abbreviation", "summary", "summary_label", "body", "concern_links"},
        PAGE_SYNCHRONISED | {"sessions_minimum", "sessions_maximum", "session_minutes"},
    ),
    "pages.ConcernPage": (
        PAGE | {"experience", "seek_care", "body"},
        PAGE_SYNCHRONISED | {"is_medical_condition"},
    ),
    "pages.ConcernIndexPage": (PAGE, PAGE_SYNCHRONISED),
    "pages.TherapyMethodConcern": ({"concern"}, set()),
    "pages.SelfTestPage": (
        PAGE
        | {"about", "answers", "getting_started", "start_button_label", "crisis"}
        | {"questions", "bands"},
        PAGE_SYNCHRONISED | {"start_url"},
    ),
    "pages.Concern": ({"name", "slug", "description"}, {"position", "page"}),
    "pages.SelfTestCallToAction": (
        {"heading", "text", "button_label"},
        {"target_page", "target_url"},
    ),
    "pages.SiteFurniture": (
        {"crisis_heading", "crisis_text", "crisis_contacts", "contact_heading", "contact_text"}
        | {"footer_text", "footer_pages"},
        {"contact_phone", "contact_email"},
    ),
    "faq.FaqPage": (PAGE, PAGE_SYNCHRONISED),
    "faq.FaqTopic": ({"name", "slug"}, {"position"}),
    "faq.FaqEntry": ({"question", "answer", "topic"}, {"position"}),
}


def translatable_models() -> set[str]:
    return {
        model._meta.label
        for model in apps.get_models()
        if issubclass(model, TranslatableMixin)
        and model._meta.app_label in ("pages", "faq")
        and (issubclass(model, Page | BaseSnippet) or model.__name__ == "TherapyMethodConcern")
    }


def test_every_translatable_model_is_pinned() -> None:
    assert translatable_models() == CONTRACT.keys()


@pytest.mark.parametrize("label", CONTRACT)
def test_fields_of_a_model(label: str) -> None:
    model = apps.get_model(label)
    fields = get_translatable_fields(model)
    translated = {field.field_name for field in fields if isinstance(field, TranslatableField)}
    own = {field.field_name for field in fields if isinstance(field, OwnField)}
    synchronised = {field.field_name for field in fields} - translated - own
    assert (translated, synchronised) == CONTRACT[label]
    assert own == (OWN if issubclass(model, BaseSnippet) else set())
