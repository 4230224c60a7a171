"""Snippets in the admin: lists, search, filters, usage, drafts, previews, validation."""

import re
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Locale, Page

from cms.content.models import BaseSnippet
from faq.models import FaqEntry
from pages.models import SiteFurniture
from tests.factories import (
    FaqEntryFactory,
    SelfTestCallToActionFactory,
    SiteFurnitureFactory,
)

pytestmark = pytest.mark.sampled

SNIPPETS = [model for model in apps.get_models() if issubclass(model, BaseSnippet)]
PARAMS = pytest.mark.parametrize("model", SNIPPETS, ids=lambda model: model.__name__)


def logged_in(username: str) -> Client:
    client = Client()
    client.force_login(get_user_model().objects.get(username=username))
    return client


def url(model: type[BaseSnippet], name: str = "list", *args: Any) -> str:
    return reverse(model.snippet_viewset.get_url_name(name), args=args)


@pytest.mark.django_db
@PARAMS
@pytest.mark.parametrize("username", ["admin", "editor", "translator", "reviewer"])
def test_everybody_reaches_the_shared_content(model: type[BaseSnippet], username: str) -> None:
    assert logged_in(username).get(url(model)).status_code == 200


@pytest.mark.django_db
@PARAMS
def test_lists_filter_by_language_and_search(
    model: type[BaseSnippet], admin_client: Client
) -> None:
    swedish = model._default_manager.filter(locale__language_code="sv").first()
    page = admin_client.get(url(model), {"locale": "sv"})
    assert {item.locale.language_code for item in page.context["object_list"]} == {"sv"}
    if model is not SiteFurniture:
        word = str(swedish).split()[0]
        found = admin_client.get(url(model), {"locale": "sv", "q": word})
        assert swedish in list(found.context["object_list"])


@pytest.mark.django_db
def test_lists_say_where_a_snippet_is_used(admin_client: Client, settings: Any) -> None:
    entry = FaqEntry.objects.get(question="Är IPT samtalsterapi?")
    FaqEntryFactory(question="Ingen frågar detta")
    html = admin_client.get(url(FaqEntry), {"locale": "sv", "p": 1}).content.decode()
    assert "används på 1 ställe" in html
    assert "används inte" in html
    usage = admin_client.get(url(FaqEntry, "usage", entry.pk)).content.decode()
    assert "IPT – Interpersonell terapi" in usage


@pytest.mark.django_db
@PARAMS
def test_a_list_asks_our_own_tables_a_few_times(
    model: type[BaseSnippet], admin_client: Client
) -> None:
    """wagtail-localize's buttons ask its own tables once more for every row."""
    admin_client.get(url(model))
    with CaptureQueriesContext(connection) as queries:
        admin_client.get(url(model))
    ours = re.compile(r'SELECT (?:(?!FROM).)*FROM "(?:faq|pages)_')
    assert len([query for query in queries if ours.match(query["sql"])]) <= 5


@pytest.mark.django_db
@PARAMS
@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_snippet_has_a_preview_in_its_own_language(
    model: type[BaseSnippet], language: str, rf: Any
) -> None:
    snippet = model._default_manager.filter(locale__language_code=language).first()
    response = snippet.make_preview_request()
    html = response.rendered_content if hasattr(response, "rendered_content") else ""
    assert response.status_code == 200
    assert f'<html lang="{language}"' in (html or response.content.decode())


@pytest.mark.django_db
@PARAMS
def test_a_draft_changes_nothing_for_the_public(model: type[BaseSnippet]) -> None:
    snippet = model._default_manager.filter(locale__language_code="sv").first()
    field = next(
        f.name
        for f in model._meta.fields
        if f.name in ("name", "question", "heading", "crisis_heading")
    )
    before = getattr(snippet, field)
    setattr(snippet, field, "Ett utkast")
    snippet.save_revision()
    snippet.refresh_from_db()
    assert getattr(snippet, field) == before
    assert snippet.has_unpublished_changes


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("page", "address", "fault"),
    [
        (None, "", "target_page"),
        (None, "http://osaker.example/", "target_url"),
        ("kontakt", "https://prov.example/", "target_url"),
    ],
)
def test_a_call_to_action_leads_to_one_safe_place(
    page: str | None, address: str, fault: str
) -> None:
    cta = SelfTestCallToActionFactory.build(
        locale=Locale.objects.get(language_code="sv"),
        target_page=page and Page.objects.get(slug=page),
        target_url=address,
    )
    with pytest.raises(ValidationError) as raised:
        cta.full_clean()
    assert fault in raised.value.error_dict


@pytest.mark.django_db
def test_a_language_has_one_crisis_help(admin_client: Client) -> None:
    second = SiteFurnitureFactory.build(locale=Locale.objects.get(language_code="sv"))
    with pytest.raises(ValidationError) as raised:
        second.full_clean()
    assert "Det här språket har redan sin krishjälp" in str(raised.value)
