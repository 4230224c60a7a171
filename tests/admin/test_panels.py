"""Forms have their fields in the order in which the page shows them."""

from collections.abc import Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from wagtail.admin.panels import FieldPanel, InlinePanel, get_edit_handler
from wagtail.models import Page

from cms.content.models import BasePage, BaseSnippet
from tests.reading import squeeze, words

MODELS = [model for model in apps.get_models() if issubclass(model, BasePage | BaseSnippet)]
# The title is above everything, in the trail that leads to the page, and in lists.
NOT_IN_THE_TEXT = {"title", "slug", "position", "topic"}


def panels(model: Any) -> Iterator[str]:
    """The names of the fields in the form's first part, in its order."""
    if issubclass(model, Page):
        yield from _names(model.get_edit_handler().children[0])
    else:
        yield from _names(get_edit_handler(model))


def _names(panel: Any) -> Iterator[str]:
    if isinstance(panel, FieldPanel):
        yield panel.field_name
    elif isinstance(panel, InlinePanel):
        yield panel.relation_name
    else:
        for child in getattr(panel, "children", ()):
            yield from _names(child)


def example(model: Any) -> Any:
    """The seeded object of a type that says most."""
    objects = model._default_manager.filter(locale__language_code="sv")
    return max(objects, key=lambda instance: sum(map(bool, vars(instance).values())))


def shown(instance: Any, name: str) -> str:
    """Return a text that a field puts on its page, empty where there is none to look for."""
    value = getattr(instance, name)
    if name == "concern_links":
        return str(value.first().concern)
    if name == "image":
        return str(instance.image_alt_text)
    if hasattr(value, "raw_data"):
        first = value.raw_data[0]["value"] if value.raw_data else None
        if isinstance(first, int):
            return str(Page.objects.get(pk=first).title)
        named = (first[name] for name in ("heading", "name", "text") if first.get(name))
        return words(str(next(named)))[:40] if first else ""
    if name.startswith("sessions_"):
        return str(value)
    return words(value)[:40] if isinstance(value, str) else ""


@pytest.mark.django_db
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_panels_are_in_the_order_of_the_page(model: Any) -> None:
    instance = example(model)
    response = instance.make_preview_request()
    page = BeautifulSoup(response.render().content, "html.parser")
    for image in page.find_all("img", alt=True):
        image.replace_with(f" {image['alt']} ")
    for part in page.select(".site-header, .breadcrumbs, head"):
        part.decompose()
    text = squeeze(page.get_text(" "))
    place, met = 0, []
    for name in panels(model):
        said = "" if name in NOT_IN_THE_TEXT else shown(instance, name)
        if said and said in text:
            found = text.find(said, place)
            assert found >= 0, f"{name} comes after {met[-1]} in the form and before it on the page"
            place, met = found, [*met, name]
    assert met, "the preview shows nothing of the form"
