"""The desk: translating side by side in the admin, as its translators find it."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Revision
from wagtail_localize.models import StringTranslation, Translation

from cms.translation.segments import segment_rows
from pages.models import ContentPage, SelfTestCallToAction

from .conftest import Submit, english, publish, translate


def login(username: str) -> Client:
    client = Client()
    user = get_user_model().objects.get(username=username)
    user.wagtail_userprofile.preferred_language = "en"
    user.wagtail_userprofile.save()
    client.force_login(user)
    return client


@pytest.fixture
def editor(db: None) -> Client:
    return login("editor")


@pytest.fixture
def translator(db: None) -> Client:
    return login("translator")


def address(translation: Translation) -> str:
    target = translation.get_target_instance()
    if isinstance(target, SelfTestCallToAction):
        return f"/admin/snippets/pages/selftestcalltoaction/edit/{target.pk}/"
    return f"/admin/pages/{target.pk}/edit/"


class Desk:
    """A desk as the browser has it."""

    def __init__(self, client: Client, translation: Translation) -> None:
        self.client = client
        self.translation = translation
        self.read(client.get(address(translation)))

    def read(self, response: Any) -> None:
        assert response.status_code == 200
        self.html = response.content.decode()
        self.soup = BeautifulSoup(self.html, "html.parser")

    def card(self, path: str, rank: int = 0) -> Any:
        rows = [row for row in segment_rows(self.translation) if row.path == path]
        return self.soup.find(id=f"text-{rows[rank].segment.pk}")

    def form(self) -> dict[str, Any]:
        form = self.soup.find("form", {"data-desk": True})
        fields = {field["name"]: field.get_text() for field in form.find_all("textarea")}
        for field in form.find_all("input", {"name": True}):
            if field.get("type") != "checkbox":
                fields[field["name"]] = field.get("value", "")
        return {name: text.removeprefix("\n") for name, text in fields.items()}

    def send(self, button: str = "", value: str = "yes", **texts: str) -> Any:
        """Submits the form with some fields changed, and follows where it leads."""
        data = self.form() | texts
        if button:
            data[button] = value
        response = self.client.post(address(self.translation), data, follow=True)
        self.read(response)
        return response


def test_it_opens_in_place_of_the_editor(editor: Client, translation: Translation) -> None:
    desk = Desk(editor, translation)
    assert "translation/desk/desk.html" in [
        template.name for template in editor.get(address(translation)).templates
    ]
    assert desk.card("title").textarea.get_text(strip=True) == english("Behandling")


def test_it_opens_for_snippets_too(editor: Client, cta_translation: Translation) -> None:
    desk = Desk(editor, cta_translation)
    assert desk.card("heading").textarea.get_text(strip=True) == english("Hur mår du?")
