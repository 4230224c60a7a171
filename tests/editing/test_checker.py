"""The content checker runs in editor and userbar, with our rules, in the user's language."""

import json
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles import finders
from django.test import Client
from wagtail.models import Page
from wagtail_localize.models import Translation

from cms.editing.checker.item import SiteCheckerItem
from cms.editing.checker.wording import NEEDLESS_BEGINNINGS, VAGUE_LINK_TEXTS
from tests.factories import SelfTestCallToActionFactory
from tests.languages import only_in, ui_strings

IPT = "/terapimetoder/ipt/"
SCRIPT = "editing/content_checks.js"


def configuration(html: str) -> Any:
    element = BeautifulSoup(html, "html.parser").find(id="checker-axe-configuration")
    return json.loads(element.string)


def client_of(username: str) -> Client:
    client = Client()
    client.force_login(get_user_model().objects.get(username=username))
    return client


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_rule_says_what_to_do_in_the_users_language(
    english_editor: Client, language: str
) -> None:
    """Wherever it runs: beside the form, and on the site in whichever language."""
    client = english_editor if language == "en" else client_of("editor")
    page = Page.objects.get(slug="ipt", locale__language_code="sv")
    for address in (f"/admin/pages/{page.pk}/edit/", IPT, "/en/therapy-methods/ipt/"):
        found = configuration(client.get(address).content.decode())
        assert found["messages"].keys() == set(found["options"]["runOnly"])
        for message in found["messages"].values():
            assert set(message.values()) <= ui_strings(language)
            assert not set(message.values()) & only_in(
                {"sv": "en", "en": "sv"}[language], ui_strings
            )


@pytest.mark.django_db
def test_snippets_are_checked_too() -> None:
    cta = SelfTestCallToActionFactory()
    html = client_of("editor").get(f"/admin/snippets/pages/selftestcalltoaction/edit/{cta.pk}/")
    assert "link-text-vague" in configuration(html.content.decode())["options"]["runOnly"]


def test_every_check_of_ours_is_in_the_script() -> None:
    script = Path(finders.find(SCRIPT)).read_text()
    theirs = {"check-empty-meta-description"}
    named = {check["id"] for check in SiteCheckerItem.axe_custom_checks}
    assert {check for rule in SiteCheckerItem.axe_custom_rules for check in rule["any"]} == named
    for check in named - theirs:
        assert f'"{check}"' in script


def test_every_language_of_the_content_has_its_words() -> None:
    languages = {code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES}
    assert VAGUE_LINK_TEXTS.keys() == NEEDLESS_BEGINNINGS.keys() == languages
    for words in (*VAGUE_LINK_TEXTS.values(), *NEEDLESS_BEGINNINGS.values()):
        assert words == [word.lower() for word in words]


@pytest.mark.django_db
def test_visitors_get_no_script(client: Client) -> None:
    html = client.get(IPT).content.decode()
    assert SCRIPT not in html
    assert "userbar" not in html
    scripts = BeautifulSoup(html, "html.parser").find_all("script")
    assert {script.get("type") for script in scripts} == {"application/ld+json"}


@pytest.mark.django_db
def test_the_userbar_needs_no_weaker_policy(client: Client) -> None:
    response = client_of("editor").get(IPT)
    assert response["Content-Security-Policy"] == client.get(IPT)["Content-Security-Policy"]
    page = BeautifulSoup(response.content, "html.parser")
    for script in page.find_all("script"):
        assert script.get("src") or script["type"] in ("application/ld+json", "application/json")
    assert any(SCRIPT in (script.get("src") or "") for script in page.find_all("script"))


@pytest.mark.django_db
def test_nobody_is_offered_an_alias_in_another_language() -> None:
    """wagtail-localize puts it first among the actions of a page whose translation was stopped."""
    page = Page.objects.get(slug="ipt", locale__language_code="en")
    translation = Translation.objects.get(
        source__object_id=page.translation_key, target_locale=page.locale
    )
    translation.enabled = False
    translation.save()
    html = client_of("translator").get(f"/admin/pages/{page.pk}/edit/").content.decode()
    assert "localize-restart-translation" in html
    assert "localize-convert-to-alias" not in html
