"""Words of the admin that are fixed when Wagtail is imported, and names that are stored once."""

import inspect
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.db.models.query_utils import DeferredAttribute
from django.utils import translation
from django.utils.functional import Promise
from wagtail.admin.ui.tables import LocaleColumn
from wagtail.admin.ui.tables.pages import PageTitleColumn
from wagtail.admin.views import workflows
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.widgets import AdminPageChooser
from wagtail.contrib.redirects.filters import RedirectsReportFilterSet
from wagtail.models import Locale, Task, Workflow
from wagtail.sites.views import IndexView
from wagtail.snippets.widgets import AdminSnippetChooser

from cms.upstream import admin_words, named_lists, shown_names
from faq.models import FaqEntry
from pages.models import TherapyMethodPage

from .comparing import check_methods, check_signature, check_source


@pytest.mark.parametrize("name", sorted(admin_words.VIEWSET))
def test_a_chooser_has_these_texts(name: str) -> None:
    assert isinstance(getattr(ChooserViewSet, name), Promise)


@pytest.mark.parametrize(("form", "texts"), admin_words.FORMS)
def test_forms_have_these_fields(form: Any, texts: dict[str, str]) -> None:
    assert all(isinstance(form.base_fields[name].label, Promise) for name in texts)


@pytest.mark.parametrize(("formset", "labels"), admin_words.PERMISSIONS)
def test_permissions_of_collections_are_these(formset: Any, labels: dict[str, Any]) -> None:
    found = {codename: short for codename, short, _long in formset.permission_types}
    assert found.keys() == labels.keys()
    assert all(isinstance(short, Promise) for short in found.values())


def test_ways_to_resize_are_these() -> None:
    field: Any = admin_words.URLGeneratorForm.base_fields["filter_method"]
    values = {choice.value for choice in admin_words.URLGeneratorForm.FilterChoices}
    assert {value for value, _text in field.choices} == values == admin_words.RESIZING.keys()


def test_choosers_name_their_type_in_the_readers_language() -> None:
    page, snippet = AdminPageChooser([TherapyMethodPage]), AdminSnippetChooser(FaqEntry)
    with translation.override("en"):
        assert str(page.choose_one_text) == "Choose a page (therapy method page)"
        assert str(snippet.choose_one_text) == "Choose FAQ entry"
    with translation.override("sv"):
        assert str(page.choose_one_text) == "Välj en sida (terapimetod)"
        assert str(snippet.link_to_chosen_text) == "Redigera fråga och svar"
    own = AdminPageChooser([TherapyMethodPage], choose_one_text="Own")
    assert str(own.choose_one_text).startswith("Own")


def test_columns_and_filters_have_lazy_names() -> None:
    check_signature(
        PageTitleColumn.get_header_context_data, "(self, parent_context)", "Its context is filled."
    )
    assert isinstance(LocaleColumn().label, Promise)
    labels = {column.name: column.label for column in IndexView.columns}
    assert isinstance(labels["site_name"], Promise)
    assert isinstance(labels["root_page"], Promise)
    assert isinstance(RedirectsReportFilterSet.base_filters["is_permanent"].label, Promise)


@pytest.mark.parametrize("model", [Group, Permission, Workflow, Task])
def test_a_name_is_shown_in_one_way_and_stored_in_another(model: type[Model]) -> None:
    assert isinstance(vars(model)["name"], DeferredAttribute)
    check_signature(DeferredAttribute.__get__, "(self, instance, cls=None)", "Ours answers.")


def test_lists_of_named_rows_are_made_by_these_methods() -> None:
    reliance = "named_lists finds and sorts by shown names in its place."
    for view in named_lists.LISTS:
        assert view.search_fields == ["name"], reliance
        check_methods(view, {"search_queryset": "", "is_searching": "", "ordering": ""}, reliance)
    check_source(BaseListingView.search_queryset, "a8b7943cfd3e", reliance)
    check_signature(BaseListingView.order_queryset, "(self, queryset)", reliance)
    chooser = inspect.getsource(workflows).split("def get_task_listing_context_data(self):")[1]
    assert 'Lower("name")' in chooser, reliance
    assert "per_page=10" in chooser, reliance
    check_signature(workflows.get_task_chosen_response, "(request, task)", "It tells the name.")


def test_a_type_is_named_in_the_readers_language(db: None) -> None:
    language = ContentType.objects.get_for_model(Locale)
    with translation.override("sv"):
        assert language.name == "språk"
    assert callable(shown_names.note_rendering)
