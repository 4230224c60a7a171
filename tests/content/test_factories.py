"""Tests that each of our models has a factory that makes valid objects."""

import pytest
from django.apps import apps
from wagtail.models import Page

from pages.models import SiteFurniture
from tests import factories


def all_factories() -> dict[str, type[factories.SnippetFactory]]:
    return {
        name: factory
        for name, factory in vars(factories).items()
        if name.endswith("Factory") and not factory._meta.abstract
    }


def test_every_model_has_one() -> None:
    ours = {model for app in ("pages", "faq") for model in apps.get_app_config(app).get_models()}
    assert {factory._meta.model for factory in all_factories().values()} == ours


@pytest.mark.django_db
@pytest.mark.parametrize("name", all_factories())
def test_it_makes_a_valid_object(name: str) -> None:
    factory = all_factories()[name]
    if issubclass(factory._meta.model, Page):
        instance = factory(parent=Page.objects.get(slug="terapimetoder"))
    elif name == "TherapyMethodConcernFactory":
        instance = factory(page__parent=Page.objects.get(slug="terapimetoder"))
    else:
        # A language has no more than one, which stays while pages about health are live.
        Page.objects.update(live=False)
        SiteFurniture.objects.all().delete()
        instance = factory()
    instance.full_clean()
    assert str(instance)
