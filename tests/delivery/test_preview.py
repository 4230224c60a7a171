"""Tests previews in a front end: the token of the preview panel, and `preview/`."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth import get_user_model
from django.core import signing
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings
from wagtail.models import Page

from cms.core.models import LIFETIME, HeadlessPreview
from pages.models import TherapyMethodPage
from tests.admin.test_editing import method_form
from tests.reading import Api

FRONT_END = "https://front.example"
UNSAVED = "Ord som ännu inte är sparade"


@pytest.fixture(autouse=True)
def front_end(settings: Settings) -> None:
    settings.FRONTEND_URL = FRONT_END


@pytest.fixture
def editor(db: None) -> Client:
    client = Client()
    client.force_login(get_user_model().objects.get(username="editor"))
    return client


@pytest.fixture
def method(db: None) -> TherapyMethodPage:
    return TherapyMethodPage.objects.get(slug="ipt", locale__language_code="sv")


def preview(editor: Client, address: str, **changes: Any) -> Any:
    """Return the response of the preview panel after an edit."""
    saved = editor.post(address, method_form(**changes))
    assert saved.json() == {"is_valid": True, "is_available": True}
    return editor.get(address, {"mode": "front-end", "in_preview_panel": "true"})


def token_of(response: Any) -> str:
    assert response.status_code == 302
    address = urlsplit(response["Location"])
    assert f"{address.scheme}://{address.netloc}{address.path}" == f"{FRONT_END}/preview/"
    return parse_qs(address.query)["token"][0]


def edit_address(page: Page) -> str:
    return f"/admin/pages/{page.pk}/edit/preview/"


@pytest.mark.django_db
def test_the_panel_offers_both_ways(editor: Client, method: Any, settings: Any) -> None:
    html = editor.get(f"/admin/pages/{method.pk}/edit/").content.decode()
    assert '<option value="front-end"' in html
    settings.FRONTEND_URL = ""
    html = editor.get(f"/admin/pages/{method.pk}/edit/").content.decode()
    assert '<option value="front-end"' not in html


@pytest.mark.django_db
def test_the_admin_may_frame_the_front_end_and_visitors_pages_may_not(
    editor: Client, method: Any
) -> None:
    admin = editor.get(f"/admin/pages/{method.pk}/edit/")
    assert f"frame-src 'self' {FRONT_END}" in admin["Content-Security-Policy"]
    assert "front.example" not in editor.get("/")["Content-Security-Policy"]


@pytest.mark.django_db
def test_unsaved_words_reach_the_front_end_and_nobody_else(
    editor: Client, api: Api, method: TherapyMethodPage
) -> None:
    token = token_of(preview(editor, edit_address(method), heading=UNSAVED))
    response = api.response("preview/", token=token)
    assert response.status_code == 200
    answer = response.json()
    assert (answer["kind"], answer["id"], answer["type"]) == ("page", method.pk, "therapy_method")
    assert answer["heading"] == UNSAVED
    assert answer["path"] == "/terapimetoder/ipt/"
    assert {block["type"] for block in answer["content"]["body"]} >= {"steps", "faq_list"}
    assert UNSAVED not in str(api.page("/terapimetoder/ipt/"))
    method.refresh_from_db()
    assert method.heading != UNSAVED
    markdown = api.get("preview/", token=token, rich_text="markdown")
    assert "markdown" in markdown["content"]["introduction"]


@pytest.mark.django_db
def test_it_is_neither_cached_nor_indexed(editor: Client, api: Api, method: Any) -> None:
    response = api.response("preview/", token=token_of(preview(editor, edit_address(method))))
    assert response["Cache-Control"] == "no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Content-Language"] == "sv"
    assert "ETag" not in response.headers
    refused = api.response("preview/", token="x")
    assert refused["Cache-Control"] == "no-store"


@pytest.mark.django_db
@pytest.mark.parametrize(("slug", "language"), [("terapimetoder", "sv"), ("therapy-methods", "en")])
def test_a_page_that_was_never_saved(editor: Client, api: Api, slug: str, language: str) -> None:
    index = Page.objects.get(slug=slug)
    address = f"/admin/pages/add/pages/therapymethodpage/{index.pk}/preview/"
    token = token_of(preview(editor, address, heading=UNSAVED))
    answer = api.get("preview/", token=token)
    assert (answer["id"], answer["heading"], answer["locale"]) == (0, UNSAVED, language)
    assert answer["breadcrumbs"][-1]["title"] == index.title


@pytest.mark.django_db
def test_a_draft_translation(editor: Client, api: Api, site: Any) -> None:
    english = TherapyMethodPage.objects.get(slug="ipt", locale__language_code="en")
    english.unpublish()
    token = token_of(preview(editor, edit_address(english), heading="Unsaved words"))
    answer = api.get("preview/", token=token)
    assert (answer["locale"], answer["heading"]) == ("en", "Unsaved words")
    assert api.problem(f"pages/{english.pk}/")["status"] == 404


@pytest.mark.django_db
def test_an_earlier_revision_from_the_history(editor: Client, api: Api, method: Any) -> None:
    method.heading = "En äldre rubrik"
    revision = method.save_revision()
    method.heading = "En nyare rubrik"
    method.save_revision()
    address = f"/admin/pages/{method.pk}/revisions/{revision.pk}/view/"
    token = token_of(editor.get(address, {"mode": "front-end"}))
    assert api.get("preview/", token=token)["heading"] == "En äldre rubrik"


def refused(api: Api, token: str, reason: str) -> None:
    problem = api.problem("preview/", token=token)
    assert problem["status"] == 403
    assert problem["detail"].startswith("token: ")
    assert reason in problem["detail"]


@pytest.mark.django_db
def test_a_token_ends_after_15_minutes(
    editor: Client, api: Api, method: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = token_of(preview(editor, edit_address(method)))
    now = signing.time.time()
    for minutes, readable in ((14.9, True), (15.1, False)):
        monkeypatch.setattr(signing.time, "time", lambda later=minutes: now + later * 60)
        if readable:
            assert api.get("preview/", token=token)["id"] == method.pk
        else:
            refused(api, token, "expired")


@pytest.mark.django_db
def test_old_drafts_are_not_kept(editor: Client, method: Any) -> None:
    preview(editor, edit_address(method))
    HeadlessPreview.objects.update(created_at=timezone.now() - LIFETIME * 1.1)
    preview(editor, edit_address(method))
    assert HeadlessPreview.objects.count() == 1


@pytest.mark.django_db
def test_a_token_is_good_for_what_it_was_signed_for(editor: Client, api: Api, method: Any) -> None:
    token = token_of(preview(editor, edit_address(method)))
    for tampered in (f"{token}x", token[1:], "x", token.replace(":", "")):
        refused(api, tampered, "not one that the editor gave out")
    pk, page, user = signing.loads(token, salt="cms.core.headless")
    other = get_user_model().objects.get(username="reviewer").pk
    for contents in ([pk, page + 1, user], [pk, page, other], [pk + 1, page, user]):
        refused(api, signing.dumps(contents, salt="cms.core.headless"), "is gone")
    refused(api, signing.dumps([pk, page, user], salt="another"), "not one")


@pytest.mark.django_db
@pytest.mark.parametrize("change", [{"is_active": False}, {"groups": []}])
def test_a_token_ends_with_its_owners_rights(
    editor: Client, api: Api, method: Any, change: dict[str, Any]
) -> None:
    token = token_of(preview(editor, edit_address(method)))
    owner = get_user_model().objects.get(username="editor")
    if "groups" in change:
        owner.groups.clear()
    else:
        owner.is_active = False
        owner.save()
    refused(api, token, "may no longer edit")


@pytest.mark.django_db
def test_a_token_ends_with_its_page(editor: Client, api: Api, method: Any) -> None:
    token = token_of(preview(editor, edit_address(method)))
    method.delete()
    refused(api, token, "is gone")


@pytest.mark.django_db
def test_a_draft_shows_nothing_else_that_is_hidden(editor: Client, api: Api, method: Any) -> None:
    Page.objects.get(slug="kontakt").specific.unpublish()
    token = token_of(preview(editor, edit_address(method)))
    body = api.get("preview/", token=token)["content"]["body"]
    assert "contact_cta" not in {block["type"] for block in body}


@pytest.mark.django_db
def test_without_the_mode_the_panel_shows_the_web_page(editor: Client, method: Any) -> None:
    address = edit_address(method)
    assert editor.post(address, method_form(heading=UNSAVED)).json()["is_valid"]
    response = editor.get(address)
    assert response.status_code == 200
    assert UNSAVED in response.content.decode()
