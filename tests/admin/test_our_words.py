"""The admin shows our strings in the language of its user only."""

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils.text import capfirst
from wagtail.models import Page
from wagtail.snippets.models import get_snippet_models
from wagtail.users.models import UserProfile

from tests.factories import ContentPageFactory
from tests.languages import demo_sentences, only_in, ui_strings
from tests.reading import squeeze

OTHER = {"sv": "en", "en": "sv"}
# Parsing these pages properly takes ten times as long.
TEXT = re.compile(r">([^<>]+)(?=<)")
SPOKEN = re.compile(r'(?:aria-label|title|placeholder|alt|data-[\w-]*-label)="([^"]+)"')
DATA = re.compile(r'="((?:\{|\[)[^"]+)"')
JSON_SCRIPT = re.compile(r'<script[^>]* type="application/json">([^<]+)<')
# Names of languages are in the language itself, and the service has one name.
EVERYWHERE = {"Samtal", "Svenska", "English"}
# Wagtail names a group of buttons in English for all.
NOT_OURS = {"Actions"}
CHOOSERS = (
    "/admin/choose-page/",
    "/admin/images/chooser/",
    "/admin/snippets/choose/faq/faqentry/",
)


def texts(markup: str) -> Iterator[str]:
    """Each text and each spoken attribute, and the strings that forms hand to scripts."""
    for found in (TEXT.findall(markup), SPOKEN.findall(markup)):
        yield from map(squeeze, found)
    for data in DATA.findall(markup):
        yield from strings(as_json(unescape(data)))
    for data in JSON_SCRIPT.findall(markup):
        yield from strings(as_json(data))


def as_json(value: str) -> Any:
    try:
        return json.loads(value)
    except ValueError:
        return None


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from texts(value) if "<" in value else [squeeze(value)]
    elif isinstance(value, dict):
        for child in value.values():
            yield from strings(child)
    elif isinstance(value, list):
        for child in value:
            yield from strings(child)


def addresses() -> Iterator[str]:
    """Our part of the admin: what editors open every day."""
    yield "/admin/"
    yield "/admin/reports/links/?problem=gone&problem=other_language"
    yield from CHOOSERS
    pages = Page.objects.filter(depth__gt=1, locale__language_code="sv").specific()
    for page in {type(page): page for page in pages}.values():
        # wagtail-localize's own editor stands in for what was written in English first.
        yield f"/admin/pages/{page.pk}/edit/"
    yield f"/admin/pages/{Page.objects.get(slug='hem').pk}/"
    for model in get_snippet_models():
        snippet = model.objects.filter(locale__language_code="sv").first()
        yield reverse(model.snippet_viewset.get_url_name("edit"), args=[snippet.pk])
    yield reverse(model.snippet_viewset.get_url_name("list"))
    for name in ("delete", "unpublish"):
        yield reverse(model.snippet_viewset.get_url_name(name), args=[snippet.pk])


@pytest.fixture
def broken_link(db: None) -> None:
    home = Page.objects.get(slug="hem")
    gone = ContentPageFactory(parent=home)
    ContentPageFactory(parent=home, introduction=f'<a linktype="page" id="{gone.pk}">här</a>')
    gone.delete()


@pytest.mark.parametrize("language", OTHER)
def test_every_page_speaks_the_users_language(language: str, broken_link: None) -> None:
    user = get_user_model().objects.get(username="admin")
    UserProfile.objects.filter(user=user).update(preferred_language=language)
    client = Client()
    client.force_login(user)
    other = OTHER[language]
    # Labels begin with a capital, names of fields in the data for scripts do not.
    labels = {capfirst(text) for text in only_in(other, ui_strings)}
    foreign = labels - {capfirst(text) for text in ui_strings(language)}
    foreign -= demo_sentences(other) | EVERYWHERE | NOT_OURS
    found: dict[str, set[str]] = {}
    for address in addresses():
        response = client.get(address)
        assert response.status_code == 200, address
        said = response.content.decode()
        if response["Content-Type"].startswith("application/json"):
            said = response.json()["html"]
        if wrong := foreign & set(texts(said)):
            found[address] = wrong
    assert found == {}


def test_the_test_itself_finds_a_wrong_word() -> None:
    """In an attribute, in the data of a block, and in the text."""
    label = json.dumps({"blocks": [{"label": "<b>Brödtext</b>"}]}).replace('"', "&quot;")
    markup = f'<p title="Rubrik" data-x="{label}">Ingress</p>'
    assert {"Rubrik", "Brödtext", "Ingress"} <= set(texts(markup))


def administrator(language: str) -> Client:
    user = get_user_model().objects.get(username="admin")
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "told"), [("sv", "Välj en fil"), ("en", "Must upload")])
@pytest.mark.parametrize("kind", ["images", "documents"])
def test_an_upload_without_a_file_is_refused_in_the_readers_language(
    language: str, told: str, kind: str
) -> None:
    answer = administrator(language).post(f"/admin/{kind}/multiple/add/")
    assert answer.status_code == 400
    assert told in answer.content.decode()


@pytest.mark.django_db
def test_several_images_are_chosen_in_the_readers_language() -> None:
    answer = administrator("sv").get("/admin/images/chooser/results/?multiple=1")
    words = answer.content.decode().replace("data-multiple-choice-select", "")
    assert 'title="Välj Samtal' in words
    assert "Select" not in words


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/admin/snippets/faq/faqtopic/add/", "Lägg till: "),
        ("/admin/workflows/task_chooser/", "Uppgiftstyp"),
    ],
)
def test_words_that_wagtail_says_badly_or_in_english(address: str, told: str) -> None:
    words = administrator("sv").get(address).content.decode()
    assert told in words
    assert "Task type" not in words
