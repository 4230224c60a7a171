"""Wagtail's views with unexpected input: aliases among pages, and values of hidden fields."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from wagtail.models import APIToken, Page

from pages.models import Concern, ContentPage
from tests.review.desk import form_of

pytestmark = pytest.mark.django_db
API = "/api/v3-preview/"


@pytest.fixture
def admin() -> Client:
    client = Client(headers={"accept-language": "sv"})
    client.force_login(get_user_model().objects.get(username="admin"))
    return client


@pytest.fixture
def program() -> Client:
    user = get_user_model().objects.get(username="admin")
    token = APIToken.create_token(user=user, name="Prov")[1]
    return Client(headers={"authorization": f"Bearer {token}"})


@pytest.fixture
def page() -> Any:
    return ContentPage.objects.get(slug="kontakt")


@pytest.fixture
def alias(page: Any) -> Page:
    made: Page = page.create_alias(parent=page.get_parent(), update_slug="samma-kontakt")
    return made


def test_a_selection_with_an_alias_is_published_without_it(
    admin: Client, alias: Page, page: Any
) -> None:
    page.title = "Hör av dig"
    page.save_revision()
    address = f"/admin/bulk/wagtailcore/page/publish/?id={page.pk}&id={alias.pk}"
    assert admin.get(address).status_code == 200
    assert admin.post(address, {"include_descendants": ""}).status_code == 302
    assert ContentPage.objects.get(pk=page.pk).title == "Hör av dig"


def test_an_alias_is_refused_to_programs_in_words(program: Client, alias: Page) -> None:
    published = program.post(f"{API}pages/{alias.pk}/actions/publish/", {}, "application/json")
    changed = program.patch(
        f"{API}pages/{alias.pk}/",
        {"title": "x", "meta": {"type": "pages.ContentPage"}},
        "application/json",
    )
    assert published.status_code in (403, 409)
    assert changed.status_code in (403, 409)
    assert "alias" in changed.json()["detail"]
    assert Page.objects.get(pk=alias.pk).title != "x"


def test_what_is_there_already_is_a_conflict(program: Client) -> None:
    concern = Concern.objects.filter(locale__language_code="sv").first()
    address = f"{API}snippets/pages.Concern/{concern.pk}/actions/copy_for_translation/"
    answer = program.post(address, {"locale": "en"}, "application/json")
    assert answer.status_code in (400, 409, 422)
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.sampled
@pytest.mark.parametrize(
    "field",
    [
        {"workflow-action-extra-data": "nonsense"},
        {"workflow-action-extra-data": "[1]"},
        {"workflow-action-extra-data": '{"user": 1}'},
        {"overwrite_revision_id": "9" * 20},
        {"loaded_revision_id": "x"},
    ],
    ids=str,
)
def test_nonsense_in_hidden_fields_changes_nothing(
    admin: Client, page: Any, field: dict[str, str]
) -> None:
    form = form_of(admin, page) | field
    before = page.revisions.count()
    answer = admin.post(f"/admin/pages/{page.pk}/edit/", form)
    assert answer.status_code == 400
    assert "bakåtknapp" in answer.content.decode()
    saved = admin.post(
        f"/admin/pages/{page.pk}/edit/", form, headers={"accept": "application/json"}
    )
    assert saved.status_code == 400
    assert page.revisions.count() == before


@pytest.mark.parametrize(
    "address",
    [
        "pages/3/?owner=" + "9" * 30,
        "pages/3/?site=" + "9" * 30,
        "users/?group=" + "9" * 30,
        "bulk/wagtailimages/image/delete/?id=x",
        "bulk/wagtailcore/page/publish/?id=" + "9" * 30,
    ],
)
def test_nonsense_in_an_address_is_no_fault_of_the_server(admin: Client, address: str) -> None:
    assert admin.get(f"/admin/{address}").status_code in (200, 400, 404)
