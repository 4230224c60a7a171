"""NUL characters in URLs, logins, cookies and API requests are no server errors."""

import json
from urllib.parse import quote

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from wagtail.models import APIToken, Page

pytestmark = pytest.mark.sampled

NUL = "a\0b"


def test_a_nul_from_a_program_is_told_as_a_problem(strict: None) -> None:
    admin = get_user_model().objects.get(username="admin")
    token = APIToken.create_token(user=admin, name="Prov")[1]
    program = Client(headers={"authorization": f"Bearer {token}"})
    page = Page.objects.get(slug="kontakt")
    for fields in ({"title": NUL}, {"heading": NUL}, {"slug": NUL}):
        address = f"/api/v3-preview/pages/{page.pk}/"
        response = program.patch(address, json.dumps(fields), "application/json")
        assert response.status_code < 500, fields
    assert program.get(f"/api/v3-preview/pages/?search={quote(NUL)}").status_code == 400


# Addresses that hand what they are given to the database, and its name there.
ASKED = [
    ("/admin/pages/search/", "q"),
    ("/admin/choose-page/search/", "q"),
    ("/admin/images/", "q"),
    ("/admin/images/chooser/results/", "q"),
    ("/admin/documents/", "tag"),
    ("/admin/snippets/faq/faqentry/", "q"),
    ("/admin/snippets/faq/faqentry/", "locale"),
    ("/admin/users/", "q"),
    ("/admin/redirects/", "q"),
    ("/admin/redirects/", "p"),
    ("/admin/reports/site-history/", "object_type"),
    ("/admin/reports/site-history/", "label"),
    ("/admin/tag-autocomplete/", "term"),
    ("/admin/pages/", "ordering"),
    ("/admin/reports/locked/", "locked_at_from"),
    ("/", "q"),
    ("/terapimetoder/", "concern"),
]


@pytest.mark.parametrize(("address", "name"), ASKED)
def test_a_nul_in_an_address_is_no_fault(strict: None, address: str, name: str) -> None:
    client = Client()
    client.force_login(get_user_model().objects.get(username="admin"))
    assert client.get(address, {name: NUL}).status_code < 500


@pytest.mark.parametrize("name", ["username", "password", "next", "remember"])
def test_a_nul_at_the_login_is_no_fault(strict: None, client: Client, name: str) -> None:
    form = {"username": "editor", "password": "x", name: NUL}
    response = client.post("/admin/login/", form, headers={"accept-language": "sv"})
    assert response.status_code < 500


def test_a_nul_in_a_cookie_is_no_fault(strict: None, client: Client) -> None:
    for name in ("sessionid", "csrftoken", "messages"):
        client.cookies[name] = NUL
    assert client.get("/admin/").status_code < 500


def test_a_session_cookie_with_nul_is_no_session(strict: None, client: Client) -> None:
    client.cookies["sessionid"] = "\0abcdefghijklmnop"
    for address in ("/", "/terapimetoder/", "/admin/login/", "/finns-inte/"):
        assert client.get(address).status_code in (200, 404), address
    assert client.get("/admin/").status_code == 302


def test_a_session_cookie_of_another_shape_is_no_session(client: Client, db: None) -> None:
    for key in ("x" * 300, "å" * 32, "A" * 32):
        client.cookies["sessionid"] = key
        assert client.get("/admin/").status_code == 302
