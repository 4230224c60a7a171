"""The admin in the editor's language, and no string of ours in the wrong one."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from wagtail.models import Page
from wagtail.users.models import UserProfile

from pages.blocks import BodyBlock
from tests.languages import only_in, ui_strings

pytestmark = pytest.mark.sampled


def edit_page(language: str, slug: str) -> str:
    user = get_user_model().objects.get(username="editor")
    UserProfile.objects.filter(user=user).update(preferred_language=language)
    client = Client()
    client.force_login(user)
    page = Page.objects.get(slug=slug, locale__language_code="sv")
    response = client.get(f"/admin/pages/{page.pk}/edit/")
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "label"), [("sv", "I korthet"), ("en", "In short")])
def test_the_editor_speaks_the_users_language(language: str, label: str) -> None:
    html = edit_page(language, "ipt")
    assert f'<html lang="{language}"' in html
    assert label in html
    other = {"sv": "en", "en": "sv"}[language]
    ours = {text for text in only_in(other, ui_strings) if len(text) > 25 and "%" not in text}
    assert [text for text in ours if text in html] == []


@pytest.mark.django_db
@pytest.mark.parametrize(("accept", "word"), [("sv", "Logga in"), ("en", "Sign in")])
def test_before_login_the_browser_decides(client: Client, accept: str, word: str) -> None:
    response = client.get("/admin/login/", headers={"accept-language": accept})
    assert word in response.content.decode()
    assert "Accept-Language" in response["Vary"]


@pytest.mark.django_db
@pytest.mark.parametrize("name", list(BodyBlock().child_blocks))
@pytest.mark.parametrize(("username", "language"), [("editor", "sv"), ("translator", "en")])
def test_every_block_has_a_preview(name: str, username: str, language: str) -> None:
    client = Client()
    client.force_login(get_user_model().objects.get(username=username))
    block_id = BodyBlock.base_blocks[name].definition_prefix
    response = client.get("/admin/block-preview/", {"id": block_id})
    html = response.content.decode()
    assert response.status_code == 200
    assert f'<html lang="{language}"' in html
    assert "<h2" in html or "<blockquote" in html or "<figure" in html
