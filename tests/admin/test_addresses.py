"""Each URL of the admin has one view, whatever the order of apps and hooks."""

import importlib
from collections.abc import Iterable, Iterator
from types import ModuleType
from typing import Any

import pytest
from django.apps import apps
from django.urls import URLResolver, clear_url_caches, resolve, reverse
from wagtail import hooks
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.viewsets.pages import page_viewset_registry
from wagtail.models import get_page_models
from wagtail_localize import wagtail_hooks as localize
from wagtail_localize.views import convert, edit_translation, report, update_translations
from wagtail_localize.views import submit_translations as submitting

from cms import admin_urls
from cms.content.models import BasePage, BaseSnippet
from cms.core.edit_requests import Decides, Edits

KEYS = {
    "page_id": 1,
    "translation_id": 2,
    "translation_source_id": 3,
    "string_segment_id": 4,
    "overridable_segment_id": 5,
    "app_label": "faq",
    "model_name": "faqentry",
    "pk": "6",
    "mode": "web",
}
GONE = [
    convert.convert_to_alias,
    edit_translation.download_pofile,
    edit_translation.upload_pofile,
    edit_translation.machine_translate,
    edit_translation.preview_translation,
    report.TranslationsReportView,
    submitting.SubmitPageTranslationView,
    submitting.SubmitSnippetTranslationView,
    update_translations.UpdateTranslationsView,
]
# What wagtail-localize answers itself, behind the permissions that it asks for.
THEIRS = {"javascript_catalog", "snippets_api_listing", "snippets_api_detail"}


@pytest.fixture(params=["hooks as they are", "hooks the other way round"])
def addresses(request: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """The admin's addresses, made anew from the hooks in one order and in the other."""
    get_hooks = hooks.get_hooks

    def backwards(name: str) -> list[Any]:
        found = list(get_hooks(name))
        return found[::-1] if name == "register_admin_urls" else found

    def make() -> ModuleType:
        importlib.reload(wagtailadmin_urls)
        clear_url_caches()
        return importlib.reload(admin_urls)

    with monkeypatch.context() as patch:
        if "other" in request.param:
            patch.setattr(hooks, "get_hooks", backwards)
        made = make()
    yield made
    make()


def upstream_patterns() -> list[Any]:
    (include,) = localize.register_admin_urls()
    return list(include.url_patterns)


def all_views(patterns: Iterable[Any]) -> Iterator[Any]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from all_views(pattern.url_patterns)
        else:
            yield pattern.callback


def layers(view: Any) -> Iterator[Any]:
    """A view and all that it wraps, with the classes of class-based views."""
    while view is not None:
        yield view
        yield getattr(view, "view_class", None)
        view = getattr(view, "__wrapped__", None)


def test_each_name_and_path_of_wagtail_localize_has_its_owner(addresses: ModuleType) -> None:
    owners = {pattern.name for pattern in upstream_patterns()} - THEIRS
    assert owners == set(addresses.REPLACED)
    for pattern in upstream_patterns():
        if pattern.name in THEIRS:
            continue
        arguments = {name: KEYS[name] for name in pattern.pattern.converters}
        name = f"{addresses.LOCALIZE}:{pattern.name}"
        path = reverse(name, urlconf="cms.admin_urls", kwargs=arguments)
        match = resolve(path, urlconf="cms.admin_urls")
        assert match.view_name == name
        assert addresses.REPLACED[pattern.name] in list(layers(match.func))


def test_no_address_leads_to_what_is_replaced(addresses: ModuleType) -> None:
    reachable = {id(layer) for view in all_views(addresses.urlpatterns) for layer in layers(view)}
    assert [view for view in GONE if id(view) in reachable] == []


def test_every_editor_does_one_thing_at_a_time() -> None:
    for model in get_page_models():
        if issubclass(model, BasePage):
            viewset = page_viewset_registry.get_by_type(model)
            assert issubclass(viewset.edit_view_class, Edits)
            assert issubclass(viewset.revisions_revert_view_class, Edits)
            assert issubclass(viewset.workflow_action_view_class, Decides)
    for model in apps.get_models():
        if issubclass(model, BaseSnippet):
            viewset = model.snippet_viewset  # type: ignore[attr-defined]  # set by Wagtail
            assert issubclass(viewset.edit_view_class, Edits)
            assert issubclass(viewset.revisions_revert_view_class, Edits)
            assert issubclass(viewset.workflow_action_view_class, Decides)


def test_our_views_are_the_admins(client: Any, db: None) -> None:
    for name in ("update_translations", "machine_translate", "translations_report"):
        pattern = next(each for each in upstream_patterns() if each.name == name)
        arguments = {each: KEYS[each] for each in pattern.pattern.converters}
        response = client.get(reverse(f"wagtail_localize:{name}", kwargs=arguments))
        assert (response.status_code, response["Location"].split("?")[0]) == (302, "/admin/login/")
        assert "no-cache" in response["Cache-Control"]
